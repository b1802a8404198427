// Whole nodes inside the test's process, and the people of the story: a resident with a secret, staff with cookies.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "server/node/node.h"
#include "shared/casework/view.h"
#include "shared/crypto/digest.h"
#include "shared/usecases/seal_submission.h"
#include "tests/server/authority.h"
#include "tests/server/raw_client.h"

namespace tongban::tests {

/// A folder that is gone when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A node on a thread of its own; stopped cleanly at the end.
class LivingNode {
 public:
  explicit LivingNode(const server::NodeOptions& options);
  ~LivingNode() { stop(); }
  void stop();
  void reload() { node_->reload(); }
  std::set<std::string> routes() const;
  std::uint16_t port() const { return node_->port(); }
  std::string password_of(const std::string& account) const;

 private:
  std::unique_ptr<server::RunningNode> node_;
  std::thread thread_;
};

/// The options of a city on one node under `data`, without a portal, on a free port, without limits of rate.
server::NodeOptions city(const std::filesystem::path& data);
std::uint16_t free_port();

/// The options of two nodes A and B under `folder`, each with its share of the centres; `over` gives each its line to
/// the other, or none for a plain one.
struct Pair {
  server::NodeOptions a, b;
};
Pair two_nodes(const std::filesystem::path& folder, const Authority* over = nullptr);

/// The compiled catalogue, the same for all tests.
const catalogue::Catalogue& real_catalogue();

/// An application of a marked demo person who lives in Hongkou and is registered in Yangpu, all papers to be brought; for i109, which
/// B decides, unless said otherwise.
casework::Application draft(const std::string& name = "演示甲", const char* item = "i109");
/// The same, sealed as the portal seals it.
usecases::Sealed sealed(casework::Application draft = tests::draft());
std::string body_of(const usecases::Sealed& sealed);

/// A photograph of that many octets, as far as its first ones tell.
std::string photograph(std::size_t octets);

/// One material on its way in, as a portal brings it in pieces.
struct Upload {
  std::uint16_t port;
  std::string octets;

  std::string path() const { return "/api/v1/materials/" + to_hex(crypto::digest(as_bytes(octets))); }
  /// The head of a piece that goes up to `end`.
  std::string head(std::size_t offset, std::size_t end) const;
  Answer piece(std::size_t offset, std::size_t end) const;
  /// What the node says is there; the whole length once it is complete.
  std::size_t kept() const;
};

/// What a resident's portal says to a node.
struct ResidentOf {
  std::uint16_t port;
  CaseNumber number;
  casework::AccessSecret secret{};

  Answer ask(std::string_view method, const std::string& path = {}, const std::string& body = {}) const;
  casework::CaseView view() const;
};

/// A browser with somebody signed in.
class Desk {
 public:
  Desk(std::uint16_t port, const std::string& account, const std::string& password);
  Answer get(const std::string& path) const;
  Answer post(const std::string& path, const std::string& body) const;
  /// Does a verb on a case, which must succeed.
  casework::CaseView act(const CaseNumber& number, const std::string& verb, const std::string& body = "{}") const;
  /// Receives the case, finds its papers fine, and transfers it.
  void pass_on(const ResidentOf& resident) const;
  std::vector<casework::WorkRow> list(const std::string& name) const;
  const std::string& cookie() const { return cookie_; }
  const std::string& csrf() const { return csrf_; }

 private:
  std::uint16_t port_;
  std::string cookie_, csrf_;
};

/// Hands the application in, and is its resident from then on.
ResidentOf submit_to(std::uint16_t port, const usecases::Sealed& sealed);
/// From the resident's submission at A to B's decision, seen again by both.
void play_story(std::uint16_t a, const Desk& window, const Desk& reviewer);

/// What the node tells a monitor of that series; -1 where there is none.
double metric(std::uint16_t port, const std::string& series);

/// How many times something is done: what the environment says, for the long runs.
std::uint64_t number_from(const char* name, std::uint64_t otherwise);

/// Tries again until it holds, for no longer than that.
bool eventually(const std::function<bool()>& holds, std::chrono::seconds longest = std::chrono::seconds(20));

/// Every material of the view fine, as the body of `check`.
std::string all_fine(const casework::CaseView& view);

}  // namespace tongban::tests
