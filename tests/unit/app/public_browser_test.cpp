// A browser that everybody uses: the watch over who is at it, and what makes a device one.
#include <doctest/doctest.h>

#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

FakeShell public_shell() {
  FakeShell shell;
  shell.public_browser = true;
  shell.open("/");
  return shell;
}

}  // namespace

TEST_CASE("an address is handed on with its origin and a sheet kept as a picture, but neither where everybody comes") {
  FakeShell own;
  own.open("/item/s1");
  own.want(intent::Share{"敬老卡", "/item/s1"});
  own.want(intent::KeepPicture{PrintJob::Checklist, "敬老卡"});
  REQUIRE(own.shared.size() == 1);
  CHECK(own.shared.front().url == "https://portal.example/item/s1");
  CHECK(own.pictures == std::vector<std::string>{"敬老卡"});
  CHECK(own.model().print == PrintJob::Checklist);

  FakeShell shared = public_shell();
  shared.want(intent::Share{"敬老卡", "/item/s1"});
  shared.want(intent::KeepPicture{PrintJob::Checklist, "敬老卡"});
  CHECK(shared.shared.empty());
  CHECK(shared.pictures.empty());
}

TEST_CASE("a public device that nobody is at has no deadline") {
  FakeShell shell = public_shell();
  CHECK(!shell.model().session);
  CHECK(shell.deadline.ms == 0);
}

TEST_CASE("two quiet minutes bring the question, thirty seconds without an answer erase everything") {
  FakeShell shell = public_shell();
  shell.want(intent::Type{"敬老"});
  shell.pass(119s);
  CHECK(shell.model().question == Question::None);
  shell.pass(1s);
  CHECK(shell.model().question == Question::StillHere);
  shell.pass(29s);
  CHECK(!shell.erased);
  shell.pass(1s);
  CHECK(shell.erased);
}

TEST_CASE("the countdown wakes the portal each second, and whoever is there may stay as often as they like") {
  FakeShell shell = public_shell();
  shell.want(intent::Type{"敬老"});
  for (int time = 0; time < 5; ++time) {
    shell.pass(120s);
    REQUIRE(shell.model().question == Question::StillHere);
    CHECK(shell.deadline - shell.now <= 1s);
    shell.pass(25s);
    shell.want(intent::Answer{false});
    CHECK(shell.model().question == Question::None);
  }
  CHECK(!shell.erased);
}

TEST_CASE("reading and scrolling count as being there, but don't answer the question") {
  FakeShell shell = public_shell();
  shell.want(intent::Type{"敬老"});
  shell.pass(100s);
  shell.touch();
  shell.pass(100s);
  CHECK(shell.model().question == Question::None);
  shell.pass(20s);
  CHECK(shell.model().question == Question::StillHere);
  shell.touch();
  shell.pass(30s);
  CHECK(shell.erased);
}

TEST_CASE("whoever wakes a device that slept through the question finds nothing of the person before") {
  const auto asleep_after = [](std::chrono::seconds quiet) {
    FakeShell shell = public_shell();
    shell.want(intent::Type{"敬老"});
    shell.pass(quiet);
    shell.now = shell.now + 1h;
    return shell;
  };
  SUBCASE("a touch is no answer") {
    FakeShell shell = asleep_after(60s);
    shell.touch();
    CHECK(!shell.erased);
    shell.send(event::Tick{});
    CHECK(shell.erased);
  }
  SUBCASE("nor is what is pressed") {
    FakeShell shell = asleep_after(60s);
    shell.want(intent::Type{"残疾"});
    CHECK(shell.erased);
  }
  SUBCASE("nor is an answer to a question that has run out") {
    FakeShell shell = asleep_after(125s);
    REQUIRE(shell.model().question == Question::StillHere);
    shell.want(intent::Answer{false});
    CHECK(shell.erased);
  }
}

TEST_CASE("a browser of one's own is never asked and never erased by itself") {
  FakeShell shell;
  shell.open("/");
  shell.want(intent::Type{"敬老"});
  shell.pass(1h);
  CHECK(shell.model().question == Question::None);
  CHECK(!shell.erased);
}

TEST_CASE("only who is signed in as staff makes a device public, and is signed out by it") {
  FakeShell shell;
  shell.open("/staff");
  shell.want(intent::Ask{Question::MakePublic});
  shell.want(intent::Answer{true});
  CHECK(!shell.made_public);

  shell.node = [](const effect::Fetch& asked) {
    if (asked.method == "DELETE") return event::Response{.status = 204, .headers = {}, .body = {}};
    const std::string session = R"({"account":"quyang-window","name":"演示","role":"window","centre":"310109010","csrf":"abc"})";
    return event::Response{.status = 200, .headers = {}, .body = Bytes(session.begin(), session.end())};
  };
  shell.open("/staff");
  REQUIRE(shell.model().staff.state == SignIn::In);
  shell.want(intent::Ask{Question::MakePublic});
  shell.want(intent::Answer{true});
  CHECK(shell.made_public == true);
  CHECK(shell.model().staff.state == SignIn::Out);
}

}  // namespace tongban::app
