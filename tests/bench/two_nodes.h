// Two nodes of one city on loopback, by TLS with a certificate on either side, A with the window that transfers and B with the centre that decides; and cases of
// A's written straight into its store while it rests, since a hundred thousand of them would take too long by the window.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/node/prepare.h"
#include "server/platform/clock.h"
#include "shared/casework/model.h"
#include "tests/bench/served_node.h"
#include "tests/server/authority.h"

namespace tongban::bench {

/// How far a case has come that is put into A's store.
enum class Progress : std::uint8_t { Checked, Transferred };

class TwoNodes {
 public:
  /// With keys, directory and accounts, not running. Null on a fault, which is printed.
  static std::unique_ptr<TwoNodes> make();
  ~TwoNodes();

  /// Puts that many cases into A's store; both nodes must rest. Their numbers; empty on a fault, which is printed.
  std::vector<std::string> put_cases(std::size_t count, Progress progress);
  /// B first, so that A finds it. False when either doesn't become ready.
  bool start();
  void stop();

  std::uint16_t a_port() const { return a_port_; }
  std::filesystem::path a_database() const;
  const std::filesystem::path& folder() const { return folder_; }
  /// What the window's browser sends to transfer a case.
  std::string transfer_of(const std::string& number) const;

 private:
  explicit TwoNodes(const std::filesystem::path& folder) : folder_(folder), authority_(folder / "tls") {}
  Expected<void> prepare_all();
  Expected<void> sign_in();
  Expected<std::vector<std::string>> write_cases(std::size_t count, Progress progress);

  std::filesystem::path folder_;
  tests::Authority authority_;
  platform::SystemClock clock_;
  platform::SystemRandom random_;
  std::uint16_t a_port_ = free_port(), b_port_ = free_port(), a_door_ = free_port(), b_door_ = free_port();
  server::NodeOptions a_options_;
  std::optional<server::Prepared> prepared_;
  casework::Application application_;
  std::string cookie_, csrf_;
  std::optional<ServedNode> a_, b_;
};

}  // namespace tongban::bench
