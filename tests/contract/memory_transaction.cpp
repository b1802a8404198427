#include "tests/contract/memory_transaction.h"

#include <algorithm>

namespace tongban::tests {

using namespace usecases;

namespace {

constexpr ErrorCode NoCase{"store.failed", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};
constexpr ErrorCode Taken{"store.failed", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};

template <typename Row, typename Same>
void put(std::vector<Row>& rows, const Row& row, Same same) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& one) { return same(one, row); });
  if (at == rows.end()) rows.push_back(row);
  else *at = row;
}

}  // namespace

Expected<std::optional<CaseRecord>> MemoryTransaction::find_case(const CaseKey& key) {
  const auto found = cases_.find(key);
  if (found == cases_.end()) return std::optional<CaseRecord>();
  auto record = found->second;
  for (const auto& letter : letters_)
    if (letter.row.key == key) record.outbox.push_back(letter.row);
  return std::optional(std::move(record));
}

Expected<std::optional<CaseKey>> MemoryTransaction::find_number(const CaseNumber& number) {
  for (const auto& [key, record] : cases_)
    if (record.row.number == number && record.row.received_by == key.holder) return std::optional(key);
  return std::optional<CaseKey>();
}

Expected<std::optional<CaseKey>> MemoryTransaction::find_number(const CentreId& holder, const CaseNumber& number) {
  std::optional<CaseKey> found;
  for (const auto& [key, record] : cases_) {
    if (key.holder != holder || record.row.number != number) continue;
    if (!found || cases_.at(*found).row.list == casework::WorkList::Done) found = key;
  }
  return found;
}

Expected<std::vector<CaseKey>> MemoryTransaction::find_submission(const SubmissionId& id) {
  std::vector<CaseKey> keys;
  for (const auto& [key, record] : cases_)
    if (key.submission == id) keys.push_back(key);
  return keys;
}

Expected<std::optional<ClaimRow>> MemoryTransaction::find_claim(const SubmissionId& id) {
  const auto found = claims_.find(id);
  return found == claims_.end() ? std::optional<ClaimRow>() : std::optional(found->second);
}

Expected<std::vector<CaseRow>> MemoryTransaction::work_list(const CentreId& holder, casework::WorkList list, std::size_t limit) {
  std::vector<CaseRow> rows;
  for (const auto& [key, record] : cases_) {
    if (key.holder != holder || record.row.list != list) continue;
    rows.push_back(record.row);
    rows.back().application.clear();
  }
  std::stable_sort(rows.begin(), rows.end(), [&](const CaseRow& a, const CaseRow& b) {
    return list == casework::WorkList::Done ? a.changed_at > b.changed_at : a.changed_at < b.changed_at;
  });
  if (rows.size() > limit) rows.resize(limit);
  return rows;
}

Expected<std::optional<InboxRow>> MemoryTransaction::find_inbox(const CentreId& holder, const EnvelopeId& id) {
  const auto found = inbox_.find({holder, id});
  return found == inbox_.end() ? std::optional<InboxRow>() : std::optional(found->second);
}

Expected<std::vector<server::CentreCount>> MemoryTransaction::counts() {
  std::map<std::pair<CentreId, casework::WorkList>, server::CentreCount> counts;
  for (const auto& [key, record] : cases_) {
    auto& count = counts[{key.holder, record.row.list}];
    const auto since = record.row.list == casework::WorkList::Done ? record.row.changed_at : record.row.custody_since;
    if (count.cases == 0 || since < count.oldest) count.oldest = since;
    count.holder = key.holder;
    count.list = record.row.list;
    ++count.cases;
  }
  std::vector<server::CentreCount> out;
  for (auto& [key, count] : counts) out.push_back(std::move(count));
  return out;
}

bool MemoryTransaction::has_their_cases(const Batch& batch) const {
  const auto has = [this](const auto& rows) { return std::all_of(rows.begin(), rows.end(), [this](const auto& row) { return cases_.contains(row.key); }); };
  return has(batch.events) && has(batch.receipts) && has(batch.lanes) && has(batch.outbox);
}

