#include "tests/journeys/town.h"

#include "shared/wire/envelope.h"
#include "shared/wire/errors.h"
#include "shared/wire/event.h"
#include "tests/journeys/stranger.h"

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

bool is_decided_by_rule(const Story& story) { return story.portal.item().text() == "s1"; }

EventPayload decision() {
  EventPayload payload;
  payload.text = "准予";
  return payload;
}

}  // namespace

Town::Town(std::uint64_t seed, Practice& practice)
    : world_(seed),
      decay_(~seed),
      network_(world_),
      a_(quyang, world_, practice),
      b_(wujiaochang, world_, practice),
      c_(youyilu, world_, practice),
      d_(dapuqiao, world_, practice),
      post_({&a_, &b_, &c_, &d_}, network_, world_) {
  const std::size_t count = 1 + world_.random.below(3);
  stories_.reserve(count);  // what is under way on a line refers to its story
  for (std::size_t i = 0; i < count; ++i) {
    const ItemId item(world_.random.chance(15) ? "d1" : world_.random.chance(20) ? "u1" : "s1");
    stories_.push_back({Portal(fakes::demo_application(item, quyang, world_.random), world_, practice), {}, false, false, 0, 0, {}});
  }
}

Office& Town::office(const CentreId& centre) {
  return centre == quyang ? a_ : centre == wujiaochang ? b_ : centre == youyilu ? c_ : d_;
}

void Town::act(Story& story, Verb verb, Office& office, EventPayload payload, Role role) {
  office.act(verb, story.portal.submission(), payload, role, [this, &office, verb](const Expected<Effects>& done) {
    world_.note(std::string{office.letter(), ' '} + std::string(casework::name_of(verb)) + (done ? "" : std::string(": ") + done.error().code->name));
  });
}

EventPayload Town::supply(Office& office, const std::optional<casework::Digest>& again) {
  EventPayload payload;
  const auto file = again ? *again : ports::fresh<casework::Digest>(world_.random);
  office.put_file(file);
  payload.materials = {{"m3", casework::MaterialWay::Attached, {{file, "image/jpeg", 9}}}};
  return payload;
}

namespace {

/// Another paper took its place, and was the wrong one.
std::optional<casework::Digest> first_paper_again(const Story& story, fakes::SeededRandom& random) {
  const auto& given = story.supplements;
  const bool could = given.size() >= 2 && given.back().file != given.front().file && random.chance(30);
  return could ? std::optional(given.front().file) : std::nullopt;
}

/// When the wish was made, by the clock of the office that took it.
std::optional<Instant> made_at(const Effects& effects) {
  for (const OutboxRow& row : effects.batch.outbox)
    if (const auto request = row.kind == wire::LetterKind::Request ? wire::decode_request(row.request) : wire::wire_errors::Malformed; request) return request->made_at;
  for (const usecases::EventRow& row : effects.batch.events)
    if (const auto event = wire::decode_event(row.bytes); event && event->kind == casework::EventKind::Supplemented) return event->device_time;
  return std::nullopt;
}

}  // namespace

void Town::supplement(Story& story, Office& office, Role role) {
  const bool by_resident = role == Role::Resident && &office == &a_;
  const EventPayload payload = supply(office, by_resident ? first_paper_again(story, world_.random) : std::nullopt);
  if (!by_resident) return act(story, Verb::Supplement, office, payload, role);
  const std::size_t at = story.supplements.size();
  story.supplements.push_back({payload.materials[0].attachments[0].digest, false});
  office.act(Verb::Supplement, story.portal.submission(), payload, role, [this, &story, at](const Expected<Effects>& done) {
    story.supplements[at].acknowledged = done.has_value();
    if (done) story.supplements[at].made_at = made_at(*done);
    world_.note(std::string("the resident adds a paper") + (done ? "" : std::string(": ") + done.error().code->name));
  });
}

void Town::withdraw(Story& story) {
  a_.act(Verb::Withdraw, story.portal.submission(), reason(), Role::Resident, [this, &story](const Expected<Effects>& done) {
    story.withdrawal_acknowledged = story.withdrawal_acknowledged || done.has_value();
    world_.note(std::string("the resident withdraws") + (done ? "" : std::string(": ") + done.error().code->name));
  });
}

