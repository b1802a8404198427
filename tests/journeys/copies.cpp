#include "tests/journeys/copies.h"

#include "shared/usecases/errors.h"
#include "shared/usecases/requests.h"
#include "shared/wire/event.h"

namespace tongban::journeys {
namespace {

bool names(const std::vector<casework::MaterialState>& materials, const casework::Digest& file) {
  const auto files = wire::attachments_of(materials);
  return std::find(files.begin(), files.end(), file) != files.end();
}

}  // namespace

int Copy::count(casework::EventKind kind) const {
  return static_cast<int>(std::count_if(events.begin(), events.end(), [&](const casework::Event& one) { return one.kind == kind; }));
}

// A request that only went to the wrong centre goes on from there: that is no refusal.
bool Copy::shows_refused(casework::EventKind kind, const casework::Digest* file) const {
  return std::any_of(outbox.begin(), outbox.end(), [&](const OutboxRow& letter) {
    const bool refused = letter.state == usecases::OutboxState::Refused && !usecases::is_sent_on(letter);
    if (letter.kind != wire::LetterKind::Request || !refused) return false;
    const auto request = wire::decode_request(letter.request);
    return request && request->kind == kind && (!file || names(request->materials, *file));
  });
}

bool Copy::met_the_wrong_centre(const casework::Digest& file) const {
  return std::any_of(outbox.begin(), outbox.end(), [&](const OutboxRow& letter) {
    if (letter.kind != wire::LetterKind::Request || letter.refusal != usecases::step_errors::NotCustodian.name) return false;
    const auto request = wire::decode_request(letter.request);
    return request && names(request->materials, file);
  });
}

bool Copy::was_sent_on(const casework::Digest& file) const {
  return std::any_of(outbox.begin(), outbox.end(), [&](const OutboxRow& letter) {
    if (letter.kind != wire::LetterKind::Request || !usecases::is_sent_on(letter)) return false;
    const auto request = wire::decode_request(letter.request);
    return request && names(request->materials, file);
  });
}

std::optional<std::vector<Copy>> copies_of(const Town& town, const SubmissionId& submission) {
  std::vector<Copy> copies;
  for (const Office* office : town.offices()) {
    auto record = office->rows().find({office->centre(), submission});
    if (!record) continue;
    Copy copy{office, std::move(record->row), {}, std::move(record->receipts), std::move(record->outbox)};
    for (const usecases::EventRow& row : record->events) {
      auto event = wire::decode_event(row.bytes);
      if (!event) return std::nullopt;
      copy.events.push_back(std::move(*event));
    }
    if (copy.events.empty()) return std::nullopt;
    copies.push_back(std::move(copy));
  }
  return copies;
}

std::vector<std::string> histories(const Town& town) {
  std::vector<std::string> lines;
  for (const Story& story : town.stories()) {
    const auto copies = copies_of(town, story.portal.submission());
    for (const Copy& copy : copies.value_or(std::vector<Copy>{})) {
      std::string line = std::string{copy.office->letter()} + " holds " + story.portal.submission().hex().substr(0, 4) + ":";
      for (const casework::Event& event : copy.events) {
        line += ' ' + std::string(casework::name_of(event.kind)) + '@' + letter_of(event.centre) + '#' + to_hex(event.digest).substr(0, 4);
      }
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

std::vector<Copy> line_of(const std::vector<Copy>& copies, const CentreId& received_by) {
  std::vector<Copy> line;
  std::copy_if(copies.begin(), copies.end(), std::back_inserter(line), [&](const Copy& one) { return one.row.received_by == received_by; });
  return line;
}

}  // namespace tongban::journeys
