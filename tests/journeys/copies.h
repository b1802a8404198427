// What all offices of a town hold of one application, read for the invariants.
#pragma once

#include "tests/journeys/town.h"

namespace tongban::journeys {

/// One centre's copy, decoded.
struct Copy {
  const Office* office = nullptr;
  usecases::CaseRow row;
  std::vector<casework::Event> events;
  std::vector<usecases::ReceiptRow> receipts;
  std::vector<OutboxRow> outbox;

  bool at_origin() const { return row.key.holder == row.received_by; }
  int count(casework::EventKind kind) const;
  /// The resident's wish with this photograph, or the withdrawal, was refused for good, and the case shows it.
  bool shows_refused(casework::EventKind kind, const casework::Digest* file) const;
  /// The wish with this photograph met a centre that didn't have the case, and went on from there.
  bool was_sent_on(const casework::Digest& file) const;
  /// Whoever it was sent to had given the case back: it goes on alone, and may come after what was handed in later.
  bool met_the_wrong_centre(const casework::Digest& file) const;
};

/// Nothing when rows of a copy can't be read.
std::optional<std::vector<Copy>> copies_of(const Town& town, const SubmissionId& submission);
/// What each office holds of each application, event by event, to be read.
std::vector<std::string> histories(const Town& town);
/// Of these, the copies of one line of history: those that came from the same receiving centre.
std::vector<Copy> line_of(const std::vector<Copy>& copies, const CentreId& received_by);

}  // namespace tongban::journeys
