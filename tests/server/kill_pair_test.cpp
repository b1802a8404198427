// Two nodes, ended in turn by SIGKILL while cases travel between them both ways: what either has acknowledged is there
// afterwards, once, and both tell the same of it.
#include <doctest/doctest.h>
#include <signal.h>

#include <map>

#include "shared/wire/event.h"
#include "shared/wire/json/case_view.h"
#include "tests/fakes/figures.h"
#include "tests/server/program.h"
#include "tests/server/stores.h"

using namespace tongban;
using namespace tongban::tests;
using casework::EventKind;
using casework::Stage;

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A centre's desks at the node that serves it.
struct Centre {
  CentreId id;
  std::uint16_t port;
  Desk window, reviewer;
};

/// A centre of either node, signed in before the first kill: a session outlives its node's process.
Centre sign_in(const server::NodeOptions& options, const CentreId& id, const std::string& name) {
  LivingNode node(options);
  const std::string window = name + "-window", reviewer = name + "-reviewer";
  return {id, options.port, Desk(options.port, window, node.password_of(window)), Desk(options.port, reviewer, node.password_of(reviewer))};
}

/// Handed in at `from`, to be decided at `to`.
usecases::Sealed application_between(const CentreId& from, const CentreId& to) {
  auto application = draft();
  application.received_by = from;
  application.residence = TownshipCode(from.text());
  application.registration = TownshipCode(to.text());
  return sealed(std::move(application));
}

struct Acknowledged {
  SubmissionId submission;
  ResidentOf resident;
};

/// People at one centre, and its window, who go on whatever happens to the node: what got no answer is said again.
class Traffic {
 public:
  Traffic(const Centre& from, const Centre& to) : from_(from), to_(to) {
    for (int i = 0; i < 2; ++i) residents_.emplace_back([this] { hand_in(); });
  }
  ~Traffic() {
    stopped_ = true;
    close();
    reviewer_.join();
  }
  Traffic(const Traffic&) = delete;
  Traffic& operator=(const Traffic&) = delete;

  /// Nothing new from now on; comes back once all has been passed on. It is still being decided.
  void close() {
    closed_ = true;
    for (auto& thread : residents_) thread.join();
    residents_.clear();
  }
  /// The whole of it once nothing new comes.
  const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }

 private:
  void hand_in() {
    while (!closed_) {
      const auto one = application_between(from_.id, to_.id);
      const auto resident = insist_on_receipt(one);
      if (!resident) return;
      {
        const std::lock_guard guard(mutex_);
        acknowledged_.push_back({one.application.submission_id, *resident});
      }
      while (!stopped_ && !went_on(*resident)) {}
    }
  }

  /// The very same application until the node has given its receipt. None when the test ends before.
  std::optional<ResidentOf> insist_on_receipt(const usecases::Sealed& one) {
    while (!stopped_) {
      const auto answer = ask(from_.port, "POST", "/api/v1/submissions", "Content-Type: application/json\r\n", body_of(one));
      if (answer.status != 201 && answer.status != 200) continue;
      const auto read = wire::json::read_submission_answer(answer.body);
      if (read) return ResidentOf{from_.port, read->view.number, one.secret};
    }
    return std::nullopt;
  }

  /// One step of the window's; true once the case has been passed on.
  bool went_on(const ResidentOf& resident) const {
    const auto answer = resident.ask("GET");
    const auto view = answer.status == 200 ? wire::json::read_case_view(answer.body) : Expected<casework::CaseView>(Error(casework::case_file_errors::Damaged));
    if (!view) return false;
    const auto path = "/api/v1/staff/cases/" + view->number.text() + "/";
    if (view->stage == Stage::Submitted) (void)from_.window.post(path + "receive", "{}");
    else if (view->stage == Stage::Received) (void)from_.window.post(path + "check", all_fine(*view));
    else if (view->stage == Stage::Checked && view->passing_to.empty()) (void)from_.window.post(path + "transfer", "{}");
    else return true;
    return false;
  }

  void decide() {
    while (!stopped_) {
      const auto answer = to_.reviewer.get("/api/v1/staff/cases?list=to_review");
      const auto rows = answer.status == 200 ? wire::json::read_work_list(answer.body) : std::vector<casework::WorkRow>();
      if (!rows || rows->empty()) std::this_thread::sleep_for(milliseconds(5));
      if (!rows) continue;
      for (const auto& row : *rows) {
        const auto path = "/api/v1/staff/cases/" + row.number.text() + "/";
        if (row.stage != Stage::Accepted) (void)to_.reviewer.post(path + "accept", "{}");
        (void)to_.reviewer.post(path + "decide", R"({"outcome":"granted","text":"同意，演示决定"})");
      }
    }
  }

  const Centre &from_, &to_;
  std::atomic<bool> closed_{false}, stopped_{false};
  std::mutex mutex_;
  std::vector<Acknowledged> acknowledged_;
  std::vector<std::thread> residents_;
  std::thread reviewer_{[this] { decide(); }};
};

/// A node that can be killed and started again.
class Mortal {
 public:
  explicit Mortal(const server::NodeOptions& options) : options_(options) { start(); }
  void kill() {
    program_->kill(SIGKILL);
    ++kills_;
  }
  void start() {
    const auto started = steady_clock::now();
    program_ = std::make_unique<Program>(options_.data, options_.port,
                                         std::vector<std::string>{"--node", options_.name.text(), "--directory", options_.directory.string()});
    REQUIRE(program_->answers());
    slowest_ = std::max(slowest_, std::chrono::duration_cast<milliseconds>(steady_clock::now() - started));
  }
  void end() { program_.reset(); }
  std::uint64_t kills() const { return kills_; }
  milliseconds slowest_start() const { return slowest_; }

