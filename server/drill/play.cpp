#include "server/drill/play.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <queue>
#include <thread>

#include "server/drill/line.h"
#include "shared/casework/access.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/problem.h"
#include "shared/wire/json/verbs.h"

namespace tongban::drill {
namespace {

using namespace std::chrono_literals;
using casework::CaseView;
using casework::Stage;
using casework::Verb;
using Clock = std::chrono::steady_clock;

constexpr Clock::duration soon = 2ms, longest_pause = 200ms, telling = 1s;

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

enum class Step { HandIn, AtWindow, AtDecider, Back, Finished };

/// One case, and who does the next thing with it.
struct Story {
  std::size_t index = 0;
  Clock::time_point comes, due, since;
  Clock::duration pause = soon;
  Step step = Step::HandIn;
  usecases::Sealed sealed;
  Filed filed;
  std::optional<CaseView> view;  ///< as staff saw it last; none: to be looked at first
};

struct Later {
  bool operator()(const Story* a, const Story* b) const { return a->due > b->due; }
};

std::string code_of(const Answer& answer) {
  const auto problem = wire::json::read_problem(answer.body);
  return problem ? problem->code : std::string("?");
}

/// What one of the people needs for themselves: lines of their own, and what they have measured.
struct Person {
  explicit Person(const Town& town) {
    for (std::size_t i = 0; i < town.size(); ++i) lines.emplace_back(town.port(i));
  }
  std::vector<Line> lines;
  Latencies latencies;
  std::vector<std::pair<CentreId, double>> passings;
  std::map<std::string, std::size_t> refusals;

  /// Asks that node, and notes when it doesn't do what it was asked for.
  Answer ask(std::size_t node, const Request& request) {
    auto answer = lines[node].ask(request);
    if (answer.status >= 400) ++refusals[std::to_string(answer.status) + ' ' + code_of(answer)];
    if (answer.status == 0) ++refusals["no answer"];
    return answer;
  }
};

std::string resident_of(const Story& story) { return "Authorization: Tongban-Case " + casework::access_text(story.sealed.secret) + "\r\n"; }

casework::EventPayload all_fine(const CaseView& view) {
  casework::EventPayload payload;
  for (const auto& material : view.materials) payload.verdicts.push_back({material.material, casework::Verdict::Fine, {}});
  return payload;
}

/// Where no source says how an item runs, whoever chooses says why.
casework::EventPayload chosen() {
  casework::EventPayload payload;
  payload.reason = "演练（演示）";
  return payload;
}

casework::EventPayload granted() {
  casework::EventPayload payload;
  payload.outcome = casework::Outcome::Granted;
  payload.text = "同意（演示）";
  return payload;
}

class Play {
 public:
  Play(Town& town, People& people, const Plan& plan) : town_(town), people_(people), plan_(plan), begun_(Clock::now()), stories_(plan.day.cases) {
    for (std::size_t i = 0; i < stories_.size(); ++i) {
      stories_[i].index = i;
      stories_[i].comes = stories_[i].due = begun_ + arrival(plan_.day, i);
      waiting_.push(&stories_[i]);
    }
  }

  Expected<Played> run(const std::function<void(const Progress&)>& tell) {
    std::vector<Person> persons;
    for (std::size_t i = 0; i < plan_.people; ++i) persons.emplace_back(town_);
    std::vector<std::thread> threads;
    for (auto& person : persons) threads.emplace_back([this, &person] { act_as(person); });
    Expected<void> damaged;
    std::thread faults([&] { damaged = damage(); });
    watch(tell);
    faults.join();
    for (auto& thread : threads) thread.join();
    TRY_VOID(damaged);
    return told(persons);
  }

 private:
  void act_as(Person& person) {
    while (Story* story = next()) {
      const Step before = story->step;
      const bool went_on = act(*story, person);
      story->pause = went_on ? soon : std::min(story->pause * 2, longest_pause);
      story->due = Clock::now() + (went_on ? Clock::duration::zero() : story->pause);
      give_back(*story, before);
    }
  }

  /// Null: the day and everybody's patience are over, or all is done.
  Story* next() {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (over_) return nullptr;
      if (waiting_.empty()) {
        changed_.wait(lock);
        continue;
      }
      Story* first = waiting_.top();
      if (first->due <= Clock::now()) {
        waiting_.pop();
        return first;
      }
      changed_.wait_until(lock, first->due);
    }
  }

  void give_back(Story& story, Step before) {
    const std::lock_guard lock(mutex_);
    if (before == Step::HandIn && story.step != Step::HandIn) ++progress_.filed;
    if (before != Step::Back && story.step == Step::Back) ++progress_.decided;
    if (story.step == Step::Finished) {
      ++progress_.finished;
      over_ = progress_.finished == stories_.size();
    } else {
      waiting_.push(&story);
    }
    changed_.notify_all();
  }

