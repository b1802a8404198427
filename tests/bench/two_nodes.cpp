#include "tests/bench/two_nodes.h"

#include <cstdio>
#include <cstdlib>

#include "server/store/sqlite/ledger.h"
#include "shared/crypto/start.h"
#include "shared/usecases/act.h"
#include "shared/usecases/intake.h"
#include "shared/wire/json/application.h"
#include "tests/bench/applications.h"
#include "tests/fakes/files.h"

namespace tongban::bench {
namespace {

using casework::Verb;
using usecases::CaseRecord;

constexpr std::size_t cases_a_commit = 250;
const casework::Actor window{casework::Role::Window, CentreId("310109010"), "quyang-window"};

class HereLane final : public server::Lane {
 public:
  void run(server::Task task) override { task(); }
};

std::string address_of(std::uint16_t port) { return "https://127.0.0.1:" + std::to_string(port); }

bool said(const Expected<void>& done) {
  if (!done) std::fprintf(stderr, "%s %s %s\n", done.error().code->name, done.error().where.c_str(), done.error().detail.c_str());
  return done.has_value();
}

casework::EventPayload all_fine(const casework::Application& application) {
  casework::EventPayload payload;
  for (const auto& material : application.materials) payload.verdicts.push_back({material.material, casework::Verdict::Fine, {}});
  return payload;
}

/// One case from the window's beginning to where it shall stand, each step as the node would commit it.
Expected<std::string> write_case(server::Transaction& tx, const casework::Application& application, Progress progress,
                                 const usecases::Ground& ground) {
  TRY(auto effects, usecases::begin_walk_in(application, {}, window, {}, ground));
  TRY_VOID(tx.apply(effects.batch));
  TRY(effects, usecases::act(Verb::Check, *effects.after, all_fine(application), window, ground));
  TRY_VOID(tx.apply(effects.batch));
  if (progress == Progress::Transferred) {
    TRY(effects, usecases::act(Verb::Transfer, *effects.after, {}, window, ground));
    TRY_VOID(tx.apply(effects.batch));
  }
  return effects.after->row.number.text();
}

}  // namespace

std::unique_ptr<TwoNodes> TwoNodes::make() {
  crypto::start();
  const auto bodies = sealed_applications(1);
  if (bodies.empty()) return nullptr;
  std::string pattern = (std::filesystem::temp_directory_path() / "tongban-bench-XXXXXX").string();
  std::unique_ptr<TwoNodes> nodes(new TwoNodes(::mkdtemp(pattern.data())));
  nodes->application_ = *wire::json::read_application(bodies.front());
  return said(nodes->prepare_all()) ? std::move(nodes) : nullptr;
}

TwoNodes::~TwoNodes() {
  stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Expected<void> TwoNodes::prepare_all() {
  a_options_.name = NodeId("a");
  a_options_.data = folder_ / "a";
  a_options_.directory = folder_ / "directory.bin";
  a_options_.catalogue_source = TONGBAN_CATALOGUE_SOURCE;
  TRY_VOID(server::make_trial_directory(folder_, {{NodeId("a"), address_of(a_door_)}, {NodeId("b"), address_of(b_door_)}},
                                        a_options_.catalogue_source, a_options_.directory, random_, clock_.now()));
  TRY(prepared_, server::prepare(a_options_, random_, clock_.now()));
  return sign_in();
}

/// The window's cookie, without the password that only a browser would need.
Expected<void> TwoNodes::sign_in() {
  HereLane here;
  TRY(const auto ledger, store::SqliteLedger::open(a_database(), here));
  TRY_VOID(server::make_first_accounts(*ledger, prepared_->centres, random_, clock_.now()));
  const auto token = ports::fresh<crypto::Digest>(random_);
  cookie_ = to_base64url(token);
  csrf_ = to_base64url(ports::fresh<crypto::Digest>(random_));
  return ledger->write_now([&](server::Transaction& tx) {
    return tx.put_session({crypto::digest(token), StaffId("quyang-window"), csrf_, clock_.now(), clock_.now() + std::chrono::hours(8)});
  });
}

std::vector<std::string> TwoNodes::put_cases(std::size_t count, Progress progress) {
  auto numbers = write_cases(count, progress);
  if (numbers) return std::move(*numbers);
  said(numbers.error());
  return {};
}

Expected<std::vector<std::string>> TwoNodes::write_cases(std::size_t count, Progress progress) {
  HereLane here;
  TRY(const auto ledger, store::SqliteLedger::open(a_database(), here));
  const wire::Directory& directory = prepared_->trust.directory;
  std::vector<std::string> numbers;
  while (numbers.size() < count) {
    const auto some = std::min(cases_a_commit, count - numbers.size());
    TRY_VOID(ledger->write_now([&](server::Transaction& tx) -> Expected<void> {
      const fakes::NoFile no_file;
      const usecases::Ground ground{clock_.now(), *prepared_->catalogue, directory, prepared_->keys, random_, no_file};
      for (std::size_t i = 0; i < some; ++i) {
        application_.submission_id = ports::fresh<SubmissionId>(random_);
        TRY(auto number, write_case(tx, application_, progress, ground));
        numbers.push_back(std::move(number));
      }
      return {};
    }));
  }
  return numbers;
}

bool TwoNodes::start() {
  const auto start_one = [&](const char* name, std::uint16_t port, std::uint16_t door) {
    const auto line = authority_.line(name);
    return ServedNode::start_in(folder_ / name, port,
                                {"--node", name, "--directory", a_options_.directory.string(), "--peer-port", std::to_string(door), "--peer-cert", line.own.certificate,
                                 "--peer-key", line.own.key, "--peer-ca", line.authority});
  };
  auto b = start_one("b", b_port_, b_door_);
  if (!b) return false;
  b_.emplace(std::move(*b));
  auto a = start_one("a", a_port_, a_door_);
  if (!a) return false;
  a_.emplace(std::move(*a));
  return true;
}

void TwoNodes::stop() {
  for (auto* node : {&a_, &b_}) {
    if (*node) (*node)->stop();
    node->reset();
  }
}

std::filesystem::path TwoNodes::a_database() const { return server::DataPaths(a_options_.data).store; }

std::string TwoNodes::transfer_of(const std::string& number) const {
  const std::string body = "{}";
  return "POST /api/v1/staff/cases/" + number + "/transfer HTTP/1.1\r\nHost: localhost\r\nCookie: tongban_a=" + cookie_ +
         "\r\nTongban-Csrf: " + csrf_ + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace tongban::bench
