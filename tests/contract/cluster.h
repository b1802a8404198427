// A PostgreSQL of the test's own: a fresh cluster in a temporary folder, reached by a socket there, gone at the end. It
// refuses to be root, and so runs as nobody where the test is.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

#include "server/store/postgres/address.h"

namespace tongban::tests {

/// Where initdb and postgres are: installed, or unpacked by deploy/setup; nothing when they are nowhere.
std::optional<std::filesystem::path> postgres_programs();

class Cluster {
 public:
  /// Made and started.
  Cluster();
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  /// Again after `stop` or `kill`; waits until it answers.
  void start();
  /// Hangs up on everybody, in good order.
  void stop();
  /// The postmaster by SIGKILL: its children see that it is gone, and go.
  void kill();

  /// Where pg_dump is, too.
  const std::filesystem::path& programs() const { return programs_; }
  const std::filesystem::path& sockets() const { return folder_; }
  /// A new empty database; its address as for --database.
  std::string make_database();
  /// One statement, as the superuser, in a database of that address; the first value.
  std::string ask(const std::string& address, const std::string& sql) const;

 private:
  void bring_programs_here();
  std::string address_of(const std::string& name) const;
  bool answers() const;

  std::filesystem::path programs_, folder_;
  pid_t postmaster_ = -1;
  int databases_ = 0;
};

store::PostgresAddress parsed(const std::string& address);

}  // namespace tongban::tests