  void watch(const std::function<void(const Progress&)>& tell) {
    const auto last = begun_ + plan_.day.length + plan_.patience;
    std::unique_lock lock(mutex_);
    for (auto at = begun_ + telling; !over_; at += telling) {
      while (!over_ && Clock::now() < at) changed_.wait_until(lock, at);
      over_ = over_ || Clock::now() >= last;
      progress_.seconds = milliseconds(Clock::now() - begun_) / 1000;
      const auto now = Clock::now();
      progress_.came = static_cast<std::size_t>(std::count_if(stories_.begin(), stories_.end(), [&](const Story& one) { return one.comes <= now; }));
      tell(progress_);
    }
    changed_.notify_all();
  }

  bool act(Story& story, Person& person) {
    switch (story.step) {
      case Step::HandIn: return hand_in(story, person);
      case Step::AtWindow: return at_window(story, person);
      case Step::AtDecider: return at_decider(story, person);
      case Step::Back: return see_decision(story, person);
      case Step::Finished: break;
    }
    return true;
  }

  /// The very same application until there is a receipt.
  bool hand_in(Story& story, Person& person) {
    if (story.filed.received_by.empty()) {
      const std::lock_guard lock(people_mutex_);
      story.sealed = people_.next(platform::SystemClock{}.now());
      story.filed.submission = story.sealed.application.submission_id;
      story.filed.received_by = story.sealed.application.received_by;
    }
    const Desk* desk = town_.desk(story.filed.received_by);
    const auto answer = person.ask(desk->node, {"POST", "/api/v1/submissions", "", wire::json::write_application(story.sealed.application)});
    if (answer.status != 200 && answer.status != 201) return false;
    const auto read = wire::json::read_submission_answer(answer.body);
    if (!read) return false;
    person.latencies.receipt.push_back(milliseconds(Clock::now() - story.comes));
    story.filed.number = read->view.number;
    story.step = Step::AtWindow;
    return true;
  }

  bool at_window(Story& story, Person& person) {
    const Desk& desk = *town_.desk(story.filed.received_by);
    if (!look(story, desk, desk.window, person)) return false;
    const CaseView& view = *story.view;
    const CentreId& decider = view.proposed_decider;
    const bool own = decider.empty() || decider == story.filed.received_by;
    switch (view.stage) {
      case Stage::Submitted: return step(story, desk, desk.window, Verb::Receive, {}, person);
      case Stage::Received: return step(story, desk, desk.window, Verb::Check, all_fine(view), person);
      case Stage::Checked:
        if (!own) return step(story, desk, desk.window, Verb::Transfer, chosen(), person);
        story.filed.decided_by = story.filed.received_by;
        return step(story, desk, desk.reviewer, Verb::Accept, chosen(), person);
      case Stage::Accepted:
        if (view.custodian == story.filed.received_by) return decide(story, desk, person);
        break;
      default: break;
    }
    story.filed.decided_by = view.passing_to.empty() ? view.custodian : view.passing_to;
    return begin(story, view.custodian == story.filed.received_by && view.passing_to.empty() ? Step::Back : Step::AtDecider);
  }

  bool at_decider(Story& story, Person& person) {
    const Desk* desk = town_.desk(story.filed.decided_by);
    const bool first = !story.view;
    if (!look(story, *desk, desk->reviewer, person)) return false;
    if (first && story.view->stage == Stage::AtDecider) {
      const double took = milliseconds(Clock::now() - story.since);
      person.latencies.passing.push_back(took);
      person.passings.emplace_back(story.filed.decided_by, took);
    }
    if (story.view->stage == Stage::AtDecider) return step(story, *desk, desk->reviewer, Verb::Accept, chosen(), person);
    if (story.view->stage == Stage::Accepted) return decide(story, *desk, person);
    return begin(story, Step::Back);
  }

  bool decide(Story& story, const Desk& desk, Person& person) {
    return step(story, desk, desk.reviewer, Verb::Decide, granted(), person) && begin(story, Step::Back);
  }

  bool see_decision(Story& story, Person& person) {
    const Desk& desk = *town_.desk(story.filed.received_by);
    const auto answer = person.ask(desk.node, {"GET", "/api/v1/cases/" + story.filed.number.text(), resident_of(story), ""});
    const auto view = answer.status == 200 ? wire::json::read_case_view(answer.body) : Expected<CaseView>(Error(casework::case_file_errors::Damaged));
    if (!view || (view->stage != Stage::Decided && view->stage != Stage::Delivered)) return false;
    const bool passed_on = story.filed.decided_by != story.filed.received_by;
    if (passed_on && !story.filed.seen_back) person.latencies.back.push_back(milliseconds(Clock::now() - story.since));
    story.filed.seen_back = true;
    // The decider's last word is that it knows the decision to have come.
    if (passed_on && view->stage != Stage::Delivered) return false;
    return begin(story, Step::Finished);
  }