// The resident, unsure whether it was sent, takes the same application to another window as well. Of an item whose rule names
// the decider, no decider says "not ours" from then on: only the one centre that both copies come to can see that they are the
// same. Of the others D asks A.
void Town::carry(Story& story) {
  if (is_decided_by_rule(story)) {
    if (story.not_ours_said > 0) return;
    story.not_ours_said = 3;
    story.carried = true;
  }
  story.portal.seal();
  casework::Application sheet = story.portal.application();
  sheet.received_by = d_.centre();
  d_.begin_walk_in(sheet, a_.centre(), [this, &story](const Expected<Effects>& done) {
    story.carried = story.carried || done.has_value();
    world_.note(std::string("the same papers are carried to D") + (done ? "" : std::string(": ") + done.error().code->name));
  });
}

/// Before it is sent, while nobody has answered, or after.
bool Town::may_carry(const Story& story) {
  if (story.carried) return false;
  return is_decided_by_rule(story) ? story.portal.has_receipt() && world_.random.chance(4) : world_.random.chance(20);
}

void Town::lose_secret(Story& story) {
  a_.renew_access(story.portal.submission(), [this, &story](const casework::AccessSecret& fresh) {
    story.dead_secrets.push_back(story.portal.secret());
    story.portal.set_secret(fresh);
    world_.note("a lost secret is replaced at the window");
  });
}

void Town::stranger(Story& story) {
  const auto open_with = [&](const casework::AccessSecret& secret) {
    if (!a_.opens(story.portal.submission(), secret)) return;
    stranger_let_in_ = true;
    world_.note("a stranger opens the case");
  };
  open_with(ports::fresh<casework::AccessSecret>(world_.random));
  for (const casework::AccessSecret& dead : story.dead_secrets) open_with(dead);
  std::vector<Office*> all{&a_, &b_, &c_, &d_};
  meddle(all, post_, story.portal, world_);
}

void Town::resident(Story& story) {
  fakes::SeededRandom& random = world_.random;
  if (may_carry(story)) return carry(story);
  if (!story.portal.has_receipt() || random.chance(10)) return story.portal.send(a_, network_);
  const auto row = a_.row(story.portal.submission());
  if (!row || !a_.opens(story.portal.submission(), story.portal.secret())) return;
  if (random.chance(3)) return story.portal.send_changed(a_, network_);
  if (random.chance(3)) return lose_secret(story);
  if (random.chance(2) && !story.withdrawal_acknowledged) return withdraw(story);
  if (row->stage == Stage::Returned || random.chance(6)) supplement(story, a_, Role::Resident);
}

bool Town::window(Story& story, Office& office, const usecases::CaseRow& row, bool only_forward) {
  const bool direct = row.item.text() == "d1";
  const auto does = [&](Verb verb, EventPayload payload = {}) {
    act(story, verb, office, std::move(payload), Role::Window);
    return true;
  };
  switch (row.stage) {
    case Stage::Submitted: return does(Verb::Receive);
    case Stage::Received:
      if (!only_forward && world_.random.chance(20)) return does(Verb::Return, one_missing());
      return does(Verb::Check, all_fine());
    case Stage::Checked: return !direct && does(Verb::Transfer, reason(wujiaochang));
    case Stage::Misdirected: return does(Verb::Transfer, reason(world_.random.chance(50) ? youyilu : wujiaochang));
    case Stage::Returned:
      if (only_forward) supplement(story, office, Role::Window);
      return only_forward;
    case Stage::Decided: return direct && does(Verb::Deliver);
    default: return false;
  }
}

bool Town::reviewer(Story& story, Office& office, const usecases::CaseRow& row, bool only_forward) {
  const bool wanton = !only_forward && world_.random.chance(25);
  const auto does = [&](Verb verb, EventPayload payload = {}) {
    act(story, verb, office, std::move(payload), Role::Reviewer);
    return true;
  };
  switch (row.stage) {
    case Stage::Checked: return row.item.text() == "d1" && does(Verb::Accept);
    case Stage::AtDecider:
      if (wanton && world_.random.chance(30) && story.returned++ < 3) return does(Verb::Return, one_missing());
      if (wanton && story.not_ours_said++ < 3) return does(Verb::NotOurs, reason(youyilu));
      return does(Verb::Accept, reason());
    case Stage::Accepted:
      if (wanton && story.returned++ < 3) return does(Verb::Return, one_missing());
      return does(Verb::Decide, decision());
    case Stage::Returned:
      if (only_forward || !world_.random.chance(20)) return false;
      supplement(story, office, Role::Window);
      return true;
    default: return false;
  }
}

