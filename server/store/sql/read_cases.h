// Cases and what belongs to them, read. Included by the transaction.cpp of each engine.
#pragma once

#include "server/store/sql/rows.h"
#include "server/store/sql/transaction.h"

namespace tongban::store {

using namespace usecases;

template <typename Database>
Expected<std::optional<CaseRecord>> SqlTransaction<Database>::find_case(const CaseKey& key) {
  std::int64_t id = 0;
  CaseRecord record;
  {
    auto row = db_.prepare("SELECT id, application, " TONGBAN_CASE_COLUMNS " FROM case_file WHERE holder = ? AND submission = ?");
    row.bind(key.holder.text()).bind(key.submission.octets);
    if (!row.next()) {
      TRY_VOID(row.status());
      return std::optional<CaseRecord>();
    }
    id = row.number();
    auto application = row.blob();
    record.row = read_case_row(row);
    record.row.application = std::move(application);
  }
  TRY(record.events, events_of(id, key));
  TRY(record.receipts, receipts_of(id, key));
  TRY(record.lanes, lanes_of(id, key));
  TRY(record.outbox, outbox_of(id, key));
  return std::optional<CaseRecord>(std::move(record));
}

template <typename Database>
Expected<std::vector<EventRow>> SqlTransaction<Database>::events_of(std::int64_t id, const CaseKey& key) {
  std::vector<EventRow> events;
  auto row = db_.prepare("SELECT seq, bytes FROM case_event WHERE case_id = ? ORDER BY seq");
  row.bind(id);
  while (row.next()) {
    const auto seq = static_cast<std::uint32_t>(row.number());
    events.push_back({key, seq, row.blob()});
  }
  TRY_VOID(row.status());
  return events;
}

template <typename Database>
Expected<std::vector<ReceiptRow>> SqlTransaction<Database>::receipts_of(std::int64_t id, const CaseKey& key) {
  std::vector<ReceiptRow> receipts;
  auto row = db_.prepare("SELECT kind, at, bytes FROM receipt WHERE case_id = ? ORDER BY kind");
  row.bind(id);
  while (row.next()) {
    const auto kind = static_cast<casework::ReceiptKind>(row.number());
    const Instant at{row.number()};
    receipts.push_back({key, kind, at, row.blob()});
  }
  TRY_VOID(row.status());
  return receipts;
}

template <typename Database>
Expected<std::vector<LaneRow>> SqlTransaction<Database>::lanes_of(std::int64_t id, const CaseKey& key) {
  std::vector<LaneRow> lanes;
  auto row = db_.prepare("SELECT peer, sent, taken, known, gap FROM lane WHERE case_id = ? ORDER BY peer");
  row.bind(id);
  while (row.next()) {
    LaneRow lane;
    lane.key = key;
    lane.peer = CentreId(row.text());
    lane.sent = static_cast<std::uint32_t>(row.number());
    lane.taken = static_cast<std::uint32_t>(row.number());
    lane.known = static_cast<std::uint32_t>(row.number());
    if (!row.is_nothing()) lane.gap = static_cast<std::uint32_t>(row.number());
    lanes.push_back(std::move(lane));
  }
  TRY_VOID(row.status());
  return lanes;
}

// Without their octets: who sends a letter reads it as one that is due, and a step needs none of them.
template <typename Database>
Expected<std::vector<OutboxRow>> SqlTransaction<Database>::outbox_of(std::int64_t id, const CaseKey& key) {
  std::vector<OutboxRow> letters;
  auto row = db_.prepare("SELECT " TONGBAN_OUTBOX_COLUMNS " FROM outbox WHERE case_id = ? ORDER BY rowid");
  row.bind(id);
  while (row.next()) {
    letters.push_back(read_outbox_row(row));
    letters.back().key = key;
  }
  TRY_VOID(row.status());
  return letters;
}

template <typename Database>
Expected<std::optional<CaseKey>> SqlTransaction<Database>::find_number(const CaseNumber& number) {
  auto row = db_.prepare("SELECT holder, submission FROM case_file WHERE number = ? AND received_by = holder");
  row.bind(number.text());
  if (row.next()) return std::optional(read_key(row));
  TRY_VOID(row.status());
  return std::optional<CaseKey>();
}

template <typename Database>
Expected<std::optional<CaseKey>> SqlTransaction<Database>::find_number(const CentreId& holder, const CaseNumber& number) {
  auto row = db_.prepare(
      "SELECT holder, submission, list = ? AS done FROM case_file WHERE number = ? AND holder = ? AND received_by = holder "
      "UNION ALL SELECT holder, submission, list = ? AS done FROM case_file WHERE number = ? AND holder = ? AND received_by <> holder "
      "ORDER BY done LIMIT 1");
  for (int copies = 0; copies < 2; ++copies) row.bind(static_cast<std::int64_t>(casework::WorkList::Done)).bind(number.text()).bind(holder.text());
  if (row.next()) return std::optional(read_key(row));
  TRY_VOID(row.status());
  return std::optional<CaseKey>();
}

template <typename Database>
Expected<std::vector<CaseKey>> SqlTransaction<Database>::find_submission(const SubmissionId& id) {
  std::vector<CaseKey> keys;
  auto row = db_.prepare("SELECT holder, submission FROM case_file WHERE submission = ? ORDER BY holder");
  row.bind(id.octets);
  while (row.next()) keys.push_back(read_key(row));
  TRY_VOID(row.status());
  return keys;
}

template <typename Database>
Expected<std::optional<ClaimRow>> SqlTransaction<Database>::find_claim(const SubmissionId& id) {
  auto row = db_.prepare("SELECT holder, claimant, at FROM claim WHERE submission = ?");
  row.bind(id.octets);
  if (!row.next()) {
    TRY_VOID(row.status());
    return std::optional<ClaimRow>();
  }
  ClaimRow out;
  out.submission = id;
  out.holder = CentreId(row.text());
  out.by = CentreId(row.text());
  out.at = Instant{row.number()};
  return std::optional(std::move(out));
}

template <typename Database>
Expected<std::vector<CaseRow>> SqlTransaction<Database>::work_list(const CentreId& holder, casework::WorkList list, std::size_t limit) {
  std::vector<CaseRow> rows;
  auto row = list == casework::WorkList::Done
                 ? db_.prepare("SELECT " TONGBAN_CASE_COLUMNS " FROM case_file WHERE holder = ? AND list = ? ORDER BY changed_at DESC LIMIT ?")
                 : db_.prepare("SELECT " TONGBAN_CASE_COLUMNS " FROM case_file WHERE holder = ? AND list = ? ORDER BY changed_at LIMIT ?");
  row.bind(holder.text()).bind(static_cast<std::int64_t>(list)).bind(static_cast<std::int64_t>(limit));
  while (row.next()) rows.push_back(read_case_row(row));
  TRY_VOID(row.status());
  return rows;
}

template <typename Database>
Expected<std::optional<InboxRow>> SqlTransaction<Database>::find_inbox(const CentreId& holder, const EnvelopeId& id) {
  auto row = db_.prepare("SELECT digest, sender, submission, seq, at, answer FROM inbox WHERE holder = ? AND id = ?");
  row.bind(holder.text()).bind(id.octets);
  if (!row.next()) {
    TRY_VOID(row.status());
    return std::optional<InboxRow>();
  }
  InboxRow out;
  out.holder = holder;
  out.id = id;
  out.digest = row.template octets<32>();
  out.from = CentreId(row.text());
  out.submission = read_random_id<SubmissionId>(row);
  out.seq = static_cast<std::uint32_t>(row.number());
  out.at = Instant{row.number()};
  out.answer = row.blob();
  return std::optional(std::move(out));
}

template <typename Database>
Expected<std::vector<server::CentreCount>> SqlTransaction<Database>::counts() {
  std::vector<server::CentreCount> counts;
  auto row = db_.prepare(
      "SELECT holder, list, count(*), min(custody_since) FROM case_file WHERE list <> 5 GROUP BY holder, list UNION ALL "
      "SELECT holder, 5, cases, (SELECT changed_at FROM case_file WHERE list = 5 AND case_file.holder = done_count.holder ORDER BY changed_at LIMIT 1) "
      "FROM done_count WHERE cases > 0 ORDER BY holder, list");
  while (row.next()) {
    server::CentreCount count;
    count.holder = CentreId(row.text());
    count.list = static_cast<casework::WorkList>(row.number());
    count.cases = static_cast<std::uint64_t>(row.number());
    count.oldest = Instant{row.number()};
    counts.push_back(std::move(count));
  }
  TRY_VOID(row.status());
  return counts;
}

}  // namespace tongban::store
