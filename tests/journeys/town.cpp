#include "tests/journeys/town.h"

namespace tongban::journeys {
namespace {

using casework::EventPayload;
using casework::Role;
using casework::Stage;
using casework::Verb;
using casework::Verdict;
using fakes::dapuqiao, fakes::quyang, fakes::wujiaochang, fakes::youyilu;

EventPayload all_fine() {
  EventPayload payload;
  payload.verdicts = {{"m1", Verdict::Fine, ""}, {"m3", Verdict::Fine, ""}};
  return payload;
}

EventPayload one_missing() {
  EventPayload payload;
  payload.verdicts = {{"m3", Verdict::Missing, "缺首页"}};
  return payload;
}

EventPayload reason(CentreId to = {}) {
  EventPayload payload;
  payload.reason = "演示";
  payload.to = std::move(to);
  return payload;
}

EventPayload decision() {
  EventPayload payload;
  payload.text = "准予";
  return payload;
}

}  // namespace

Town::Town(std::uint64_t seed)
    : random_(seed),
      clock_(from_shanghai(*parse_date("2026-11-24"), 540)),
      catalogue_(fakes::small_catalogue()),
      directory_(fakes::fixed_directory({quyang, wujiaochang, youyilu, dapuqiao})),
      a_({quyang}, catalogue_, directory_, clock_, random_),
      b_({wujiaochang}, catalogue_, directory_, clock_, random_),
      c_({youyilu}, catalogue_, directory_, clock_, random_),
      d_({dapuqiao}, catalogue_, directory_, clock_, random_),
      link_({&a_, &b_, &c_, &d_}, random_) {
  link_.set_faults(Faults::from(random_));
  const std::size_t count = 1 + random_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    const ItemId item(random_.chance(15) ? "d1" : random_.chance(20) ? "u1" : "s1");
    stories_.push_back({fakes::demo_application(item, quyang, random_), false, false, 0, 0, 0, false, {}});
  }
}

fakes::Office& Town::office(const CentreId& centre) {
  return centre == quyang ? a_ : centre == wujiaochang ? b_ : centre == youyilu ? c_ : d_;
}

bool Town::act(Story& story, Verb verb, const CentreId& holder, EventPayload payload, Role role) {
  const casework::Actor actor{role, role == Role::Resident ? CentreId() : holder, role == Role::Resident ? "" : "staff"};
  const auto effects = office(holder).act(verb, {holder, story.application.submission_id}, payload, actor);
  log_.push_back(holder.text() + " " + std::string(casework::name_of(verb)) + (effects ? "" : std::string(": ") + effects.error().code->name));
  return effects.has_value();
}

EventPayload Town::supply(const CentreId& centre) {
  EventPayload payload;
  const casework::Digest file = ports::fresh<casework::Digest>(random_);
  office(centre).put_file(file);
  payload.materials = {{"m3", casework::MaterialWay::Attached, {{file, "image/jpeg", 9}}}};
  return payload;
}

void Town::submit(Story& story) {
  const auto effects = a_.submit(story.application);
  if (!effects) return log_.push_back(std::string("submit: ") + effects.error().code->name);
  if (!story.submitted) story.receipt = effects->receipt;
  story.submitted = true;
}

// The resident, unsure whether it was sent, takes the same application to another window as well. From then on no
// decider says "not ours": only the one centre that both copies come to can see that they are the same.
void Town::carry(Story& story) {
  if (story.not_ours_said > 0) return;
  story.not_ours_said = 3;
  story.carried = d_.walk_in(story.application, {Role::Window, dapuqiao, "staff"}).has_value() || story.carried;
}

void Town::resident(Story& story) {
  if (!story.submitted || random_.chance(10)) return submit(story);
  if (!story.carried && story.application.item.text() == "s1" && random_.chance(4)) return carry(story);
  const usecases::CaseRow row = a_.store().find({quyang, story.application.submission_id})->row;
  if (random_.chance(2) && !story.withdrawal_taken) {
    story.withdrawal_taken = act(story, Verb::Withdraw, quyang, reason(), Role::Resident);
  } else if (row.stage == Stage::Returned || random_.chance(5)) {
    story.supplements_taken += act(story, Verb::Supplement, quyang, supply(quyang), Role::Resident) ? 1 : 0;
  }
}

