#include "server/node/material_sweep.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

namespace tongban::server {
namespace {

constexpr std::chrono::hours between_sweeps{24};
constexpr std::chrono::minutes after_start{10};
constexpr std::chrono::milliseconds pause{20};   ///< between two steps
constexpr std::size_t shelves_a_step = 8;
constexpr std::size_t cases_a_step = 32;
constexpr std::size_t files_a_step = 16;

std::uint64_t beginning_of(const std::uint8_t* octets) {
  std::uint64_t beginning;
  std::memcpy(&beginning, octets, sizeof beginning);
  return beginning;
}

/// Everything of a copy that may name a file.
std::vector<Bytes> rows_of(usecases::CaseRecord record) {
  std::vector<Bytes> rows{std::move(record.row.application)};
  for (auto& event : record.events) rows.push_back(std::move(event.bytes));
  for (auto& letter : record.outbox) {
    rows.push_back(std::move(letter.request));
    for (const auto& file : letter.attachments) rows.emplace_back(file.begin(), file.end());
  }
  return rows;
}

struct Page {
  std::vector<Bytes> rows;
  std::optional<usecases::CaseKey> last;  ///< nothing: there are no more
};

Expected<Page> page_after(Transaction& tx, const usecases::CaseKey& after) {
  Page page;
  TRY(const auto keys, tx.case_keys(after, cases_a_step));
  for (const auto& key : keys) {
    TRY(auto record, tx.find_case(key));
    if (!record) continue;
    auto rows = rows_of(std::move(*record));
    std::move(rows.begin(), rows.end(), std::back_inserter(page.rows));
  }
  if (!keys.empty()) page.last = keys.back();
  return page;
}

}  // namespace

void Unnamed::add(const crypto::Digest& digest) {
  old_.emplace(beginning_of(digest.data()), digest);
  begun_.set(static_cast<std::size_t>(digest[0] << 8 | digest[1]));
}

void Unnamed::strike_mentioned(ByteView octets) {
  constexpr std::size_t size = std::tuple_size_v<crypto::Digest>;
  for (std::size_t at = 0; at + size <= octets.size() && !old_.empty(); ++at) {
    // Most octets are told apart by two of them, without the table.
    if (!begun_.test(static_cast<std::size_t>(octets[at] << 8 | octets[at + 1]))) continue;
    const auto [first, last] = old_.equal_range(beginning_of(octets.data() + at));
    const auto named = std::find_if(first, last, [&](const auto& one) { return std::memcmp(one.second.data(), octets.data() + at, size) == 0; });
    if (named != last) old_.erase(named);
  }
}

std::vector<crypto::Digest> Unnamed::take() {
  std::vector<crypto::Digest> digests;
  for (const auto& [beginning, digest] : old_) digests.push_back(digest);
  old_.clear();
  return digests;
}

static_assert(OldMaterials::shelves % shelves_a_step == 0);

struct MaterialSweep::Round {
  OldMaterials::Time before;
  std::size_t shelf = 0;
  Unnamed unnamed;
  usecases::CaseKey after;
  std::vector<crypto::Digest> left;
  std::size_t discarded = 0;
};

MaterialSweep::MaterialSweep(boost::asio::io_context& io, Node& node, OldMaterials& materials, std::chrono::hours kept,
                             std::function<void(std::size_t)> done, std::size_t most)
    : node_(node), materials_(materials), kept_(kept), done_(std::move(done)), daily_(io), pause_(io), most_(most) {}

void MaterialSweep::start() { wait_to_sweep(after_start); }

void MaterialSweep::wait_to_sweep(std::chrono::minutes time) {
  daily_.expires_after(time);
  daily_.async_wait([this](boost::system::error_code stopped) {
    if (stopped || stopped_) return;  // due already when it was cancelled, it would wait for another day
    sweep();
    wait_to_sweep(between_sweeps);
  });
}

void MaterialSweep::stop() {
  stopped_ = true;
  daily_.cancel();
  pause_.cancel();
}

void MaterialSweep::sweep() {
  if (under_way_ || stopped_ || node_.healing) return;
  under_way_ = true;
  auto round = std::make_shared<Round>();
  round->before = OldMaterials::Time::clock::now() - kept_;
  round->shelf = std::exchange(next_shelf_, 0);
  look_for_old(std::move(round));
}

void MaterialSweep::after_pause(Step step, std::shared_ptr<Round> round) {
  if (stopped_) return;
  pause_.expires_after(pause);
  pause_.async_wait([this, step, round = std::move(round)](boost::system::error_code stopped) {
    if (!stopped && !stopped_) (this->*step)(round);
  });
}

void MaterialSweep::look_for_old(std::shared_ptr<Round> round) {
  node_.slow.run([this, round] {
    for (std::size_t i = 0; i < shelves_a_step; ++i, ++round->shelf)
      for (const auto& digest : materials_.on_shelf(round->shelf, round->before)) round->unnamed.add(digest);
    node_.network.run([this, round] {
      const bool more = round->shelf < OldMaterials::shelves;
      if (more && round->unnamed.size() < most_) return after_pause(&MaterialSweep::look_for_old, round);
      if (more) next_shelf_ = round->shelf;
      if (round->unnamed.empty()) return end(0);
      // Before the first look at the rows: it comes after every step that asked earlier, since the ledger's pieces are in order.
      materials_.watch();
      look_at_cases(round);
    });
  });
}

void MaterialSweep::look_at_cases(std::shared_ptr<Round> round) {
  if (node_.healing) return end(0);
  server::read<Page>(
      node_.ledger, [after = round->after](Transaction& tx) { return page_after(tx, after); },
      [this, round](Expected<Page> page) {
        if (!page || node_.healing) return end(0);
        node_.slow.run([this, round, page = std::move(*page)] {
          for (const auto& row : page.rows) round->unnamed.strike_mentioned(row);
          node_.network.run([this, round, last = page.last] { looked_at(round, last); });
        });
      });
}

void MaterialSweep::looked_at(std::shared_ptr<Round> round, const std::optional<usecases::CaseKey>& last) {
  if (round->unnamed.empty()) return end(0);
  if (last) {
    round->after = *last;
    return after_pause(&MaterialSweep::look_at_cases, std::move(round));
  }
  round->left = round->unnamed.take();
  discard_next(std::move(round));
}

void MaterialSweep::discard_next(std::shared_ptr<Round> round) {
  if (node_.healing) return end(round->discarded);
  node_.slow.run([this, round] {
    for (std::size_t i = 0; i < files_a_step && !round->left.empty(); ++i) {
      if (materials_.discard(round->left.back(), round->before)) ++round->discarded;
      round->left.pop_back();
    }
    node_.network.run([this, round] {
      if (round->left.empty()) return end(round->discarded);
      after_pause(&MaterialSweep::discard_next, round);
    });
  });
}

void MaterialSweep::end(std::size_t discarded) {
  materials_.stop_watching();
  under_way_ = false;
  done_(discarded);
}

}  // namespace tongban::server
