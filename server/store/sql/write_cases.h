// What a step writes, and the letters that wait. Included by the transaction.cpp of each engine.
#pragma once

#include "server/store/sql/rows.h"
#include "server/store/sql/transaction.h"

namespace tongban::store {

using namespace usecases;

/// The row that the others of a case refer to. Without it nothing of them can be stored.
#define TONGBAN_ITS_CASE "(SELECT id FROM case_file WHERE holder = ? AND submission = ?)"

template <typename Database>
Expected<void> SqlTransaction<Database>::apply(const Batch& batch) {
  for (const auto& row : batch.cases) TRY_VOID(put(row));
  for (const auto& row : batch.events) TRY_VOID(put(row));
  for (const auto& row : batch.receipts) TRY_VOID(put(row));
  for (const auto& row : batch.lanes) TRY_VOID(put(row));
  for (const auto& row : batch.outbox) TRY_VOID(put(row));
  for (const auto& row : batch.inbox) TRY_VOID(put(row));
  for (const auto& row : batch.claims) TRY_VOID(put(row));
  return {};
}

// The application never changes, so an update leaves its column alone, and its pages unwritten.
template <typename Database>
Expected<void> SqlTransaction<Database>::put(const CaseRow& row) {
  auto put = db_.prepare(
      "INSERT INTO case_file (" TONGBAN_CASE_COLUMNS ", application) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (holder, submission) DO UPDATE SET "
      "access = excluded.access, stage = excluded.stage, list = excluded.list, received_by = excluded.received_by, "
      "decided_by = excluded.decided_by, custodian = excluded.custodian, passing_to = excluded.passing_to, "
      "custody_since = excluded.custody_since, arrived_at = excluded.arrived_at, changed_at = excluded.changed_at, "
      "event_count = excluded.event_count, last_event = excluded.last_event, due_kind = excluded.due_kind, "
      "due_date = excluded.due_date, due_provisional = excluded.due_provisional, missing = excluded.missing");
  const auto date = row.due ? to_text(row.due->date) : std::string();

  put.bind(row.key.holder.text()).bind(row.key.submission.octets).bind(row.number.text()).bind(row.item.text());
  put.bind(row.content).bind(row.access).bind(row.applicant).bind(number_of(row.stage));
  put.bind(row.received_by.text()).bind(row.decided_by.text()).bind(row.custodian.text()).bind(row.passing_to.text());
  put.bind(row.custody_since.ms).bind(row.arrived_at.ms).bind(row.changed_at.ms);
  put.bind(std::int64_t{row.event_count}).bind(row.last_event);
  if (row.due) put.bind(number_of(row.due->kind)).bind(std::string_view(date)).bind(std::int64_t{row.due->provisional});
  else put.bind_nothing().bind_nothing().bind_nothing();
  put.bind(std::int64_t{row.missing}).bind(number_of(row.list)).bind(ByteView(row.application));
  return put.done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::put(const EventRow& row) {
  auto put = db_.prepare("INSERT INTO case_event VALUES (" TONGBAN_ITS_CASE ", ?, ?)");
  put.bind(row.key.holder.text()).bind(row.key.submission.octets);
  return put.bind(std::int64_t{row.seq}).bind(ByteView(row.bytes)).done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::put(const ReceiptRow& row) {
  auto put = db_.prepare("INSERT INTO receipt VALUES (" TONGBAN_ITS_CASE ", ?, ?, ?)");
  put.bind(row.key.holder.text()).bind(row.key.submission.octets);
  return put.bind(number_of(row.kind)).bind(row.at.ms).bind(ByteView(row.bytes)).done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::put(const LaneRow& row) {
  auto put = db_.prepare(
      "INSERT INTO lane VALUES (" TONGBAN_ITS_CASE ", ?, ?, ?, ?, ?) ON CONFLICT (case_id, peer) DO UPDATE SET "
      "sent = excluded.sent, taken = excluded.taken, known = excluded.known, gap = excluded.gap");
  put.bind(row.key.holder.text()).bind(row.key.submission.octets).bind(row.peer.text());
  put.bind(std::int64_t{row.sent}).bind(std::int64_t{row.taken}).bind(std::int64_t{row.known});
  if (row.gap) put.bind(std::int64_t{*row.gap});
  else put.bind_nothing();
  return put.done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::put(const OutboxRow& row) {
  TRY(const bool there, has_letter(row.id));
  return there ? settle(row) : post(row);
}

// A letter's octets never change. What an attempt has cost is the courier's, and stays.
template <typename Database>
Expected<void> SqlTransaction<Database>::settle(const OutboxRow& row) {
  auto put = db_.prepare("UPDATE outbox SET state = ?, settled_at = ?, refusal = ? WHERE id = ?");
  return put.bind(number_of(row.state)).bind(row.settled_at.ms).bind(row.refusal).bind(row.id.octets).done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::post(const OutboxRow& row) {
  TRY_VOID(append_log({0, row.created_at, server::LogKind::Sent, row.key.holder, row.id, crypto::digest(row.bytes), {}, {}}));
  Bytes digests;
  for (const auto& digest : row.attachments) digests.insert(digests.end(), digest.begin(), digest.end());
  auto put = db_.prepare(
      "INSERT INTO outbox (id, case_id, destination, seq, kind, attachments, events_known, request, created_at, state, "
      "settled_at, refusal, bytes, next_at) VALUES (?," TONGBAN_ITS_CASE ",?,?,?,?,?,?,?,?,?,?,?,?)");
  put.bind(row.id.octets).bind(row.key.holder.text()).bind(row.key.submission.octets).bind(row.to.text());
  put.bind(std::int64_t{row.seq}).bind(number_of(row.kind)).bind(ByteView(digests)).bind(std::int64_t{row.events_known}).bind(ByteView(row.request));
  put.bind(row.created_at.ms).bind(number_of(row.state)).bind(row.settled_at.ms).bind(row.refusal).bind(ByteView(row.bytes)).bind(row.created_at.ms);
  return put.done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::put(const InboxRow& row) {
  auto put = db_.prepare("INSERT INTO inbox VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  put.bind(row.holder.text()).bind(row.id.octets).bind(row.digest).bind(row.from.text()).bind(row.submission.octets);
  TRY_VOID(put.bind(std::int64_t{row.seq}).bind(row.at.ms).bind(ByteView(row.answer)).done());
  return append_log({0, row.at, server::LogKind::Answered, row.holder, row.id, crypto::digest(row.answer), {}, {}});
}

template <typename Database>
Expected<void> SqlTransaction<Database>::put(const ClaimRow& row) {
  auto put = db_.prepare("INSERT INTO claim (submission, holder, claimant, at) VALUES (?, ?, ?, ?)");
  return put.bind(row.submission.octets).bind(row.holder.text()).bind(row.by.text()).bind(row.at.ms).done();
}

template <typename Database>
Expected<std::vector<server::DueLetter>> SqlTransaction<Database>::due_letters(const CentreId& to, Instant now, std::size_t limit,
                                                                               std::optional<wire::LetterKind> only) {
  std::vector<server::DueLetter> letters;
  auto row = db_.prepare(
      "SELECT case_file.holder, case_file.submission, outbox.attempts, outbox.next_at, outbox.bytes, " TONGBAN_OUTBOX_COLUMNS
      " FROM outbox JOIN case_file ON case_file.id = outbox.case_id WHERE outbox.state = 0 AND outbox.destination = ? AND outbox.next_at <= ? "
      "AND outbox.kind = coalesce(?, outbox.kind) ORDER BY outbox.next_at, outbox.created_at, outbox.seq LIMIT ?");
  row.bind(to.text()).bind(now.ms);
  if (only) row.bind(number_of(*only));
  else row.bind_nothing();
  row.bind(static_cast<std::int64_t>(limit));
  while (row.next()) {
    server::DueLetter letter;
    auto key = read_key(row);
    letter.attempts = static_cast<std::uint32_t>(row.number());
    letter.due_at = Instant{row.number()};
    auto bytes = row.blob();
    letter.row = read_outbox_row(row);
    letter.row.key = std::move(key);
    letter.row.bytes = std::move(bytes);
    letters.push_back(std::move(letter));
  }
  TRY_VOID(row.status());
  return letters;
}

template <typename Database>
Expected<server::WaitingLetters> SqlTransaction<Database>::waiting_letters(Instant now) {
  server::WaitingLetters waiting;
  // From one addressee to the next, never through the letters of one: each question is answered by the first entry of an
  // index. Asked for as the first in order, since PostgreSQL may go through all for a minimum.
  auto row = db_.prepare(
      "WITH RECURSIVE addressee (centre) AS (SELECT (SELECT destination FROM outbox WHERE state = 0 ORDER BY destination LIMIT 1) UNION ALL "
      "SELECT (SELECT destination FROM outbox WHERE state = 0 AND destination > addressee.centre ORDER BY destination LIMIT 1) "
      "FROM addressee WHERE addressee.centre IS NOT NULL) "
      "SELECT centre, (SELECT created_at FROM outbox WHERE state = 0 ORDER BY created_at LIMIT 1), "
      "(SELECT next_at FROM outbox WHERE state = 0 AND destination = addressee.centre AND next_at <= ? ORDER BY next_at LIMIT 1), "
      "(SELECT next_at FROM outbox WHERE state = 0 AND destination = addressee.centre AND next_at > ? ORDER BY next_at LIMIT 1) "
      "FROM addressee WHERE centre IS NOT NULL ORDER BY centre");
  row.bind(now.ms).bind(now.ms);
  while (row.next()) {
    const auto centre = read_text_id<CentreId>(row);
    waiting.oldest = Instant{row.number()};
    if (!row.is_nothing()) waiting.due.push_back(centre);
    row.skip();
    if (row.is_nothing()) continue;
    const Instant later{row.number()};
    waiting.next_due = std::min(waiting.next_due.value_or(later), later);
  }
  TRY_VOID(row.status());
  return waiting;
}

template <typename Database>
Expected<std::uint64_t> SqlTransaction<Database>::count_letters() {
  auto row = db_.prepare("SELECT count(*) FROM outbox WHERE state = 0");
  const auto count = row.next() ? static_cast<std::uint64_t>(row.number()) : 0;
  TRY_VOID(row.status());
  return count;
}

template <typename Database>
Expected<std::vector<std::pair<CentreId, std::uint64_t>>> SqlTransaction<Database>::letters_by_addressee() {
  std::vector<std::pair<CentreId, std::uint64_t>> letters;
  auto row = db_.prepare("SELECT destination, count(*) FROM outbox WHERE state = 0 GROUP BY destination ORDER BY destination");
  while (row.next()) {
    auto centre = read_text_id<CentreId>(row);
    letters.emplace_back(std::move(centre), static_cast<std::uint64_t>(row.number()));
  }
  TRY_VOID(row.status());
  return letters;
}

template <typename Database>
Expected<void> SqlTransaction<Database>::note_attempt(const server::Attempt& attempt) {
  auto put = db_.prepare("UPDATE outbox SET attempts = ?, next_at = ?, fault = ? WHERE id = ? AND state = 0");
  return put.bind(std::int64_t{attempt.attempts}).bind(attempt.next_at.ms).bind(attempt.fault).bind(attempt.id.octets).done();
}

template <typename Database>
Expected<bool> SqlTransaction<Database>::waits_beyond(Instant latest) {
  auto row = db_.prepare("SELECT 1 FROM outbox WHERE state = 0 AND next_at > ? LIMIT 1");
  const bool waits = row.bind(latest.ms).next();
  TRY_VOID(row.status());
  return waits;
}

template <typename Database>
Expected<void> SqlTransaction<Database>::hasten_beyond(Instant latest, Instant now) {
  return db_.prepare("UPDATE outbox SET next_at = ? WHERE state = 0 AND next_at > ?").bind(now.ms).bind(latest.ms).done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::hasten(const CentreId& to, Instant now) {
  auto put = db_.prepare("UPDATE outbox SET next_at = ? WHERE destination = ? AND state = 0 AND next_at > ?");
  return put.bind(now.ms).bind(to.text()).bind(now.ms).done();
}

}  // namespace tongban::store