bool Town::window(Story& story, const CentreId& centre, const usecases::CaseRow& row, bool only_forward) {
  const bool direct = story.application.item.text() == "d1";
  switch (row.stage) {
    case Stage::Submitted: return act(story, Verb::Receive, centre, {}, Role::Window);
    case Stage::Received:
      if (!only_forward && random_.chance(20)) return act(story, Verb::Return, centre, one_missing(), Role::Window);
      return act(story, Verb::Check, centre, all_fine(), Role::Window);
    case Stage::Checked:
      if (direct) return false;
      return act(story, Verb::Transfer, centre, reason(wujiaochang), Role::Window);
    case Stage::Misdirected: return act(story, Verb::Transfer, centre, reason(random_.chance(50) ? youyilu : wujiaochang), Role::Window);
    case Stage::Returned: return only_forward && act(story, Verb::Supplement, centre, supply(centre), Role::Window);
    case Stage::Decided: return direct && act(story, Verb::Deliver, centre, {}, Role::Window);
    default: return false;
  }
}

bool Town::reviewer(Story& story, const CentreId& centre, const usecases::CaseRow& row, bool only_forward) {
  const bool wanton = !only_forward && random_.chance(25);
  switch (row.stage) {
    case Stage::Checked: return story.application.item.text() == "d1" && act(story, Verb::Accept, centre, {}, Role::Reviewer);
    case Stage::AtDecider:
      if (wanton && story.not_ours_said++ < 3) return act(story, Verb::NotOurs, centre, reason(youyilu), Role::Reviewer);
      return act(story, Verb::Accept, centre, reason(), Role::Reviewer);
    case Stage::Accepted:
      if (wanton && story.returned++ < 3) return act(story, Verb::Return, centre, one_missing(), Role::Reviewer);
      return act(story, Verb::Decide, centre, decision(), Role::Reviewer);
    default: return false;
  }
}

bool Town::staff(Story& story, const CentreId& centre, bool only_forward) {
  const auto record = office(centre).store().find({centre, story.application.submission_id});
  if (!record || record->row.custodian != centre || !record->row.passing_to.empty()) return false;
  const usecases::CaseRow& row = record->row;
  if (row.received_by == centre && window(story, centre, row, only_forward)) return true;
  return reviewer(story, centre, row, only_forward);
}

void Town::step() {
  clock_.advance(std::chrono::seconds(random_.below(3600)));
  Story& story = stories_[random_.below(stories_.size())];
  if (random_.chance(50)) return link_.step();
  if (random_.chance(30)) return resident(story);
  static const std::vector<CentreId> centres{quyang, wujiaochang, youyilu, dapuqiao};
  staff(story, centres[random_.below(centres.size())], false);
}

// What another centre asked for comes through the receiving one; there the resident answers.
bool Town::answer_return(Story& story, const CentreId& origin) {
  const auto record = office(origin).store().find({origin, story.application.submission_id});
  const bool asked = record && record->row.stage == Stage::Returned && record->row.custodian != origin;
  if (!asked || !act(story, Verb::Supplement, origin, supply(origin), Role::Resident)) return false;
  story.supplements_taken += origin == quyang ? 1 : 0;
  return true;
}

bool Town::finish() {
  log_.push_back("faults end");
  constexpr int rounds = 100;
  for (Story& story : stories_) {
    if (!story.submitted) submit(story);
  }
  for (int round = 0; round < rounds; ++round) {
    if (!link_.drain()) return false;
    bool moved = false;
    for (Story& story : stories_) {
      for (const CentreId& origin : {quyang, dapuqiao}) moved = answer_return(story, origin) || moved;
      for (const CentreId& centre : {quyang, wujiaochang, youyilu, dapuqiao}) moved = staff(story, centre, true) || moved;
    }
    if (!moved) return link_.drain();
  }
  return false;
}

}  // namespace tongban::journeys