  bool begin(Story& story, Step step) {
    story.step = step;
    story.since = Clock::now();
    story.view.reset();
    return true;
  }

  /// The case as the desk's centre has it now, unless it has just been answered with it.
  bool look(Story& story, const Desk& desk, const std::string& who, Person& person) {
    if (story.view) return true;
    return see(story, person.ask(desk.node, {"GET", "/api/v1/staff/cases/" + story.filed.number.text(), who, ""}));
  }

  /// One thing done with the case. Whoever got no answer looks at it again before they go on.
  bool step(Story& story, const Desk& desk, const std::string& who, Verb verb, const casework::EventPayload& payload, Person& person) {
    const auto begun = Clock::now();
    story.view.reset();
    const auto path = "/api/v1/staff/cases/" + story.filed.number.text() + '/' + std::string(casework::name_of(verb));
    if (!see(story, person.ask(desk.node, {"POST", path, who, wire::json::write_verb_body(verb, payload)}))) return false;
    person.latencies.step.push_back(milliseconds(Clock::now() - begun));
    return true;
  }

  static bool see(Story& story, const Answer& answer) {
    if (answer.status != 200) return false;
    auto view = wire::json::read_case_view(answer.body);
    if (view) story.view = std::move(*view);
    return story.view.has_value();
  }

  /// Kills and stalls in turn, spread over the day.
  Expected<void> damage() {
    std::mt19937_64 chance(plan_.seed);
    const std::size_t all = plan_.kills + plan_.stalls;
    for (std::size_t i = 0, kills = 0; i < all; ++i) {
      const auto at = begun_ + plan_.day.length * static_cast<int>(i + 1) / static_cast<int>(all + 1);
      if (!wait_until(at)) return {};
      const auto node = std::uniform_int_distribution<std::size_t>(0, town_.size() - 1)(chance);
      const bool kill = kills * all <= i * plan_.kills && kills < plan_.kills;
      if (!kill) {
        town_.stall(node, plan_.stall);
        continue;
      }
      ++kills;
      const auto took = town_.kill(node);
      if (!took) {
        end();
        return took.error();
      }
      recoveries_.push_back(static_cast<double>(took->count()));
    }
    return {};
  }

  /// False when all is over before.
  bool wait_until(Clock::time_point at) {
    std::unique_lock lock(mutex_);
    while (!over_ && Clock::now() < at) changed_.wait_until(lock, at);
    return !over_;
  }

  void end() {
    const std::lock_guard lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }

  Played told(std::vector<Person>& persons) {
    Played played;
    played.seconds = milliseconds(Clock::now() - begun_) / 1000;
    for (auto& story : stories_) {
      if (story.step == Step::HandIn) ++played.without_receipt;
      else played.filed.push_back(story.filed);
      if (story.step != Step::Finished) ++played.unfinished;
    }
    std::map<CentreId, double> longest;
    for (auto& person : persons) {
      const auto add = [&](std::vector<double> Latencies::*kind) {
        auto& from = person.latencies.*kind;
        (played.latencies.*kind).insert((played.latencies.*kind).end(), from.begin(), from.end());
      };
      for (const auto kind : {&Latencies::receipt, &Latencies::step, &Latencies::passing, &Latencies::back}) add(kind);
      for (const auto& [what, times] : person.refusals) played.refusals[what] += times;
      for (const auto& [centre, took] : person.passings) longest[centre] = std::max(longest[centre], took);
    }
    played.slowest.assign(longest.begin(), longest.end());
    std::sort(played.slowest.begin(), played.slowest.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (played.slowest.size() > 5) played.slowest.resize(5);
    played.recoveries = recoveries_;
    return played;
  }

  Town& town_;
  People& people_;
  const Plan& plan_;
  const Clock::time_point begun_;
  std::vector<Story> stories_;
  std::mutex people_mutex_;
  std::mutex mutex_;  ///< of all below
  std::condition_variable changed_;
  std::priority_queue<Story*, std::vector<Story*>, Later> waiting_;
  Progress progress_;
  bool over_ = false;
  std::vector<double> recoveries_;
};

}  // namespace

Expected<Played> play(Town& town, People& people, const Plan& plan, const std::function<void(const Progress&)>& tell) {
  return Play(town, people, plan).run(tell);
}

}  // namespace tongban::drill