Expected<void> MemoryTransaction::apply(const Batch& batch) {
  for (const auto& row : batch.cases) {
    auto& record = cases_[row.key];
    const auto application = record.row.application.empty() ? row.application : record.row.application;
    record.row = row;
    record.row.application = application;
  }
  if (!has_their_cases(batch)) return NoCase;
  for (const auto& row : batch.events) {
    auto& events = cases_.at(row.key).events;
    for (const auto& one : events)
      if (one.seq == row.seq) return Taken;
    events.push_back(row);
  }
  for (const auto& row : batch.receipts) {
    auto& receipts = cases_.at(row.key).receipts;
    for (const auto& one : receipts)
      if (one.kind == row.kind) return Taken;
    receipts.push_back(row);
  }
  for (const auto& row : batch.lanes) put(cases_.at(row.key).lanes, row, [](const LaneRow& a, const LaneRow& b) { return a.peer == b.peer; });
  for (const auto& row : batch.outbox) {
    if (Letter* there = letter(row.id)) {
      auto octets = std::move(there->row.bytes);
      there->row = row;
      there->row.bytes = std::move(octets);
      continue;
    }
    letters_.push_back({row, 0, row.created_at, {}, {}});
    append_log({0, row.created_at, server::LogKind::Sent, row.key.holder, row.id, crypto::digest(row.bytes), {}, {}});
  }
  for (const auto& row : batch.inbox) {
    if (!inbox_.emplace(std::pair(row.holder, row.id), row).second) return Taken;
    append_log({0, row.at, server::LogKind::Answered, row.holder, row.id, crypto::digest(row.answer), {}, {}});
  }
  for (const auto& row : batch.claims)
    if (!claims_.emplace(row.submission, row).second) return Taken;
  return {};
}

Expected<std::vector<server::DueLetter>> MemoryTransaction::due_letters(const CentreId& to, Instant now, std::size_t limit,
                                                                            std::optional<wire::LetterKind> only) {
  std::vector<Letter> due;
  for (const auto& letter : letters_)
    if (letter.row.to == to && letter.row.state == OutboxState::Waiting && letter.next_at <= now && (!only || letter.row.kind == *only)) due.push_back(letter);
  std::stable_sort(due.begin(), due.end(), [](const Letter& a, const Letter& b) {
    return std::tie(a.next_at, a.row.created_at, a.row.seq) < std::tie(b.next_at, b.row.created_at, b.row.seq);
  });
  std::vector<server::DueLetter> out;
  for (auto& letter : due)
    if (out.size() < limit) out.push_back({std::move(letter.row), letter.attempts, letter.next_at});
  return out;
}

Expected<server::WaitingLetters> MemoryTransaction::waiting_letters(Instant now) {
  server::WaitingLetters waiting;
  for (const auto& letter : letters_) {
    if (letter.row.state != OutboxState::Waiting) continue;
    waiting.oldest = waiting.oldest ? std::min(*waiting.oldest, letter.row.created_at) : letter.row.created_at;
    if (letter.next_at > now) waiting.next_due = waiting.next_due ? std::min(*waiting.next_due, letter.next_at) : letter.next_at;
    else if (std::find(waiting.due.begin(), waiting.due.end(), letter.row.to) == waiting.due.end()) waiting.due.push_back(letter.row.to);
  }
  std::sort(waiting.due.begin(), waiting.due.end());
  return waiting;
}

Expected<std::uint64_t> MemoryTransaction::count_letters() {
  return static_cast<std::uint64_t>(
      std::count_if(letters_.begin(), letters_.end(), [](const Letter& letter) { return letter.row.state == OutboxState::Waiting; }));
}

Expected<void> MemoryTransaction::note_attempt(const server::Attempt& attempt) {
  for (auto& letter : letters_) {
    if (letter.row.id != attempt.id || letter.row.state != OutboxState::Waiting) continue;
    letter.attempts = attempt.attempts;
    letter.next_at = attempt.next_at;
    letter.fault = attempt.fault;
  }
  return {};
}

Expected<void> MemoryTransaction::hasten(const CentreId& to, Instant now) {
  for (auto& letter : letters_)
    if (letter.row.to == to && letter.next_at > now) letter.next_at = now;
  return {};
}

Expected<bool> MemoryTransaction::waits_beyond(Instant latest) {
  return std::any_of(letters_.begin(), letters_.end(), [&](const Letter& letter) { return letter.row.state == OutboxState::Waiting && letter.next_at > latest; });
}