 private:
  server::NodeOptions options_;
  std::unique_ptr<Program> program_;
  std::uint64_t kills_ = 0;
  milliseconds slowest_{0};
};

/// The whole way of a case that was handed in, passed on and decided: each of these once, and nothing else.
constexpr EventKind whole_way[] = {EventKind::Submitted,        EventKind::Received, EventKind::FormChecked, EventKind::Transferred,
                                   EventKind::TransferReceived, EventKind::Accepted, EventKind::Decided,     EventKind::Delivered};

bool went_the_whole_way_once(const usecases::CaseRecord& record) {
  if (record.events.size() != std::size(whole_way)) return false;
  for (std::size_t i = 0; i < record.events.size(); ++i) {
    const auto event = wire::decode_event(record.events[i].bytes);
    if (!event || event->kind != whole_way[i]) return false;
  }
  return true;
}

struct Reckoning {
  std::uint64_t cases = 0, lost = 0, doubled = 0, different = 0;
};

/// Every case of one direction in the store of the node that took it in and of the one that decided it.
void reckon(const std::vector<Acknowledged>& acknowledged, const CentreId& from, const std::filesystem::path& from_data, const CentreId& to,
            const std::filesystem::path& to_data, Reckoning& reckoning) {
  std::map<SubmissionId, std::vector<usecases::EventRow>> told;
  look_into(from_data, [&](server::Transaction& tx) -> Expected<void> {
    for (const auto& one : acknowledged) {
      TRY(auto record, tx.find_case({from, one.submission}));
      const bool there = record && record->row.number == one.resident.number && record->row.custodian == to && went_the_whole_way_once(*record);
      reckoning.lost += there ? 0 : 1;
      if (record) told[one.submission] = std::move(record->events);
    }
    return {};
  });
  look_into(to_data, [&](server::Transaction& tx) -> Expected<void> {
    for (const auto& one : acknowledged) {
      TRY(const auto record, tx.find_case({to, one.submission}));
      const bool same = record && record->row.custodian == to && tell_the_same(told[one.submission], record->events);
      reckoning.different += same ? 0 : 1;
    }
    return {};
  });
  reckoning.cases += acknowledged.size();
}

/// Copies at a node beyond one for each case that it took in or decided, and letters that still wait there.
void reckon_copies(const std::filesystem::path& data, Reckoning& reckoning) {
  look_into(data, [&](server::Transaction& tx) -> Expected<void> {
    std::uint64_t copies = 0;
    TRY(const auto counts, tx.counts());
    for (const auto& count : counts) copies += count.cases;
    reckoning.doubled += copies > reckoning.cases ? copies - reckoning.cases : 0;
    TRY(const auto waiting, tx.count_letters());
    CHECK(waiting == 0);
    return {};
  });
}

bool log_verifies(const server::NodeOptions& node) {
  return run_program({"log", "verify", "--data", node.data.string(), "--directory", node.directory.string()}) == 0;
}

}  // namespace

TEST_CASE("killed in turn while cases travel both ways, two nodes lose nothing that they have acknowledged and do nothing twice") {
  const std::uint64_t kills = number_from("TONGBAN_KILLS", 24);
  TemporaryFolder folder;
  const Pair pair = two_nodes(folder.path());
  const Centre quyang = sign_in(pair.a, CentreId("310109010"), "quyang");
  const Centre wujiaochang = sign_in(pair.b, CentreId("310110019"), "wujiaochang");
  Mortal a(pair.a), b(pair.b);
  Traffic there(quyang, wujiaochang), back(wujiaochang, quyang);
  // One, the other, then both at once.
  for (std::uint64_t round = 0; a.kills() + b.kills() < kills; ++round) {
    std::this_thread::sleep_for(milliseconds(40 + 23 * (round % 10)));
    if (round % 3 != 0) a.kill();
    if (round % 3 != 1) b.kill();
    if (round % 3 != 0) a.start();
    if (round % 3 != 1) b.start();
  }
  there.close();
  back.close();
  for (const auto* direction : {&there, &back})
    CHECK(std::all_of(direction->acknowledged().begin(), direction->acknowledged().end(),
                      [](const Acknowledged& one) { return eventually([&] { return one.resident.view().stage == Stage::Delivered; }); }));
  leave_trace(ask(pair.a.port, "GET", "/metrics").body);
  a.end();
  b.end();

  Reckoning reckoning;
  reckon(there.acknowledged(), quyang.id, pair.a.data, wujiaochang.id, pair.b.data, reckoning);
  reckon(back.acknowledged(), wujiaochang.id, pair.b.data, quyang.id, pair.a.data, reckoning);
  for (const auto* node : {&pair.a, &pair.b}) {
    reckon_copies(node->data, reckoning);
    CHECK(log_verifies(*node));
  }
  fakes::report_figures("kills_between", {{"faults.kills", a.kills() + b.kills()},
                                          {"faults.lost", reckoning.lost},
                                          {"faults.duplicated", reckoning.doubled},
                                          {"faults.acknowledged", reckoning.cases},
                                          {"faults.transfers_between_kills", reckoning.cases},
                                          {"faults.slowest_recovery_ms", static_cast<std::uint64_t>(std::max(a.slowest_start(), b.slowest_start()).count())}});
  CHECK(there.acknowledged().size() > kills / 2);
  CHECK(back.acknowledged().size() > kills / 2);
  CHECK(reckoning.lost == 0);
  CHECK(reckoning.doubled == 0);
  CHECK(reckoning.different == 0);
}