bool Town::staff(Story& story, Office& office, bool only_forward) {
  const auto row = office.row(story.portal.submission());
  if (!row || row->custodian != office.centre() || !row->passing_to.empty()) return false;
  if (row->received_by == office.centre() && window(story, office, *row, only_forward)) return true;
  return reviewer(story, office, *row, only_forward);
}

RoundEnd Town::some_end() {
  const Faults& faults = network_.faults();
  if (network_.fault(faults.cut)) return world_.random.chance(50) ? RoundEnd::CutBefore : RoundEnd::CutAfter;
  return network_.fault(faults.failed_commit) ? RoundEnd::Failed : RoundEnd::Synced;
}

void Town::end_round(Office& office, RoundEnd end) {
  if (end != RoundEnd::Synced) {
    const char* what = end == RoundEnd::Failed ? ": the disk says no" : end == RoundEnd::CutBefore ? ": power cut before the sync" : ": power cut after the sync";
    world_.note(office.letter() + std::string(what));
  }
  office.end_round(end);
}

void Town::lose_disk(Office& office) {
  const auto all = offices();
  const auto others = std::count_if(all.begin(), all.end(), [&](const Office* one) { return one != &office && one->is_healing(); });
  network_.end_lines_of(office.centre());
  if (!office.restore()) return;
  world_.note(office.letter() + std::string("'s disk is lost; a backup takes its place") + (others > 0 ? ", beside those of " + std::to_string(others) : ""));
}

void Town::damage_file(Office& office) {
  if (office.damage_file(decay_)) world_.note(office.letter() + std::string("'s disk has damaged a file"));
}

void Town::pass_time() {
  world_.clock.advance(std::chrono::seconds(world_.random.below(3600)));
  if (world_.random.chance(1)) world_.clock.advance(std::chrono::hours(24 * world_.random.below(20)));
  if (!network_.fault(network_.faults().clock_jump)) return;
  Office& office = this->office(centres()[world_.random.below(centres().size())]);
  const int hours = static_cast<int>(world_.random.below(97)) - 48;
  office.shift_clock(std::chrono::hours(hours));
  world_.note(std::string{office.letter()} + "'s clock jumps by " + std::to_string(hours) + " h");
}

void Town::step() {
  pass_time();
  fakes::SeededRandom& random = world_.random;
  Story& story = stories_[random.below(stories_.size())];
  Office& office = this->office(centres()[random.below(centres().size())]);
  if (random.chance(45)) {
    if (random.chance(5)) network_.change_lines();
    if (!random.chance(30) || !network_.deliver_late()) post_.try_one();
  } else if (random.chance(30)) {
    resident(story);
  } else {
    staff(story, office, false);
  }
  if (network_.fault(network_.faults().stranger)) stranger(story);
  if (random.chance(4)) office.back_up();
  if (network_.fault(network_.faults().disk_lost)) lose_disk(office);
  if (decay_.chance(1)) damage_file(office);
  for (Office* one : {&a_, &b_, &c_, &d_}) {
    if (one->round_is_open() && random.chance(70)) end_round(*one, some_end());
  }
}

// What another centre asked for comes through the receiving one; there the resident answers.
bool Town::answer_return(Story& story, Office& origin) {
  const auto row = origin.row(story.portal.submission());
  if (!row || row->stage != Stage::Returned || row->custodian == origin.centre()) return false;
  supplement(story, origin, Role::Resident);
  return true;
}

// Everything that is under way or waits arrives. False when letters go round and round.
bool Town::come_to_rest() {
  constexpr int rounds = 200;
  for (int round = 0; round < rounds; ++round) {
    bool moved = post_.try_all();
    while (network_.deliver_late()) moved = true;
    for (Office* one : {&a_, &b_, &c_, &d_}) {
      moved = moved || one->round_is_open();
      one->end_round(RoundEnd::Synced);
    }
    if (!moved) return true;
  }
  return false;
}

bool Town::finish() {
  world_.note("faults end");
  network_.calm();
  constexpr int rounds = 100;
  for (int round = 0; round < rounds; ++round) {
    if (!come_to_rest()) return false;
    bool moved = false;
    for (Story& story : stories_) {
      if (!story.portal.has_receipt() && !story.portal.was_sent_elsewhere() && !story.portal.has_forgotten()) {
        story.portal.send(a_, network_);
        moved = true;
      }
      for (Office* origin : {&a_, &d_}) moved = answer_return(story, *origin) || moved;
      for (Office* one : {&a_, &b_, &c_, &d_}) moved = staff(story, *one, true) || moved;
    }
    if (!moved) return come_to_rest();
  }
  return false;
}

}  // namespace tongban::journeys
