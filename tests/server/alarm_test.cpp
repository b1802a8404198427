// Letters that wait too long: when that is, and who is told of it and how.
#include <doctest/doctest.h>

#include "server/exchange/alarm.h"
#include "shared/wire/json/workload.h"
#include "tests/contract/rows.h"
#include "tests/fakes/manual_clock.h"
#include "tests/server/standard_error.h"
#include "tests/server/stores.h"
#include "tests/server/town.h"

using namespace tongban;
using namespace tongban::tests;

namespace {

using Lanes = std::vector<casework::LateLetters>;

const CentreId elsewhere("310112006"), further("310107005");

Instant on(const char* day, int hour, int minute) { return from_shanghai(*parse_date(day), hour * 60 + minute); }

/// A case of `from` that has a letter for `to`, and has had a later letter from there than the one it lacks.
usecases::Batch waiting_letter(std::uint8_t n, const CentreId& from, const CentreId& to, Instant written) {
  usecases::Batch batch;
  batch.cases = {case_row(n, from)};
  batch.lanes = {{.key = batch.cases[0].key, .peer = to, .gap = 4}};
  batch.outbox = {letter(n, batch.cases[0].key, written)};
  batch.outbox[0].to = to;
  return batch;
}

casework::Workload counts(const Desk& desk) {
  const auto workload = wire::json::read_workload(desk.get("/api/v1/staff/counts").body);
  REQUIRE(workload);
  return *workload;
}

std::size_t lines_with(std::string_view sentence, const std::string& log) {
  std::size_t lines = 0;
  for (auto at = log.find(sentence); at != std::string::npos; at = log.find(sentence, at + 1)) ++lines;
  return lines;
}

}  // namespace

TEST_CASE("letters that have waited half an hour of working time are in the log, the gauge and the counts, and at night only in the store") {
  TemporaryFolder folder;
  const auto written = on("2026-11-25", 9, 0);
  const auto clock = std::make_shared<fakes::ManualClock>(written);
  auto options = city(folder.path());
  options.clock = clock;
  std::string office_password, supervisor_password;
  {
    LivingNode node(options);
    office_password = node.password_of("city-office");
    supervisor_password = node.password_of("quyang-supervisor");
  }
  look_into(folder.path(), [&](server::Transaction& tx) -> Expected<void> {
    TRY_VOID(tx.apply(waiting_letter(1, a, b, written)));
    TRY_VOID(tx.apply(waiting_letter(2, a, b, written)));
    return tx.apply(waiting_letter(3, elsewhere, further, written));
  });
  clock->set(on("2026-11-25", 9, 29));
  StandardError error;
  LivingNode node(options);
  const Desk office(node.port(), "city-office", office_password), supervisor(node.port(), "quyang-supervisor", supervisor_password);
  constexpr std::string_view sentence = "3 letters wait for other centres, some for long; see: tongban exchange status";
  REQUIRE(eventually([&] { return metric(node.port(), "tongban_outbox_waiting") == 3; }));
  CHECK(metric(node.port(), "tongban_outbox_late") == 0);
  CHECK(counts(office).late.empty());
  CHECK(lines_with(sentence, error.said()) == 0);

  clock->set(on("2026-11-25", 9, 30));
  CHECK(metric(node.port(), "tongban_outbox_late") == 1);
  CHECK(eventually([&] { return lines_with(sentence, error.said()) == 1; }));
  CHECK(eventually([&] { return counts(office).late == Lanes{{a, b, 2, written}, {elsewhere, further, 1, written}}; }));
  CHECK(counts(office).missing == Lanes{{further, elsewhere, 1, {}}, {b, a, 2, {}}});
  CHECK(counts(supervisor).late == Lanes{{a, b, 2, written}});
  CHECK(counts(supervisor).missing == Lanes{{b, a, 2, {}}});

  clock->set(on("2026-11-25", 16, 30));
  CHECK(metric(node.port(), "tongban_outbox_late") == 0);
  CHECK(eventually([&] { return counts(office).late.empty(); }));
}

TEST_CASE("nobody is alarmed at night, nor in the first half hour of the day") {
  const auto& calendar = real_catalogue().calendar;
  const auto at = [](const char* day, int hour, int minute) { return from_shanghai(*parse_date(day), hour * 60 + minute); };
  const auto written = at("2026-11-24", 16, 20);
  CHECK_FALSE(exchange::is_late(std::nullopt, at("2026-11-24", 10, 0), calendar));
  CHECK_FALSE(exchange::is_late(written, at("2026-11-24", 16, 29), calendar));
  CHECK_FALSE(exchange::is_late(written, at("2026-11-24", 23, 0), calendar));
  CHECK_FALSE(exchange::is_late(written, at("2026-11-25", 8, 45), calendar));
  CHECK(exchange::is_late(written, at("2026-11-25", 9, 0), calendar));
  CHECK(exchange::is_late(at("2026-11-25", 10, 0), at("2026-11-25", 10, 30), calendar));
  CHECK_FALSE(exchange::is_late(at("2026-11-25", 10, 1), at("2026-11-25", 10, 30), calendar));
}

TEST_CASE("what a clock that was eight hours ahead has dated counts as late, and not what one is put back by now and then") {
  const auto now = from_shanghai(*parse_date("2026-11-25"), 10 * 60 + 30);
  CHECK(exchange::is_late(now + std::chrono::hours(8), now, real_catalogue().calendar));
  CHECK_FALSE(exchange::is_late(now + std::chrono::seconds(20), now, real_catalogue().calendar));
}
