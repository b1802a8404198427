#include "tests/journeys/invariants.h"

#include "shared/wire/event.h"
#include "shared/wire/receipt.h"

namespace tongban::journeys {
namespace {

using casework::Event;
using casework::EventKind;
using casework::Stage;

struct Copy {
  usecases::CaseRow row;
  std::vector<Event> events;
  std::vector<usecases::ReceiptRow> receipts;
  std::vector<usecases::OutboxRow> outbox;

  int count(EventKind kind) const {
    return static_cast<int>(std::count_if(events.begin(), events.end(), [&](const Event& one) { return one.kind == kind; }));
  }
};

std::vector<Copy> copies_of(const Town& town, const Story& story) {
  std::vector<Copy> copies;
  for (const fakes::Office* office : town.offices()) {
    for (const usecases::CaseRecord& record : office->store().copies(story.application.submission_id)) {
      Copy copy{record.row, {}, record.receipts, record.outbox};
      for (const usecases::EventRow& row : record.events) copy.events.push_back(*wire::decode_event(row.bytes));
      copies.push_back(std::move(copy));
    }
  }
  return copies;
}

/// Copies of one line of history: those that came from the same receiving centre.
std::vector<Copy> line_of(const std::vector<Copy>& copies, const CentreId& received_by) {
  std::vector<Copy> line;
  for (const Copy& copy : copies) {
    if (copy.row.received_by == received_by) line.push_back(copy);
  }
  return line;
}

std::string check_custody(const std::vector<Copy>& line) {
  int keepers = 0, appenders = 0;
  for (const Copy& copy : line) {
    if (copy.row.custodian != copy.row.key.holder) continue;
    ++keepers;
    if (copy.row.passing_to.empty()) ++appenders;
  }
  if (keepers < 1) return "the case is in nobody's hands";
  if (appenders > 1) return "two centres may both write";
  return {};
}

std::string check_history(const std::vector<Copy>& line) {
  for (const Copy& one : line) {
    if (!wire::verify_chain(one.events, one.row.content)) return "a chain is broken";
    for (const Copy& other : line) {
      const std::size_t common = std::min(one.events.size(), other.events.size());
      if (one.events[common - 1].digest != other.events[common - 1].digest) return "two histories of one case";
    }
  }
  return {};
}

std::string check_decisions(const std::vector<Copy>& copies) {
  std::vector<casework::Digest> decisions;
  for (const Copy& copy : copies) {
    for (const Event& event : copy.events) {
      if (event.kind != EventKind::Decided) continue;
      if (std::find(decisions.begin(), decisions.end(), event.digest) == decisions.end()) decisions.push_back(event.digest);
    }
  }
  return decisions.size() > 1 ? "decided twice" : "";
}

std::string check_acknowledged(const Story& story, const std::vector<Copy>& copies) {
  if (!story.submitted) return {};
  const bool there = std::any_of(copies.begin(), copies.end(), [](const Copy& copy) {
    return copy.row.key.holder == fakes::quyang && copy.row.received_by == fakes::quyang;
  });
  return there ? "" : "an acknowledged case is gone";
}

int refused_requests(const Copy& copy, EventKind kind) {
  int refused = 0;
  for (const usecases::OutboxRow& row : copy.outbox) {
    const bool for_good = row.state == usecases::OutboxState::Refused && row.refusal != "exchange.not_custodian";
    if (row.kind == wire::LetterKind::Request && for_good && wire::decode_request(row.request)->kind == kind) ++refused;
  }
  return refused;
}

/// What the resident was told is taken stands in the history, or visibly as refused.
std::string check_requests(const Story& story, const Copy& at_a) {
  int by_resident = 0;
  for (const Event& event : at_a.events) by_resident += event.kind == EventKind::Supplemented && event.actor == "resident" ? 1 : 0;
  if (at_a.row.stage == Stage::Duplicate || at_a.row.stage == Stage::Withdrawn) return {};
  if (by_resident + refused_requests(at_a, EventKind::Supplemented) != story.supplements_taken) return "a supplement is lost or doubled";
  const int withdrawals = at_a.count(EventKind::Withdrawn) + refused_requests(at_a, EventKind::Withdrawn);
  return withdrawals == (story.withdrawal_taken ? 1 : 0) ? "" : "a withdrawal is lost or doubled";
}

std::string check_receipts(const Town& town, const std::vector<Copy>& copies) {
  for (const Copy& copy : copies) {
    for (const usecases::ReceiptRow& row : copy.receipts) {
      const auto receipt = wire::verify_receipt(row.bytes, town.directory().keys());
      if (!receipt || receipt->submission_id != copy.row.key.submission) return "a receipt doesn't verify";
    }
  }
  return {};
}

std::string check_line_now(const std::vector<Copy>& line) {
  if (line.empty()) return {};
  if (auto broken = check_custody(line); !broken.empty()) return broken;
  return check_history(line);
}

std::string check_line_at_rest(const std::vector<Copy>& line) {
  const auto longest = std::max_element(line.begin(), line.end(), [](const Copy& one, const Copy& other) {
    return one.events.size() < other.events.size();
  });
  const Stage stage = longest->row.stage;
  const bool ended = stage == Stage::Delivered || stage == Stage::Withdrawn || stage == Stage::Duplicate;
  if (!ended) return "a case has not come to its end: " + std::string(casework::name_of(stage));
  for (const Copy& copy : line) {
    const bool origin = copy.row.key.holder == copy.row.received_by;
    if (origin && copy.row.last_event != longest->row.last_event) return "the receiving centre doesn't know the end";
  }
  return {};
}

std::string at_rest(const Town& town, const Story& story) {
  const std::vector<Copy> copies = copies_of(town, story);
  int alive = 0;
  for (const CentreId& origin : {fakes::quyang, fakes::dapuqiao}) {
    const std::vector<Copy> line = line_of(copies, origin);
    if (line.empty()) continue;
    if (auto broken = check_line_at_rest(line); !broken.empty()) return broken;
    for (const Copy& copy : line) {
      if (copy.row.key.holder != origin) continue;
      alive += copy.row.stage == Stage::Duplicate ? 0 : 1;
      if (origin == fakes::quyang) {
        if (auto broken = check_requests(story, copy); !broken.empty()) return broken;
      }
    }
  }
  if (alive < 1) return "every copy of an application has ended as a duplicate";
  return check_receipts(town, copies);
}

}  // namespace

std::string broken_now(const Town& town) {
  for (const Story& story : town.stories()) {
    const std::vector<Copy> copies = copies_of(town, story);
    if (auto broken = check_acknowledged(story, copies); !broken.empty()) return broken;
    for (const CentreId& origin : {fakes::quyang, fakes::dapuqiao}) {
      if (auto broken = check_line_now(line_of(copies, origin)); !broken.empty()) return broken;
    }
    if (auto broken = check_decisions(copies); !broken.empty()) return broken;
  }
  return {};
}

std::string broken_at_rest(const Town& town) {
  for (const Story& story : town.stories()) {
    if (auto broken = at_rest(town, story); !broken.empty()) return broken;
  }
  return {};
}

}  // namespace tongban::journeys
