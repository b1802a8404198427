// Columns into records: a `Row` gives its columns from left to right.
#pragma once

#include <algorithm>

#include "server/ports/transaction.h"

namespace tongban::store {

/// In the order that `read_case_row` takes them.
#define TONGBAN_CASE_COLUMNS                                                                             \
  "holder, submission, number, item, content, access, applicant, stage, received_by, decided_by, "       \
  "custodian, passing_to, custody_since, arrived_at, changed_at, event_count, last_event, due_kind, "    \
  "due_date, due_provisional, missing, list"

#define TONGBAN_OUTBOX_COLUMNS                                                                             \
  "outbox.id, outbox.destination, outbox.seq, outbox.kind, outbox.attachments, outbox.events_known, "      \
  "outbox.request, outbox.created_at, outbox.state, outbox.settled_at, outbox.refusal"

/// "list <> 5" is what isn't done: in queries, and in the schema's indexes and its count of what is done.
static_assert(static_cast<int>(casework::WorkList::Done) == 5);

template <typename Id, typename Row>
Id read_text_id(Row& row) {
  return Id(row.text());
}

template <typename Id, typename Row>
Id read_random_id(Row& row) {
  return Id{row.template octets<16>()};
}

template <typename Row>
usecases::CaseKey read_key(Row& row) {
  auto holder = read_text_id<CentreId>(row);
  return {std::move(holder), read_random_id<SubmissionId>(row)};
}

template <typename Row>
std::optional<casework::Deadline> read_due(Row& row) {
  if (row.is_nothing()) {
    row.skip();
    row.skip();
    row.skip();
    return std::nullopt;
  }
  casework::Deadline due;
  due.kind = static_cast<casework::DeadlineKind>(row.number());
  due.date = parse_date(row.text()).value_or(Date{});
  due.provisional = row.number() != 0;
  return due;
}

template <typename Row>
usecases::CaseRow read_case_row(Row& row) {
  usecases::CaseRow out;
  out.key = read_key(row);
  out.number = read_text_id<CaseNumber>(row);
  out.item = read_text_id<ItemId>(row);
  out.content = row.template octets<32>();
  out.access = row.template octets<32>();
  out.applicant = row.text();
  out.stage = static_cast<casework::Stage>(row.number());
  out.received_by = read_text_id<CentreId>(row);
  out.decided_by = read_text_id<CentreId>(row);
  out.custodian = read_text_id<CentreId>(row);
  out.passing_to = read_text_id<CentreId>(row);
  out.custody_since = Instant{row.number()};
  out.arrived_at = Instant{row.number()};
  out.changed_at = Instant{row.number()};
  out.event_count = static_cast<std::uint32_t>(row.number());
  out.last_event = row.template octets<32>();
  out.due = read_due(row);
  out.missing = static_cast<std::uint32_t>(row.number());
  out.list = static_cast<casework::WorkList>(row.number());
  return out;
}

template <typename Row>
usecases::OutboxRow read_outbox_row(Row& row) {
  usecases::OutboxRow out;
  out.id = read_random_id<EnvelopeId>(row);
  out.to = read_text_id<CentreId>(row);
  out.seq = static_cast<std::uint32_t>(row.number());
  out.kind = static_cast<wire::LetterKind>(row.number());
  const auto digests = row.blob();
  for (std::size_t at = 0; at + 32 <= digests.size(); at += 32) {
    crypto::Digest digest;
    std::copy_n(digests.begin() + static_cast<std::ptrdiff_t>(at), 32, digest.begin());
    out.attachments.push_back(digest);
  }
  out.events_known = static_cast<std::uint32_t>(row.number());
  out.request = row.blob();
  out.created_at = Instant{row.number()};
  out.state = static_cast<usecases::OutboxState>(row.number());
  out.settled_at = Instant{row.number()};
  out.refusal = row.text();
  return out;
}

template <typename Row>
server::StaffAccount read_account(Row& row) {
  server::StaffAccount out;
  out.account = read_text_id<StaffId>(row);
  out.name = row.text();
  out.role = static_cast<server::Role>(row.number());
  out.centre = read_text_id<CentreId>(row);
  out.password_hash = row.text();
  out.locked = row.number() != 0;
  out.created = Instant{row.number()};
  return out;
}

/// A number in the column of an enumeration.
template <typename Enum>
std::int64_t number_of(Enum value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace tongban::store
