// A line to PostgreSQL that can be cut at the worst moment: when COMMIT has been sent, and before its answer comes.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

namespace tongban::tests {

class HostileLine {
 public:
  enum class Cut {
    Never,
    BeforeCommit,  ///< the server never sees it
    AfterCommit,   ///< the server has answered, and nobody hears it
  };

  /// Listens in a folder of its own, and passes on to the server's socket in `server`.
  explicit HostileLine(const std::filesystem::path& server);
  ~HostileLine();

  /// For `host=` in an address.
  const std::filesystem::path& sockets() const { return folder_; }
  /// At the next COMMIT that passes; once.
  void cut(Cut when) { cut_ = when; }
  bool has_cut() const { return cut_ == Cut::Never; }

 private:
  void serve();
  void pass_on(int client);

  std::filesystem::path server_, folder_;
  std::atomic<Cut> cut_{Cut::Never};
  std::atomic<bool> ended_{false};
  int listener_ = -1;
  std::thread thread_;
};

}  // namespace tongban::tests
