// `tongban serve` as a process of its own, on loopback and a fresh data folder, and what the kernel knows about it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tongban::bench {

class ServedNode {
 public:
  /// Starts the built program and waits until it is ready; nothing when it doesn't become so within a minute.
  static std::optional<ServedNode> start();
  /// The same on a folder that was there before and stays, at a chosen port.
  static std::optional<ServedNode> start_in(const std::filesystem::path& data, std::uint16_t port, const std::vector<std::string>& more);
  ServedNode(ServedNode&& other) noexcept;
  ServedNode& operator=(ServedNode&&) = delete;
  /// Kills the process if it still runs, and removes a folder of its own.
  ~ServedNode();

  /// Ends it as Ctrl-C does; its database is whole afterwards.
  void stop();
  std::uint16_t port() const { return port_; }
  std::filesystem::path database() const { return data_ / "tongban.db"; }
  const std::filesystem::path& data() const { return data_; }
  /// Of all its threads, user and system.
  double cpu_seconds() const;
  /// Proportional set size, in MiB.
  double pss_mb() const;

 private:
  ServedNode() = default;
  bool becomes_ready();

  pid_t pid_ = 0;
  std::uint16_t port_ = 0;
  std::filesystem::path data_;
  bool own_data_ = false;
};

std::uint16_t free_port();

}  // namespace tongban::bench
