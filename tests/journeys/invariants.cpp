#include "tests/journeys/invariants.h"

#include <set>

#include "shared/casework/case_file.h"
#include "shared/usecases/errors.h"
#include "shared/wire/application.h"
#include "shared/wire/event.h"
#include "tests/journeys/copies.h"

namespace tongban::journeys {
namespace {

using casework::Event;
using casework::EventKind;
using casework::Stage;
using Line = std::vector<Copy>;

/// The first of the checks that finds something.
template <typename... Checks>
std::string first_of(Checks... checks) {
  std::string broken;
  (void)((broken = checks(), !broken.empty()) || ...);
  return broken;
}

const std::vector<CentreId>& origins() {
  static const std::vector<CentreId> both{fakes::quyang, fakes::dapuqiao};
  return both;
}

std::string check_custody(const Line& line) {
  int keepers = 0, appenders = 0;
  for (const Copy& copy : line) {
    if (copy.row.custodian != copy.row.key.holder) continue;
    ++keepers;
    if (copy.row.passing_to.empty()) ++appenders;
  }
  if (keepers < 1) return "the case is in nobody's hands";
  return appenders > 1 ? "two centres may both write" : "";
}

std::string check_chain(const Copy& copy) {
  if (!wire::verify_chain(copy.events, copy.row.content)) return "a chain is broken";
  const auto application = wire::decode_application(copy.row.application);
  const auto file = casework::derive(copy.row.number, application ? *application : casework::Application{}, copy.events);
  if (!file) return "events that could not have happened so";
  const bool as_derived = file->custodian == copy.row.custodian && file->passing_to == copy.row.passing_to && file->stage == copy.row.stage;
  return as_derived ? "" : "a row says otherwise than its events";
}

std::string check_history(const Line& line) {
  for (const Copy& one : line) {
    if (auto broken = check_chain(one); !broken.empty()) return broken;
    for (const Copy& other : line) {
      const std::size_t common = std::min(one.events.size(), other.events.size());
      if (one.events[common - 1].digest != other.events[common - 1].digest) return "two histories of one case";
    }
  }
  return {};
}

std::string check_times(const Line& line, const World& world) {
  for (const Copy& copy : line) {
    for (const Event& event : copy.events) {
      if (event.server_time < world.earliest || world.latest < event.server_time) return "an event at a time that no office's clock has shown";
    }
  }
  return {};
}

std::string check_decisions(const std::vector<Copy>& copies) {
  std::set<casework::Digest> decisions;
  for (const Copy& copy : copies) {
    for (const Event& event : copy.events) {
      if (event.kind == EventKind::Decided) decisions.insert(event.digest);
    }
  }
  return decisions.size() > 1 ? "decided twice" : "";
}

std::string check_acknowledged(const Story& story, const std::vector<Copy>& copies) {
  if (!story.portal.has_receipt()) return {};
  const bool there = std::any_of(copies.begin(), copies.end(), [&](const Copy& copy) {
    return copy.at_origin() && copy.row.key.holder == fakes::quyang && copy.row.content == story.portal.content();
  });
  return there ? "" : "an acknowledged case is gone";
}

/// What a window or a reviewer was told is done stands in their office's copy.
std::string check_told(const Story& story, const std::vector<Copy>& copies, const Town& town) {
  for (const Office* office : town.offices()) {
    const auto& told = office->told_of(story.portal.submission());
    if (told.empty()) continue;
    const auto copy = std::find_if(copies.begin(), copies.end(), [&](const Copy& one) { return one.office == office; });
    const auto stands = [&](const Told& one) { return one.seq < copy->events.size() && copy->events[one.seq].digest == one.event; };
    if (copy == copies.end() || !std::all_of(told.begin(), told.end(), stands)) return "what staff were told is done is gone";
  }
  return {};
}

/// Who has been told that a window has it, finds it there.
std::string check_elsewhere(const Story& story, const std::vector<Copy>& copies) {
  if (!story.portal.was_sent_elsewhere()) return {};
  const bool there = std::any_of(copies.begin(), copies.end(), [](const Copy& copy) { return copy.at_origin() && copy.row.key.holder == fakes::dapuqiao; });
  return there ? "" : "a resident is sent to a window that has nothing";
}

// Every letter of a lane comes in its turn. A restored office sends some again that were taken, and told of, long before.
std::string check_lanes(const std::vector<Copy>& copies, const Town& town) {
  const auto offices = town.offices();
  if (std::any_of(offices.begin(), offices.end(), [](const Office* office) { return office->life() > 0; })) return {};
  for (const Copy& copy : copies) {
    for (const OutboxRow& row : copy.outbox) {
      if (row.refusal == usecases::step_errors::Stale.name) return "a letter was overtaken and refused as out of date";
    }
  }
  return {};
}

bool brings(const Event& event, const casework::Digest& file) {
  const auto files = wire::attachments_of(event.payload.materials);
  return std::find(files.begin(), files.end(), file) != files.end();
}

int times_in_history(const Line& line, const casework::Digest& file) {
  int times = 0;
  for (const Copy& copy : line) {
    const auto in_copy = std::count_if(copy.events.begin(), copy.events.end(), [&](const Event& event) { return brings(event, file); });
    times = std::max(times, static_cast<int>(in_copy));
  }
  return times;
}

int times_given(const Story& story, const casework::Digest& file) {
  return static_cast<int>(std::count_if(story.supplements.begin(), story.supplements.end(), [&](const Supplement& one) { return one.file == file; }));
}

/// -1: nowhere.
std::ptrdiff_t place_of(const casework::Digest& file, const Copy& copy) {
  const auto at = std::find_if(copy.events.begin(), copy.events.end(), [&](const Event& event) { return brings(event, file); });
  return at == copy.events.end() ? -1 : at - copy.events.begin();
}

std::ptrdiff_t last_place_of(const casework::Digest& file, const Copy& copy) {
  const auto at = std::find_if(copy.events.rbegin(), copy.events.rend(), [&](const Event& event) { return brings(event, file); });
  return copy.events.rend() - at - 1;
}

bool stands_by_itself(const Supplement& supplement, const Copy& copy) {
  return supplement.made_at && std::any_of(copy.events.begin(), copy.events.end(), [&](const Event& event) {
    return event.kind == EventKind::Supplemented && event.device_time == supplement.made_at;
  });
}

/// A paper that came again after others took its place stands there once more, or came after all of them in the end.
bool is_kept(const Story& story, const Supplement& supplement, const Copy& copy, const Copy& at_a) {
  if (stands_by_itself(supplement, copy)) return true;
  const std::ptrdiff_t place = last_place_of(supplement.file, copy);
  if (place < 0) return false;
  for (const Supplement& one : story.supplements) {
    if (&one == &supplement) return true;
    if (one.file != supplement.file && !at_a.met_the_wrong_centre(one.file) && stands_by_itself(one, copy) && last_place_of(one.file, copy) > place) return false;
  }
  return true;
}

// What goes one way comes in its order. A wish that met the wrong centre goes on alone, and may come later.
std::string check_order(const Story& story, const Copy& copy, const Copy& at_a) {
  std::ptrdiff_t before = -1;
  for (const Supplement& supplement : story.supplements) {
    const std::ptrdiff_t place = place_of(supplement.file, copy);
    if (place < 0 || at_a.was_sent_on(supplement.file) || times_given(story, supplement.file) > 1) continue;
    if (place < before) return "a later supplement has overtaken an earlier one";
    before = place;
  }
  return {};
}

std::string check_doubled(const Story& story, const Line& line) {
  for (const Supplement& supplement : story.supplements) {
    if (times_in_history(line, supplement.file) > times_given(story, supplement.file)) return "a supplement is doubled";
  }
  return {};
}

std::string check_case_now(const Story& story, const std::vector<Copy>& copies, const Town& town) {
  // An office that is still being told what it has lost can't say yet whose hands a case is in.
  const auto offices = town.offices();
  const bool healing = std::any_of(offices.begin(), offices.end(), [](const Office* office) { return office->is_healing(); });
  if (auto broken = first_of([&] { return check_acknowledged(story, copies); }, [&] { return check_told(story, copies, town); },
                             [&] { return check_elsewhere(story, copies); },
                             [&] { return check_decisions(copies); }, [&] { return check_lanes(copies, town); });
      !broken.empty()) {
    return broken;
  }
  for (const CentreId& origin : origins()) {
    const Line line = line_of(copies, origin);
    if (line.empty()) continue;
    if (auto broken = first_of([&] { return check_history(line); }, [&] { return healing ? "" : check_custody(line); },
                               [&] { return check_times(line, town.world()); }, [&] { return check_doubled(story, line); });
        !broken.empty()) {
      return broken;
    }
  }
  return {};
}

std::string check_town(const Town& town) {
  std::set<SubmissionId> cases;
  for (const Office* office : town.offices()) {
    if (office->disk().clashes() > 0) return "a step wrote what was there already";
    for (const usecases::CaseRow& row : office->rows().rows()) cases.insert(row.key.submission);
  }
  if (cases.size() > town.stories().size()) return "one application has become two cases";
  return town.stranger_was_let_in() ? "a stranger was let in" : "";
}

/// What the resident was told is taken stands in the history, or visibly as refused. The decider adds to the living
/// copy what comes for one that has ended as its duplicate.
std::string check_wishes(const Story& story, const Copy& at_a, const std::vector<Copy>& copies) {
  const Line where = at_a.row.stage == Stage::Duplicate ? copies : Line{at_a};
  for (const Supplement& supplement : story.supplements) {
    if (!supplement.acknowledged) continue;
    const bool there = std::any_of(where.begin(), where.end(), [&](const Copy& copy) { return is_kept(story, supplement, copy, at_a); });
    if (there) continue;
    if (!at_a.shows_refused(EventKind::Supplemented, &supplement.file)) return "a supplement is lost";
  }
  const auto withdrawn = [](const Copy& copy) { return copy.count(EventKind::Withdrawn) == 1; };
  if (!story.withdrawal_acknowledged || std::any_of(where.begin(), where.end(), withdrawn)) return {};
  return at_a.shows_refused(EventKind::Withdrawn, nullptr) ? "" : "a withdrawal is lost";
}

std::string check_receipts(const Town& town, const std::vector<Copy>& copies) {
  for (const Copy& copy : copies) {
    for (const usecases::ReceiptRow& row : copy.receipts) {
      const auto receipt = wire::verify_receipt(row.bytes, town.world().directory.keys());
      if (!receipt || receipt->submission_id != copy.row.key.submission) return "a receipt doesn't verify";
    }
  }
  return {};
}

/// What is on no disk any more is gone, and whoever had it damaged may have passed the case on without it; but else no file is left
/// behind with another centre that has the case.
std::string check_files(const Line& line) {
  for (const Copy& copy : line) {
    if (copy.row.custodian != copy.row.key.holder) continue;
    for (const Event& event : copy.events) {
      for (const casework::Digest& file : wire::attachments_of(event.payload.materials)) {
        if (std::any_of(line.begin(), line.end(), [&](const Copy& one) { return one.office->has_damaged(file); })) continue;
        const bool somewhere = std::any_of(line.begin(), line.end(), [&](const Copy& one) { return one.office->has_file(file); });
        if (somewhere && !copy.office->has_file(file)) return "a centre has a case and lacks a file of it";
      }
    }
  }
  return {};
}

std::string check_end(const Line& line) {
  const auto longest = std::max_element(line.begin(), line.end(), [](const Copy& one, const Copy& other) {
    return one.events.size() < other.events.size();
  });
  const Stage stage = longest->row.stage;
  const bool ended = stage == Stage::Delivered || stage == Stage::Withdrawn || stage == Stage::Duplicate;
  if (!ended) return "a case has not come to its end: " + std::string(casework::name_of(stage));
  const bool known = std::all_of(line.begin(), line.end(), [&](const Copy& copy) {
    return !copy.at_origin() || copy.row.last_event == longest->row.last_event;
  });
  return known ? "" : "the receiving centre doesn't know the end";
}

/// How the resident's own copy, and one that was carried elsewhere, have ended.
std::string check_lines_at_rest(const Story& story, const std::vector<Copy>& copies) {
  int alive = 0;
  for (const CentreId& origin : origins()) {
    const Line line = line_of(copies, origin);
    if (line.empty()) continue;
    if (auto broken = first_of([&] { return check_end(line); }, [&] { return check_files(line); }); !broken.empty()) return broken;
    for (const Copy& copy : line) {
      if (!copy.at_origin()) continue;
      alive += copy.row.stage == Stage::Duplicate ? 0 : 1;
      if (origin != fakes::quyang) continue;
      if (auto broken = check_wishes(story, copy, copies); !broken.empty()) return broken;
      for (const Copy& any : copies) {
        if (auto broken = check_order(story, any, copy); !broken.empty()) return broken;
      }
    }
  }
  return alive < 1 ? "every copy of an application has ended as a duplicate" : "";
}

}  // namespace

std::string broken_now(const Town& town) {
  if (auto broken = check_town(town); !broken.empty()) return broken;
  for (const Story& story : town.stories()) {
    const auto copies = copies_of(town, story.portal.submission());
    if (!copies) return "a copy cannot be read";
    if (story.portal.other_words_praised()) return "other words under the same id got a receipt";
    if (auto broken = check_case_now(story, *copies, town); !broken.empty()) return broken;
  }
  return {};
}

std::string broken_at_rest(const Town& town) {
  for (const Office* office : town.offices())
    if (office->is_healing()) return "a restored office waits for ever";
  for (const Story& story : town.stories()) {
    if (!story.portal.has_receipt() && !story.portal.was_sent_elsewhere()) return "an application is gone from its device, and nobody has it";
    const auto copies = copies_of(town, story.portal.submission());
    if (!copies) return "a copy cannot be read";
    if (auto broken = first_of([&] { return check_lines_at_rest(story, *copies); }, [&] { return check_receipts(town, *copies); });
        !broken.empty()) {
      return broken;
    }
  }
  return {};
}

}  // namespace tongban::journeys
