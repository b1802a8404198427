// A case that was sent back for correction: what is added on the device goes to the centre, however often that takes.
#include <doctest/doctest.h>

#include "shared/casework/access.h"
#include "shared/casework/case_number.h"
#include "shared/wire/json/case_view.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

/// A centre that asks for one material again, and takes files and supplements when it can.
struct Centre {
  casework::CaseView view;
  int busy = 0;         ///< answers that say "later" before the next that doesn't
  int supplements = 0;

  Centre() {
    view.submission_id.octets.fill(1);
    view.number = casework::case_number(view.submission_id, *parse_date("2026-11-24"));
    view.item = ItemId("s1");
    view.stage = casework::Stage::Returned;
    view.received_by = view.custodian = fakes::quyang;
    view.open_return.emplace();
    view.open_return->verdicts.push_back({.material = "m1", .reason = "演示：看不清"});
  }

  event::Response operator()(const effect::Fetch& asked) {
    if (asked.method != "GET" && busy > 0) {
      --busy;
      return {.status = 503, .headers = {}, .body = {}};
    }
    if (asked.method == "PUT") return {.status = 201, .headers = {}, .body = {}};
    if (asked.method == "POST") {
      ++supplements;
      view.open_return.reset();
      view.stage = casework::Stage::Received;
      return {.status = 200, .headers = {}, .body = {}};
    }
    const std::string body = wire::json::write_case_view(view);
    return {.status = 200, .headers = {}, .body = Bytes(body.begin(), body.end())};
  }
};

/// The case on the screen, with a photograph for what is asked.
CaseNumber open_with_photo(FakeShell& shell, Centre& centre) {
  shell.node = [&centre](const effect::Fetch& asked) { return centre(asked); };
  shell.open("/cases");
  shell.want(intent::LookupNumber{centre.view.number.text()});
  shell.want(intent::LookupCode{casework::access_text({})});
  shell.want(intent::LookupCase{});
  REQUIRE(shell.model().case_entry());
  shell.want(intent::MendPhoto{centre.view.number, "m1", "a.jpg", "image/jpeg", {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'd', 'e', 'm', 'o', 0xFF, 0xD9}, {}});
  return centre.view.number;
}

}  // namespace

TEST_CASE("a photo that was taken out of a correction is there again after an undo, and gone with the next action") {
  FakeShell shell;
  Centre centre;
  const auto number = open_with_photo(shell, centre);
  const auto photo = shell.model().case_entry()->mending_paper("m1")->photos.front();
  shell.want(intent::MendRemove{number, "m1", photo.hex()});
  CHECK(shell.model().case_entry()->mending_paper("m1")->photos.empty());
  REQUIRE(shell.model().toast);
  CHECK(shell.model().toast->undo);
  shell.want(intent::Undo{});
  REQUIRE(shell.model().case_entry()->mending_paper("m1")->photos.size() == 1);
  CHECK(shell.model().case_entry()->mending_paper("m1")->photos.front().digest == photo.digest);
  CHECK(shell.store["photo"].count(photo.hex()) == 1);

  shell.want(intent::MendRemove{number, "m1", photo.hex()});
  CHECK(shell.store["photo"].count(photo.hex()) == 1);
  shell.want(intent::SetTheme{Theme::HighContrast});
  CHECK(shell.store["photo"].count(photo.hex()) == 0);
}

TEST_CASE("a photo of a correction that is taken again takes the place of the old one, and an undo changes them back") {
  FakeShell shell;
  Centre centre;
  const auto number = open_with_photo(shell, centre);
  const std::string old = shell.model().case_entry()->mending_paper("m1")->photos.front().hex();
  const auto names = [&] {
    std::vector<std::string> found;
    for (const Photo& photo : shell.model().case_entry()->mending_paper("m1")->photos) found.push_back(photo.hex());
    return found;
  };
  const intent::MendPhoto again{number, "m1", "b.jpg", "image/jpeg", {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'n', 'e', 'w', 'e', 'r', 0xFF, 0xD9}, {}, old};
  shell.store_full = true;
  shell.want(again);
  CHECK(names() == std::vector{old});
  CHECK(shell.model().case_entry()->photo_fault == shell.model().words()(Word::StorageFull));
  shell.store_full = false;
  shell.want(again);
  REQUIRE(names().size() == 1);
  CHECK(names().front() != old);
  CHECK(shell.store["photo"].count(old) == 1);
  shell.want(intent::Undo{});
  CHECK(names() == std::vector{old});
  shell.want(again);
  shell.want(intent::DismissToast{});
  CHECK(shell.store["photo"].count(old) == 0);
  CHECK(shell.store["photo"].count(names().front()) == 1);
}

TEST_CASE("what a busy centre doesn't take is sent again by itself, later and later") {
  FakeShell shell;
  Centre centre;
  const auto number = open_with_photo(shell, centre);
  centre.busy = 2;
  shell.want(intent::SendMending{number});
  CHECK(shell.model().case_entry()->mend == MendState::Waiting);
  CHECK(shell.model().case_entry()->retry.at > shell.now);
  shell.pass(10s);
  CHECK(centre.supplements == 0);
  shell.pass(1min);
  CHECK(centre.supplements == 1);
  CHECK(shell.model().case_entry()->mending.empty());
}

TEST_CASE("what is added without a network goes when the network comes, also after the tab was closed") {
  FakeShell shell;
  Centre centre;
  const auto number = open_with_photo(shell, centre);
  shell.set_online(false);
  shell.want(intent::SendMending{number});
  CHECK(shell.model().case_entry()->mend == MendState::Waiting);
  CHECK_FALSE(shell.model().case_entry()->retry.at);
  shell.kill();
  shell.open("/case/" + number.text());
  CHECK(centre.supplements == 0);
  shell.set_online(true);
  CHECK(centre.supplements == 1);
}

TEST_CASE("a photo that the device has lost is not sent empty, but asked for again") {
  FakeShell shell;
  Centre centre;
  const auto number = open_with_photo(shell, centre);
  shell.store["photo"].clear();
  shell.want(intent::SendMending{number});
  CHECK(centre.supplements == 0);
  CHECK(shell.model().case_entry()->mend == MendState::Collecting);
  CHECK(shell.model().case_entry()->photo_fault_at == "m1");
}

TEST_CASE("a node that answers with an error is not called a missing network") {
  FakeShell shell;
  Centre centre;
  open_with_photo(shell, centre);
  shell.node = [](const effect::Fetch&) { return event::Response{.status = 500, .headers = {}, .body = {}}; };
  shell.want(intent::RefreshCases{});
  CHECK(shell.model().case_entry()->unreachable);
  CHECK(shell.model().connected());
}

}  // namespace tongban::app
