#include "shared/casework/case_file.h"

#include <doctest/doctest.h>

#include "tests/fakes/people.h"

using namespace tongban;
using namespace tongban::casework;
using fakes::quyang, fakes::wujiaochang;

namespace {

struct Story {
  fakes::SeededRandom random{1};
  Application application = fakes::demo_application(ItemId("s1"), quyang, random);
  std::vector<Event> events;

  Story& then(EventKind kind, const CentreId& centre, EventPayload payload = {}) {
    Event event;
    event.seq = static_cast<std::uint32_t>(events.size());
    event.kind = kind;
    event.centre = centre;
    event.server_time = {static_cast<std::int64_t>(events.size()) * 1000};
    event.payload = std::move(payload);
    events.push_back(std::move(event));
    return *this;
  }
  Expected<CaseFile> file() const { return derive(CaseNumber("TB"), application, events); }
};

EventPayload to(const CentreId& centre) {
  EventPayload payload;
  payload.to = centre;
  return payload;
}

EventPayload verdicts(std::vector<MaterialVerdict> list) {
  EventPayload payload;
  payload.verdicts = std::move(list);
  return payload;
}

Story transferred() {
  Story story;
  story.then(EventKind::Submitted, quyang).then(EventKind::Received, quyang);
  story.then(EventKind::FormChecked, quyang, verdicts({{"m1", Verdict::Fine, ""}, {"m3", Verdict::Fine, ""}}));
  story.then(EventKind::Transferred, quyang, to(wujiaochang));
  return story;
}

}  // namespace

TEST_CASE("custody stays with A until B has taken the case") {
  Story story = transferred();
  CHECK(story.file()->stage == Stage::InTransfer);
  CHECK(story.file()->custodian == quyang);
  CHECK(story.file()->passing_to == wujiaochang);
  story.then(EventKind::TransferReceived, wujiaochang);
  CHECK(story.file()->stage == Stage::AtDecider);
  CHECK(story.file()->custodian == wujiaochang);
  CHECK_FALSE(story.file()->passing());
}

TEST_CASE("after the transfer A can append nothing, and only the addressee can take it") {
  CHECK_FALSE(transferred().then(EventKind::Supplemented, quyang).file());
  CHECK_FALSE(transferred().then(EventKind::Accepted, wujiaochang).file());
  CHECK_FALSE(transferred().then(EventKind::TransferReceived, fakes::dapuqiao).file());
}

TEST_CASE("a refused transfer is A's again at once, one given back when A has taken it") {
  CHECK(transferred().then(EventKind::NotOurs, quyang).file()->stage == Stage::Misdirected);
  Story story = transferred();
  story.then(EventKind::TransferReceived, wujiaochang).then(EventKind::NotOurs, wujiaochang, to(fakes::dapuqiao));
  CHECK(story.file()->custodian == wujiaochang);
  CHECK(story.file()->passing_to == quyang);
  story.then(EventKind::TransferReceived, quyang);
  CHECK(story.file()->stage == Stage::Misdirected);
  CHECK(story.file()->custodian == quyang);
}

TEST_CASE("a copy of which another lives on ends in its centre's own hands as well, and its resident owes nothing more") {
  Story story;
  story.then(EventKind::Submitted, quyang).then(EventKind::Received, quyang);
  story.then(EventKind::Returned, quyang, verdicts({{"m3", Verdict::Missing, "缺首页"}}));
  REQUIRE(story.file()->open_return);
  story.then(EventKind::DuplicateFound, quyang, to(wujiaochang));
  const auto file = story.file();
  REQUIRE(file);
  CHECK(file->stage == Stage::Duplicate);
  CHECK(file->duplicate_of == wujiaochang);
  CHECK_FALSE(file->open_return);
  CHECK(file->custodian == quyang);
}

TEST_CASE("a supplemented material is to be looked at again, the rest is kept") {
  Story story;
  story.then(EventKind::Submitted, quyang).then(EventKind::Received, quyang);
  story.then(EventKind::FormChecked, quyang, verdicts({{"m1", Verdict::Fine, ""}, {"m3", Verdict::Missing, "缺首页"}}));
  CHECK(story.file()->stage == Stage::Received);
  story.then(EventKind::Returned, quyang, verdicts({{"m3", Verdict::Missing, "缺首页"}}));
  CHECK(story.file()->stage == Stage::Returned);
  REQUIRE(story.file()->open_return);
  EventPayload supply;
  supply.materials = {{"m3", MaterialWay::Bring, {}}};
  story.then(EventKind::Supplemented, quyang, supply);
  const CaseFile file = *story.file();
  CHECK(file.stage == Stage::Received);
  CHECK_FALSE(file.open_return);
  CHECK(verdict_of(file, "m1") != nullptr);
  CHECK(verdict_of(file, "m3") == nullptr);
}

TEST_CASE("events that could not have happened so are damage") {
  CHECK_FALSE(Story().file());
  CHECK_FALSE(Story().then(EventKind::Received, quyang).file());
  CHECK_FALSE(Story().then(EventKind::Submitted, quyang).then(EventKind::Submitted, quyang).file());
  CHECK_FALSE(Story().then(EventKind::Submitted, quyang).then(EventKind::Received, wujiaochang).file());
  Story gap;
  gap.then(EventKind::Submitted, quyang).then(EventKind::Received, quyang);
  gap.events[1].seq = 2;
  CHECK(gap.file().error().is(case_file_errors::Damaged));
}
