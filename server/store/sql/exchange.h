// What operators ask about the exchange, and its log. Included by the transaction.cpp of each engine.
#pragma once

#include "server/store/sql/rows.h"
#include "server/store/sql/transaction.h"

namespace tongban::store {

using namespace usecases;
using server::LogEntry;

template <typename Database>
Expected<std::vector<server::LetterStatus>> SqlTransaction<Database>::letters_waiting(std::size_t limit) {
  std::vector<server::LetterStatus> letters;
  auto row = db_.prepare(
      "SELECT outbox.id, case_file.number, case_file.holder, outbox.destination, outbox.kind, outbox.created_at, "
      "outbox.next_at, outbox.attempts, outbox.fault FROM outbox JOIN case_file ON case_file.id = outbox.case_id "
      "WHERE outbox.state = 0 ORDER BY outbox.created_at LIMIT ?");
  row.bind(static_cast<std::int64_t>(limit));
  while (row.next()) {
    server::LetterStatus letter;
    letter.id = read_random_id<EnvelopeId>(row);
    letter.number = CaseNumber(row.text());
    letter.from = CentreId(row.text());
    letter.to = CentreId(row.text());
    letter.kind = static_cast<wire::LetterKind>(row.number());
    letter.written_at = Instant{row.number()};
    letter.next_at = Instant{row.number()};
    letter.attempts = static_cast<std::uint32_t>(row.number());
    letter.fault = row.text();
    letters.push_back(std::move(letter));
  }
  TRY_VOID(row.status());
  return letters;
}

template <typename Database>
Expected<std::vector<server::LaneGap>> SqlTransaction<Database>::gaps(std::size_t limit) {
  std::vector<server::LaneGap> gaps;
  auto row = db_.prepare(
      "SELECT case_file.number, case_file.holder, lane.peer, lane.taken, lane.gap FROM lane "
      "JOIN case_file ON case_file.id = lane.case_id WHERE lane.gap IS NOT NULL ORDER BY case_file.changed_at LIMIT ?");
  row.bind(static_cast<std::int64_t>(limit));
  while (row.next()) {
    server::LaneGap gap;
    gap.number = CaseNumber(row.text());
    gap.holder = CentreId(row.text());
    gap.peer = CentreId(row.text());
    gap.missing = static_cast<std::uint32_t>(row.number());
    gap.seen = static_cast<std::uint32_t>(row.number());
    gaps.push_back(std::move(gap));
  }
  TRY_VOID(row.status());
  return gaps;
}

template <typename Database>
Expected<std::vector<server::LateLetters>> SqlTransaction<Database>::late_letters(Instant before) {
  std::vector<server::LateLetters> late;
  auto row = db_.prepare(
      "SELECT case_file.holder, outbox.destination, count(*), min(outbox.created_at) FROM outbox JOIN case_file ON case_file.id = outbox.case_id "
      "WHERE outbox.state = 0 AND outbox.created_at <= ? GROUP BY case_file.holder, outbox.destination ORDER BY min(outbox.created_at), case_file.holder, outbox.destination");
  row.bind(before.ms);
  while (row.next()) {
    server::LateLetters letters;
    letters.from = CentreId(row.text());
    letters.to = CentreId(row.text());
    letters.letters = static_cast<std::uint64_t>(row.number());
    letters.oldest = Instant{row.number()};
    late.push_back(std::move(letters));
  }
  TRY_VOID(row.status());
  return late;
}

template <typename Database>
Expected<std::vector<CaseRow>> SqlTransaction<Database>::in_custody(std::size_t limit) {
  std::vector<CaseRow> rows;
  auto row = db_.prepare("SELECT " TONGBAN_CASE_COLUMNS " FROM case_file WHERE list <> 5 ORDER BY custody_since LIMIT ?");
  row.bind(static_cast<std::int64_t>(limit));
  while (row.next()) rows.push_back(read_case_row(row));
  TRY_VOID(row.status());
  return rows;
}

template <typename Database>
Expected<bool> SqlTransaction<Database>::hasten_letter(const EnvelopeId& id, Instant now) {
  TRY(const auto letter, find_letter(id));
  if (!letter || letter->row.state != OutboxState::Waiting) return false;
  TRY_VOID(db_.prepare("UPDATE outbox SET next_at = ? WHERE id = ?").bind(now.ms).bind(id.octets).done());
  return true;
}

template <typename Database>
Expected<bool> SqlTransaction<Database>::has_letter(const EnvelopeId& id) {
  auto row = db_.prepare("SELECT 1 FROM outbox WHERE id = ?");
  const bool there = row.bind(id.octets).next();
  TRY_VOID(row.status());
  return there;
}

template <typename Database>
Expected<void> SqlTransaction<Database>::keep_answer(const EnvelopeId& id, ByteView answer, Instant now) {
  CentreId holder;
  {
    auto row = db_.prepare("SELECT case_file.holder FROM outbox JOIN case_file ON case_file.id = outbox.case_id WHERE outbox.id = ? AND length(outbox.answer) = 0");
    if (!row.bind(id.octets).next()) return row.status();
    holder = read_text_id<CentreId>(row);
  }
  TRY_VOID(db_.prepare("UPDATE outbox SET answer = ? WHERE id = ?").bind(answer).bind(id.octets).done());
  return append_log({0, now, server::LogKind::Settled, holder, id, crypto::digest(answer), {}, {}});
}

template <typename Database>
Expected<std::optional<server::KeptLetter>> SqlTransaction<Database>::find_letter(const EnvelopeId& id) {
  auto row = db_.prepare(
      "SELECT case_file.holder, case_file.submission, outbox.bytes, outbox.answer, " TONGBAN_OUTBOX_COLUMNS
      " FROM outbox JOIN case_file ON case_file.id = outbox.case_id WHERE outbox.id = ?");
  row.bind(id.octets);
  if (!row.next()) {
    TRY_VOID(row.status());
    return std::optional<server::KeptLetter>();
  }
  server::KeptLetter letter;
  auto key = read_key(row);
  auto bytes = row.blob();
  letter.answer = row.blob();
  letter.row = read_outbox_row(row);
  letter.row.key = std::move(key);
  letter.row.bytes = std::move(bytes);
  return std::optional(std::move(letter));
}

template <typename Database>
Expected<void> SqlTransaction<Database>::append_log(LogEntry entry) {
  entry.seq = 1;
  {
    auto last = db_.prepare("SELECT seq, digest FROM exchange_log ORDER BY seq DESC LIMIT 1");
    if (last.next()) {
      entry.seq = static_cast<std::uint64_t>(last.number()) + 1;
      entry.previous = last.template octets<32>();
    }
    TRY_VOID(last.status());
  }
  entry.digest = server::log_digest(entry);
  auto put = db_.prepare("INSERT INTO exchange_log VALUES (?,?,?,?,?,?,?,?)");
  put.bind(static_cast<std::int64_t>(entry.seq)).bind(entry.at.ms).bind(number_of(entry.kind)).bind(entry.holder.text());
  return put.bind(entry.envelope.octets).bind(entry.octets).bind(entry.previous).bind(entry.digest).done();
}

template <typename Database>
Expected<std::vector<LogEntry>> SqlTransaction<Database>::exchange_log(std::uint64_t from, std::size_t limit) {
  std::vector<LogEntry> entries;
  auto row = db_.prepare("SELECT seq, at, kind, holder, envelope, octets, previous, digest FROM exchange_log WHERE seq >= ? ORDER BY seq LIMIT ?");
  row.bind(static_cast<std::int64_t>(from)).bind(static_cast<std::int64_t>(limit));
  while (row.next()) {
    LogEntry entry;
    entry.seq = static_cast<std::uint64_t>(row.number());
    entry.at = Instant{row.number()};
    entry.kind = static_cast<server::LogKind>(row.number());
    entry.holder = CentreId(row.text());
    entry.envelope = read_random_id<EnvelopeId>(row);
    entry.octets = row.template octets<32>();
    entry.previous = row.template octets<32>();
    entry.digest = row.template octets<32>();
    entries.push_back(std::move(entry));
  }
  TRY_VOID(row.status());
  return entries;
}

template <typename Database>
Expected<server::ChangedCases> SqlTransaction<Database>::cases_since(Instant since, const CentreId& peer, const CaseKey& after, server::LookThrough most) {
  server::ChangedCases changed;
  auto row = db_.prepare(
      "SELECT holder, submission, CASE WHEN changed_at >= ? OR EXISTS "
      "(SELECT 1 FROM outbox WHERE outbox.case_id = looked_at.id AND outbox.destination = ? AND outbox.settled_at >= ?) OR "
      "(holder, submission) IN (SELECT holder, submission FROM inbox WHERE sender = ? AND at >= ?) THEN 1 ELSE 0 END "
      "FROM (SELECT id, holder, submission, changed_at FROM case_file WHERE (submission, holder) > (?, ?) ORDER BY submission, holder LIMIT ?) AS looked_at "
      "ORDER BY submission, holder");
  row.bind(since.ms).bind(peer.text()).bind(since.ms).bind(peer.text()).bind(since.ms);
  row.bind(after.submission.octets).bind(after.holder.text()).bind(static_cast<std::int64_t>(most.looked_at));
  CaseKey last;
  std::size_t looked_at = 0;
  while (changed.keys.size() < most.found && row.next()) {
    last = read_key(row);
    if (row.number() != 0) changed.keys.push_back(last);
    ++looked_at;
  }
  TRY_VOID(row.status());
  if (changed.keys.size() == most.found || looked_at == most.looked_at) changed.more_after = std::move(last);
  return changed;
}

template <typename Database>
Expected<std::vector<CaseKey>> SqlTransaction<Database>::case_keys(const CaseKey& after, std::size_t limit) {
  std::vector<CaseKey> keys;
  auto row = db_.prepare("SELECT holder, submission FROM case_file WHERE (submission, holder) > (?, ?) ORDER BY submission, holder LIMIT ?");
  row.bind(after.submission.octets).bind(after.holder.text()).bind(static_cast<std::int64_t>(limit));
  while (row.next()) keys.push_back(read_key(row));
  TRY_VOID(row.status());
  return keys;
}

}  // namespace tongban::store
