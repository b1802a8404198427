#include "server/drill/town.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <thread>

#include "server/drill/line.h"
#include "server/store/sqlite/ledger.h"
#include "shared/crypto/digest.h"

namespace tongban::drill {
namespace {

using namespace std::chrono_literals;
using asio_tcp = boost::asio::ip::tcp;

constexpr auto longest_start = 60s;

std::uint16_t free_port() {
  boost::asio::io_context io;
  return asio_tcp::acceptor(io, asio_tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)).local_endpoint().port();
}

/// A sign-in that nobody typed a password for: the account has none that would open it.
Expected<std::string> sign_in(server::Transaction& tx, const NodeId& node, const CentreId& centre, casework::Role role, ports::Random& random, Instant now) {
  server::StaffAccount account;
  account.account = StaffId(centre.text() + '-' + std::string(casework::name_of(role)));
  account.name = "演示";
  account.role = role;
  account.centre = centre;
  account.created = now;
  const auto token = ports::fresh<crypto::Digest>(random);
  const auto csrf = to_base64url(ports::fresh<crypto::Digest>(random));
  TRY_VOID(tx.put_account(account));
  TRY_VOID(tx.put_session({crypto::digest(token), account.account, csrf, now, now + 24h}));
  return "Cookie: tongban_" + node.text() + '=' + to_base64url(token) + "\r\nTongban-Csrf: " + csrf + "\r\n";
}

/// In the child, after fork: only what may be done there.
[[noreturn]] void become(const char* program, const char* log, char* const* words) {
  ::close_range(STDERR_FILENO + 1, ~0U, 0);  // lines to other nodes must not outlive who holds them
  const int into = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(into, STDOUT_FILENO);
  ::dup2(into, STDERR_FILENO);
  ::execv(program, words);
  ::_exit(127);
}

}  // namespace

Expected<std::unique_ptr<Town>> Town::make(const std::filesystem::path& program, const std::filesystem::path& folder, std::size_t nodes,
                                           const std::filesystem::path& catalogue_source, platform::SystemRandom& random, Instant now) {
  std::unique_ptr<Town> town(new Town);
  town->program_ = program;
  const auto directory = folder / "directory.bin";
  std::vector<server::TrialNode> places;
  for (std::size_t i = 0; i < nodes; ++i) {
    Member member;
    member.port = free_port();
    member.options.name = NodeId("n" + std::to_string(i + 1));
    member.options.data = folder / member.options.name.text();
    member.options.directory = directory;
    member.options.catalogue_source = catalogue_source;
    places.push_back({member.options.name, "http://127.0.0.1:" + std::to_string(member.port)});
    town->nodes_.push_back(std::move(member));
  }
  TRY_VOID(server::make_trial_directory(folder, places, catalogue_source, directory, random, now));
  for (std::size_t i = 0; i < nodes; ++i) TRY_VOID(town->furnish(i, random, now));
  return town;
}

Expected<void> Town::furnish(std::size_t node, platform::SystemRandom& random, Instant now) {
  const auto& options = nodes_[node].options;
  TRY(auto prepared, server::prepare(options, random, now));
  server::HereLane here;
  TRY(const auto ledger, store::SqliteLedger::open(server::DataPaths(options.data).store, here));
  TRY_VOID(ledger->write_now([&](server::Transaction& tx) -> Expected<void> {
    for (const auto& centre : prepared.centres) {
      Desk desk{node, {}, {}};
      TRY(desk.window, sign_in(tx, options.name, centre, casework::Role::Window, random, now));
      TRY(desk.reviewer, sign_in(tx, options.name, centre, casework::Role::Reviewer, random, now));
      desks_[centre] = std::move(desk);
    }
    return {};
  }));
  catalogue_ = prepared.catalogue;
  directory_ = std::move(prepared.trust.directory);
  return {};
}

Town::~Town() { stop(); }

void Town::launch(Member& member) {
  const auto& options = member.options;
  // From one address come more than a city's worth of people.
  std::vector<std::string> words{"tongban", "serve", "--data", options.data, "--node", options.name.text(), "--directory", options.directory,
                                 "--catalogue-source", options.catalogue_source, "--port", std::to_string(member.port),
                                 "--rate", "0", "--submission-rate", "0", "--max-connections-each", "0"};
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto log = (options.data / "log.txt").string();
  const pid_t child = ::fork();
  if (child == 0) become(program_.c_str(), log.c_str(), arguments.data());
  member.process = std::max(child, 0);  // to kill(2) a negative number means everybody
}

Expected<void> Town::await(Member& member) {
  const auto last = std::chrono::steady_clock::now() + longest_start;
  Line line(member.port);
  while (member.process > 0 && std::chrono::steady_clock::now() < last) {
    if (line.ask({"GET", "/readyz", "", ""}, 1s).status == 200) return {};
    if (::waitpid(member.process, nullptr, WNOHANG) != 0) {
      member.process = 0;
      break;
    }
    std::this_thread::sleep_for(5ms);
  }
  return Error(town_errors::NotReady, member.options.name.text());
}

Expected<void> Town::start() {
  for (auto& member : nodes_) launch(member);
  for (auto& member : nodes_) TRY_VOID(await(member));
  return {};
}

void Town::stop() {
  for (const auto& member : nodes_)
    if (member.process > 0) ::kill(member.process, SIGTERM);
  for (auto& member : nodes_) {
    if (member.process > 0) ::waitpid(member.process, nullptr, 0);
    member.process = 0;
  }
}

Expected<std::chrono::milliseconds> Town::kill(std::size_t node) {
  auto& member = nodes_[node];
  if (member.process <= 0) return Error(town_errors::NotReady, member.options.name.text());
  ::kill(member.process, SIGKILL);
  ::waitpid(member.process, nullptr, 0);
  const auto begun = std::chrono::steady_clock::now();
  launch(member);
  TRY_VOID(await(member));
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
}

void Town::stall(std::size_t node, std::chrono::milliseconds length) {
  const pid_t process = nodes_[node].process;
  if (process <= 0) return;
  ::kill(process, SIGSTOP);
  std::this_thread::sleep_for(length);
  ::kill(process, SIGCONT);
}

const Desk* Town::desk(const CentreId& centre) const {
  const auto found = desks_.find(centre);
  return found == desks_.end() ? nullptr : &found->second;
}

}  // namespace tongban::drill