Expected<void> MemoryTransaction::hasten_beyond(Instant latest, Instant now) {
  for (auto& letter : letters_)
    if (letter.row.state == OutboxState::Waiting && letter.next_at > latest) letter.next_at = now;
  return {};
}

MemoryTransaction::Letter* MemoryTransaction::letter(const EnvelopeId& id) {
  const auto at = std::find_if(letters_.begin(), letters_.end(), [&](const Letter& one) { return one.row.id == id; });
  return at == letters_.end() ? nullptr : &*at;
}

Expected<std::vector<server::LetterStatus>> MemoryTransaction::letters_waiting(std::size_t limit) {
  std::vector<server::LetterStatus> out;
  for (const auto& one : letters_) {
    if (one.row.state != OutboxState::Waiting) continue;
    out.push_back({one.row.id, cases_.at(one.row.key).row.number, one.row.key.holder, one.row.to, one.row.kind, one.row.created_at, one.next_at,
                   one.attempts, one.fault});
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.written_at < b.written_at; });
  if (out.size() > limit) out.resize(limit);
  return out;
}

Expected<std::vector<std::pair<CentreId, std::uint64_t>>> MemoryTransaction::letters_by_addressee() {
  std::map<CentreId, std::uint64_t> count;
  for (const auto& letter : letters_)
    if (letter.row.state == OutboxState::Waiting) ++count[letter.row.to];
  return std::vector<std::pair<CentreId, std::uint64_t>>(count.begin(), count.end());
}

Expected<std::vector<server::LateLetters>> MemoryTransaction::late_letters(Instant before) {
  std::map<std::pair<CentreId, CentreId>, server::LateLetters> late;
  for (const auto& letter : letters_) {
    if (letter.row.state != OutboxState::Waiting || letter.row.created_at > before) continue;
    auto& one = late.try_emplace({letter.row.key.holder, letter.row.to}, server::LateLetters{letter.row.key.holder, letter.row.to, 0, letter.row.created_at}).first->second;
    ++one.letters;
    one.oldest = std::min(one.oldest, letter.row.created_at);
  }
  std::vector<server::LateLetters> out;
  for (const auto& [lane, one] : late) out.push_back(one);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.oldest < b.oldest; });
  return out;
}

Expected<std::vector<server::LaneGap>> MemoryTransaction::gaps(std::size_t limit) {
  std::vector<server::LaneGap> out;
  for (const auto& [key, record] : cases_)
    for (const auto& lane : record.lanes)
      if (lane.gap && out.size() < limit) out.push_back({record.row.number, key.holder, lane.peer, lane.taken, *lane.gap});
  return out;
}

Expected<std::vector<CaseRow>> MemoryTransaction::in_custody(std::size_t limit) {
  std::vector<CaseRow> rows;
  for (const auto& [key, record] : cases_) {
    if (record.row.list == casework::WorkList::Done) continue;
    rows.push_back(record.row);
    rows.back().application.clear();
  }
  std::stable_sort(rows.begin(), rows.end(), [](const CaseRow& a, const CaseRow& b) { return a.custody_since < b.custody_since; });
  if (rows.size() > limit) rows.resize(limit);
  return rows;
}

Expected<bool> MemoryTransaction::hasten_letter(const EnvelopeId& id, Instant now) {
  Letter* const there = letter(id);
  if (!there || there->row.state != OutboxState::Waiting) return false;
  there->next_at = now;
  return true;
}

Expected<void> MemoryTransaction::keep_answer(const EnvelopeId& id, ByteView answer, Instant now) {
  Letter* const there = letter(id);
  if (!there || !there->answer.empty()) return {};
  there->answer.assign(answer.begin(), answer.end());
  append_log({0, now, server::LogKind::Settled, there->row.key.holder, id, crypto::digest(answer), {}, {}});
  return {};
}

Expected<std::optional<server::KeptLetter>> MemoryTransaction::find_letter(const EnvelopeId& id) {
  const Letter* const there = letter(id);
  return there ? std::optional(server::KeptLetter{there->row, there->answer}) : std::nullopt;
}

void MemoryTransaction::append_log(server::LogEntry entry) {
  entry.seq = log_.size() + 1;
  entry.previous = log_.empty() ? crypto::Digest{} : log_.back().digest;
  entry.digest = server::log_digest(entry);
  log_.push_back(std::move(entry));
}

