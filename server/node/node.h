// A running node: everything built, wired, started and stopped in the right order. The tests start it inside
// their own process on a free port; `tongban serve` starts it and waits.
#pragma once

#include <memory>

#include "server/node/options.h"
#include "server/node/prepare.h"
#include "shared/base/expected.h"

namespace tongban::server {

class RunningNode {
 public:
  /// Takes the data folder for itself (folder.taken), prepares it (keys, catalogue), opens the store and the doors, and makes the
  /// first accounts.
  static Expected<std::unique_ptr<RunningNode>> start(const NodeOptions& options);
  /// Stops if it still runs.
  ~RunningNode();

  std::uint16_t port() const;
  /// Accounts made at this very start, with passwords that nothing keeps; empty later.
  const std::vector<FirstPassword>& first_passwords() const;
  /// "GET /api/v1/cases/{}" for each: what the description must describe.
  std::vector<std::string> routes() const;
  /// Addresses and first steps, for whoever started it.
  std::string welcome() const;
  /// Serves on the calling thread until `stop`.
  void run();
  /// From any thread, or a signal's handler through the io context: ends cleanly, answers under way first.
  void stop();
  /// From any thread: takes what has been put in place meanwhile: directory, catalogue, certificates. What cannot be read is
  /// logged, and what was in force stays.
  void reload();
  /// SIGINT and SIGTERM stop the node, SIGHUP reloads.
  void stop_on_signals();

 private:
  struct Parts;
  explicit RunningNode(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tongban::server
