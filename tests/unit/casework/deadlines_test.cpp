#include "shared/casework/deadlines.h"

#include <doctest/doctest.h>

#include "tests/fakes/small_catalogue.h"

using namespace tongban;
using namespace tongban::casework;
using fakes::quyang;

namespace {

struct Fixture {
  catalogue::Catalogue catalogue = fakes::small_catalogue();
  CaseFile file;

  void on(EventKind kind, std::string_view day, Stage stage, int minute = 600) {
    Event event;
    event.seq = static_cast<std::uint32_t>(file.events.size());
    event.kind = kind;
    event.centre = quyang;
    event.server_time = from_shanghai(*parse_date(day), minute);
    file.events.push_back(event);
    file.stage = stage;
  }
  std::vector<Deadline> now() const { return deadlines(file, &catalogue.items[2], catalogue.calendar); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a case received on Friday is to be transferred by Monday") {
  on(EventKind::Submitted, "2026-11-20", Stage::Submitted);
  CHECK(now().empty());
  on(EventKind::Received, "2026-11-20", Stage::Received);
  CHECK(now() == std::vector<Deadline>{{DeadlineKind::Transfer, *parse_date("2026-11-23"), false}});
}

TEST_CASE_FIXTURE(Fixture, "late in the evening in UTC is already the next day at the centre") {
  on(EventKind::Received, "2026-11-24", Stage::Received, 10);  // 0:10 on the 24th, still the 23rd in UTC
  CHECK(now()[0].date == *parse_date("2026-11-25"));
}

TEST_CASE_FIXTURE(Fixture, "the clock stands while the resident is asked for something") {
  on(EventKind::Accepted, "2026-11-02", Stage::Accepted);
  CHECK(now()[0].date == *parse_date("2026-11-16"));
  on(EventKind::Returned, "2026-11-04", Stage::Returned);
  CHECK(now().empty());
  on(EventKind::Supplemented, "2026-11-09", Stage::Accepted);
  CHECK(now()[0].date == *parse_date("2026-11-19"));
}

TEST_CASE_FIXTURE(Fixture, "an unknown limit gives no deadline") {
  catalogue.items[2].limit_working_days.reset();
  on(EventKind::Accepted, "2026-11-02", Stage::Accepted);
  CHECK(now().empty());
  CHECK(deadlines(file, nullptr, catalogue.calendar).empty());
}

TEST_CASE_FIXTURE(Fixture, "beyond the last published notice a deadline is provisional") {
  on(EventKind::Accepted, "2026-12-28", Stage::Accepted);
  CHECK(now()[0].provisional);
}
