// Columns into records and back. Private to this folder.
#pragma once

#include "server/ports/transaction.h"
#include "server/store/sqlite/database.h"

namespace tongban::store {

/// In the order that `read_case_row` takes them.
#define TONGBAN_CASE_COLUMNS                                                                             \
  "holder, submission, number, item, content, access, applicant, stage, received_by, decided_by, "       \
  "custodian, passing_to, custody_since, arrived_at, changed_at, event_count, last_event, due_kind, "    \
  "due_date, due_provisional, missing, list"

#define TONGBAN_OUTBOX_COLUMNS                                                                             \
  "outbox.id, outbox.destination, outbox.seq, outbox.kind, outbox.attachments, outbox.events_known, "      \
  "outbox.request, outbox.created_at, outbox.state, outbox.settled_at, outbox.refusal"

usecases::CaseRow read_case_row(Statement& row);
usecases::OutboxRow read_outbox_row(Statement& row);
usecases::CaseKey read_key(Statement& row);

template <typename Id>
Id read_random_id(Statement& row) {
  return Id{row.octets<16>()};
}

}  // namespace tongban::store