Expected<std::vector<server::LogEntry>> MemoryTransaction::exchange_log(std::uint64_t from, std::size_t limit) {
  std::vector<server::LogEntry> out;
  for (const auto& entry : log_)
    if (entry.seq >= from && out.size() < limit) out.push_back(entry);
  return out;
}

Expected<server::ChangedCases> MemoryTransaction::cases_since(Instant since, const CentreId& peer, const CaseKey& after, server::LookThrough most) {
  const auto place = [](const CaseKey& key) { return std::tie(key.submission, key.holder); };
  std::vector<std::pair<CaseKey, bool>> later;
  for (const auto& [key, record] : cases_) {
    if (!(place(key) > place(after))) continue;
    const bool changed = record.row.changed_at >= since || std::any_of(letters_.begin(), letters_.end(), [&](const Letter& letter) {
      return letter.row.key == key && letter.row.to == peer && letter.row.settled_at >= since;
    }) || std::any_of(inbox_.begin(), inbox_.end(), [&](const auto& letter) {
      return letter.second.holder == key.holder && letter.second.submission == key.submission && letter.second.from == peer && letter.second.at >= since;
    });
    later.emplace_back(key, changed);
  }
  std::sort(later.begin(), later.end(), [&](const auto& a, const auto& b) { return place(a.first) < place(b.first); });
  server::ChangedCases found;
  for (std::size_t i = 0; i < later.size() && !found.more_after; ++i) {
    if (later[i].second) found.keys.push_back(later[i].first);
    if (found.keys.size() == most.found || i + 1 == most.looked_at) found.more_after = later[i].first;
  }
  return found;
}

Expected<std::vector<CaseKey>> MemoryTransaction::case_keys(const CaseKey& after, std::size_t limit) {
  std::vector<CaseKey> keys;
  for (auto at = cases_.upper_bound(after); at != cases_.end() && keys.size() < limit; ++at) keys.push_back(at->first);
  return keys;
}

Expected<std::optional<server::StaffAccount>> MemoryTransaction::find_account(const StaffId& account) {
  const auto found = accounts_.find(account);
  return found == accounts_.end() ? std::optional<server::StaffAccount>() : std::optional(found->second);
}

Expected<std::vector<server::StaffAccount>> MemoryTransaction::accounts() {
  std::vector<server::StaffAccount> out;
  for (const auto& [id, account] : accounts_) out.push_back(account);
  return out;
}

Expected<void> MemoryTransaction::put_account(const server::StaffAccount& account) {
  accounts_[account.account] = account;
  return {};
}

Expected<std::optional<server::StaffSession>> MemoryTransaction::find_session(const crypto::Digest& token) {
  const auto found = sessions_.find(token);
  return found == sessions_.end() ? std::optional<server::StaffSession>() : std::optional(found->second);
}

Expected<void> MemoryTransaction::put_session(const server::StaffSession& session) {
  if (!accounts_.contains(session.account)) return Taken;
  sessions_[session.token] = session;
  return {};
}

Expected<void> MemoryTransaction::end_session(const crypto::Digest& token) {
  sessions_.erase(token);
  return {};
}

Expected<void> MemoryTransaction::end_expired_sessions(Instant now) {
  std::erase_if(sessions_, [&](const auto& one) { return one.second.expires <= now; });
  return {};
}

Expected<void> MemoryTransaction::end_sessions(const StaffId& account, Instant now) {
  std::erase_if(sessions_, [&](const auto& one) { return one.second.account == account || one.second.expires <= now; });
  return {};
}

Expected<void> MemoryTransaction::append_reading(server::Reading reading) {
  reading.seq = readings_.size() + 1;
  reading.previous = readings_.empty() ? crypto::Digest{} : readings_.back().digest;
  reading.digest = server::reading_digest(reading);
  readings_.push_back(std::move(reading));
  return {};
}

Expected<std::vector<server::Reading>> MemoryTransaction::readings(std::uint64_t from, std::size_t limit) {
  std::vector<server::Reading> out;
  for (const auto& reading : readings_)
    if (reading.seq >= from && out.size() < limit) out.push_back(reading);
  return out;
}

}  // namespace tongban::tests
