// Rows in memory, by the keys that records.h names: a row that may only be inserted must not be written twice.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <tuple>

#include "shared/usecases/records.h"

namespace tongban::fakes {

class MemoryStore {
 public:
  std::optional<usecases::CaseRecord> find(const usecases::CaseKey& key) const {
    const auto row = cases_.find(key);
    if (row == cases_.end()) return std::nullopt;
    usecases::CaseRecord record;
    record.row = row->second;
    for (const auto& [at, event] : events_) {
      if (std::get<0>(at) == key) record.events.push_back(event);
    }
    for (const auto& [at, receipt] : receipts_) {
      if (std::get<0>(at) == key) record.receipts.push_back(receipt);
    }
    for (const auto& [at, lane] : lanes_) {
      if (std::get<0>(at) == key) record.lanes.push_back(lane);
    }
    for (const EnvelopeId& id : outbox_order_) {
      const usecases::OutboxRow& letter = outbox_.at(id);
      if (letter.key == key) record.outbox.push_back(letter);
    }
    return record;
  }

  std::vector<usecases::CaseRecord> copies(const SubmissionId& submission) const {
    std::vector<usecases::CaseRecord> found;
    for (const auto& [key, row] : cases_) {
      if (key.submission == submission) found.push_back(*find(key));
    }
    return found;
  }

  std::optional<usecases::InboxRow> find_inbox(const CentreId& holder, const EnvelopeId& id) const {
    const auto row = inbox_.find({holder, id});
    if (row == inbox_.end()) return std::nullopt;
    return row->second;
  }

  std::optional<usecases::ClaimRow> find_claim(const SubmissionId& submission) const {
    const auto row = claims_.find(submission);
    return row == claims_.end() ? std::nullopt : std::optional(row->second);
  }

  std::vector<usecases::OutboxRow> waiting() const {
    std::vector<usecases::OutboxRow> letters;
    for (const EnvelopeId& id : outbox_order_) {
      if (outbox_.at(id).state == usecases::OutboxState::Waiting) letters.push_back(outbox_.at(id));
    }
    return letters;
  }
  const usecases::OutboxRow& letter(const EnvelopeId& id) const { return outbox_.at(id); }
  bool has_letter(const EnvelopeId& id) const { return outbox_.contains(id); }

  /// As server::ExchangeStore::cases_since.
  std::vector<usecases::CaseKey> cases_since(Instant since, const CentreId& peer, const usecases::CaseKey& after) const {
    const auto place = [](const usecases::CaseKey& key) { return std::tie(key.submission, key.holder); };
    std::vector<usecases::CaseKey> keys;
    for (const auto& [key, row] : cases_) {
      const auto settled_since = [&peer, since, &of = key](const auto& letter) {
        return letter.second.key == of && letter.second.to == peer && letter.second.settled_at >= since;
      };
      const auto came_since = [&peer, since, &of = key](const auto& letter) {
        return letter.second.holder == of.holder && letter.second.submission == of.submission && letter.second.from == peer && letter.second.at >= since;
      };
      const bool changed = row.changed_at >= since || std::any_of(outbox_.begin(), outbox_.end(), settled_since) ||
                           std::any_of(inbox_.begin(), inbox_.end(), came_since);
      if (changed && place(key) > place(after)) keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return keys;
  }

  std::vector<usecases::CaseRow> rows() const {
    std::vector<usecases::CaseRow> all;
    for (const auto& [key, row] : cases_) all.push_back(row);
    return all;
  }

  /// Whether a row that may only be inserted is there already: a store would refuse such a batch.
  bool clashes_with(const usecases::Batch& batch) const {
    const auto any = [](const auto& rows, auto there) { return std::any_of(rows.begin(), rows.end(), there); };
    return any(batch.events, [&](const usecases::EventRow& row) { return events_.contains(std::tuple(row.key, row.seq)); }) ||
           any(batch.receipts, [&](const usecases::ReceiptRow& row) { return receipts_.contains(std::tuple(row.key, row.kind)); }) ||
           any(batch.inbox, [&](const usecases::InboxRow& row) { return inbox_.contains(std::pair(row.holder, row.id)); }) ||
           any(batch.claims, [&](const usecases::ClaimRow& row) { return claims_.contains(row.submission); });
  }

  void commit(const usecases::Batch& batch) {
    for (const auto& row : batch.cases) cases_[row.key] = row;
    for (const auto& row : batch.events) insert(events_, std::tuple(row.key, row.seq), row, "event");
    for (const auto& row : batch.receipts) insert(receipts_, std::tuple(row.key, row.kind), row, "receipt");
    for (const auto& row : batch.lanes) lanes_[std::tuple(row.key, row.peer)] = row;
    for (const auto& row : batch.outbox) put(row);
    for (const auto& row : batch.inbox) insert(inbox_, std::pair(row.holder, row.id), row, "inbox row");
    for (const auto& row : batch.claims) insert(claims_, row.submission, row, "claim");
    ++commits_;
  }
  std::size_t commits() const { return commits_; }

 private:
  // A row that comes without its octets keeps those it has, as in every store.
  void put(usecases::OutboxRow row) {
    const auto held = outbox_.find(row.id);
    if (held == outbox_.end()) outbox_order_.push_back(row.id);
    else if (row.bytes.empty()) row.bytes = held->second.bytes;
    outbox_.insert_or_assign(row.id, std::move(row));
  }

  template <typename Map, typename Key, typename Row>
  static void insert(Map& map, Key key, const Row& row, const char* what) {
    if (map.emplace(std::move(key), row).second) return;
    std::fprintf(stderr, "written twice: %s\n", what);
    std::abort();
  }

  std::map<usecases::CaseKey, usecases::CaseRow> cases_;
  std::map<std::tuple<usecases::CaseKey, std::uint32_t>, usecases::EventRow> events_;
  std::map<std::tuple<usecases::CaseKey, casework::ReceiptKind>, usecases::ReceiptRow> receipts_;
  std::map<std::tuple<usecases::CaseKey, CentreId>, usecases::LaneRow> lanes_;
  std::map<EnvelopeId, usecases::OutboxRow> outbox_;
  std::vector<EnvelopeId> outbox_order_;
  std::map<std::pair<CentreId, EnvelopeId>, usecases::InboxRow> inbox_;
  std::map<SubmissionId, usecases::ClaimRow> claims_;
  std::size_t commits_ = 0;
};

}  // namespace tongban::fakes
