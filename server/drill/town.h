// The nodes of a drill: `tongban serve` as processes of their own on loopback, in a folder of their own, each with a share of the
// districts; and at every centre a window and a reviewer (演示) who are signed in already.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server/node/prepare.h"
#include "server/platform/clock.h"

namespace tongban::drill {

namespace town_errors {
inline constexpr ErrorCode NotReady{"drill.not_ready", "演练的节点没有启动，日志在演练的文件夹里。",
                                    "A node of the drill did not become ready; its log lies in the drill's folder."};
}  // namespace town_errors

/// Headers that make somebody of a centre's staff.
struct Desk {
  std::size_t node = 0;
  std::string window, reviewer;
};

class Town {
 public:
  /// Keys, directory, accounts; nothing runs yet. `program`: what knows `serve`.
  static Expected<std::unique_ptr<Town>> make(const std::filesystem::path& program, const std::filesystem::path& folder, std::size_t nodes,
                                              const std::filesystem::path& catalogue_source, platform::SystemRandom& random, Instant now);
  /// Ends what still runs.
  ~Town();

  /// NotReady.
  Expected<void> start();
  /// Ends all of them as an operator does; their stores are whole afterwards.
  void stop();

  /// SIGKILL, and a new start at once. NotReady. How long until it answered again.
  Expected<std::chrono::milliseconds> kill(std::size_t node);
  /// Stops it for a while, as a machine that hangs: its connections stay.
  void stall(std::size_t node, std::chrono::milliseconds length);

  std::size_t size() const { return nodes_.size(); }
  std::uint16_t port(std::size_t node) const { return nodes_[node].port; }
  const server::NodeOptions& options(std::size_t node) const { return nodes_[node].options; }
  /// Null: no node serves it.
  const Desk* desk(const CentreId& centre) const;
  const catalogue::Catalogue& catalogue() const { return *catalogue_; }
  const wire::Directory& directory() const { return directory_; }

 private:
  struct Member {
    server::NodeOptions options;
    std::uint16_t port = 0;
    pid_t process = 0;
  };
  Town() = default;
  Expected<void> furnish(std::size_t node, platform::SystemRandom& random, Instant now);
  void launch(Member& member);
  Expected<void> await(Member& member);

  std::filesystem::path program_;
  std::vector<Member> nodes_;
  std::map<CentreId, Desk> desks_;
  std::shared_ptr<const catalogue::Catalogue> catalogue_;
  wire::Directory directory_;
};

}  // namespace tongban::drill
