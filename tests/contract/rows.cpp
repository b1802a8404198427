#include "tests/contract/rows.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <future>
#include <memory>

namespace tongban::tests {

using namespace usecases;
using casework::WorkList;

TemporaryFile::TemporaryFile() {
  static int counter = 0;
  path_ = std::filesystem::temp_directory_path() / ("tongban-contract-" + std::to_string(::getpid()) + '-' + std::to_string(counter++) + ".db");
}

TemporaryFile::~TemporaryFile() {
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + end);
}

void in(server::Ledger& ledger, const std::function<void(server::Transaction&)>& work) {
  const auto done = ledger.write_now([&](server::Transaction& tx) -> Expected<void> {
    work(tx);
    return {};
  });
  CHECK(done);
}

Expected<void> look(server::Ledger& ledger, const server::Ledger::Work& work) {
  const auto ended = std::make_shared<std::promise<Expected<void>>>();
  ledger.read(work, [ended](Expected<void> done) { ended->set_value(std::move(done)); });
  return ended->get_future().get();
}

CaseRow case_row(std::uint8_t n, const CentreId& holder) {
  CaseRow row;
  row.key.holder = holder;
  row.key.submission.octets.fill(n);
  row.number = CaseNumber("TB261124-000000" + std::to_string(n));
  row.item = ItemId("i109");
  row.application = Bytes(1500, n);
  row.content.fill(n);
  row.access.fill(static_cast<std::uint8_t>(n + 1));
  row.applicant = "演示甲·Ā";
  row.stage = casework::Stage::Submitted;
  row.list = WorkList::ToReceive;
  row.received_by = a;
  row.custodian = a;
  row.custody_since = row.arrived_at = row.changed_at = Instant{1000 + n};
  row.event_count = 1;
  row.last_event.fill(9);
  row.due = casework::Deadline{casework::DeadlineKind::Transfer, *parse_date("2026-11-25"), true};
  row.missing = 2;
  return row;
}

OutboxRow letter(std::uint8_t n, const CaseKey& key, Instant at) {
  OutboxRow row;
  row.id.octets.fill(n);
  row.key = key;
  row.to = b;
  row.seq = n;
  row.kind = wire::LetterKind::Transfer;
  row.bytes = Bytes(300, n);
  row.attachments = {casework::Digest{1}, casework::Digest{2}};
  row.events_known = 3;
  row.request = {7, 8};
  row.created_at = at;
  return row;
}

Batch whole_case(std::uint8_t n) {
  Batch batch;
  const auto row = case_row(n);
  batch.cases = {row};
  batch.events = {{row.key, 0, {1, 2, 3}}, {row.key, 1, {4}}};
  batch.receipts = {{row.key, casework::ReceiptKind::Stored, Instant{5}, Bytes(120, 5)}};
  LaneRow lane;
  lane.key = row.key;
  lane.peer = b;
  lane.sent = 1;
  lane.known = 2;
  lane.gap = 4;
  batch.lanes = {lane};
  batch.outbox = {letter(n, row.key, Instant{2000 + n})};
  return batch;
}

}  // namespace tongban::tests
