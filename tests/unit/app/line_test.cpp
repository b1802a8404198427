// The line to our node, while the browser believes that there is a network.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/app/fake_shell.h"

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

/// A node that can be cut off behind a network that is there.
struct Line {
  explicit Line(FakeShell& shell) {
    shell.node = [this](const effect::Fetch& asked) { return event::Response{.status = cut ? 0 : asked.method == "HEAD" ? 200 : 404, .headers = {}, .body = {}}; };
  }
  bool cut = true;
};

auto asked(const FakeShell& shell) { return std::count(shell.requests.begin(), shell.requests.end(), "HEAD /healthz"); }

}  // namespace

TEST_CASE("a request that comes to nothing means that there is no line, though the browser says there is") {
  FakeShell shell;
  const Line line(shell);
  shell.open("/");
  CHECK(shell.model().online);
  CHECK(!shell.model().connected());
}

TEST_CASE("a cut line is looked at again when somebody does something, and not by the clock") {
  FakeShell shell;
  Line line(shell);
  shell.open("/");
  const auto before = shell.requests.size();
  shell.pass(10min);
  CHECK(shell.requests.size() == before);
  shell.want(intent::SetTheme{Theme::HighContrast});
  CHECK(asked(shell) == 1);
  CHECK(!shell.model().connected());
  shell.want(intent::SetTheme{Theme::Light});
  CHECK(asked(shell) == 1);   // not at every key
  line.cut = false;
  shell.pass(10s);
  shell.send(event::RouteChanged{"/centres"});
  CHECK(shell.model().connected());
  CHECK(std::find(shell.requests.begin(), shell.requests.end(), "GET /catalogue/keys.json") != shell.requests.end());
}

TEST_CASE("a page that is looked at again looks at a cut line, and says nothing of it before the node answers") {
  FakeShell shell;
  Line line(shell);
  shell.open("/");
  shell.pass(1min);
  shell.set_online(true);
  CHECK(asked(shell) == 1);
  CHECK(!shell.model().connected());
  line.cut = false;
  shell.pass(1min);
  shell.set_online(true);
  CHECK(shell.model().connected());
}

TEST_CASE("a line that is whole is never asked about") {
  FakeShell shell;
  Line line(shell);
  line.cut = false;
  shell.open("/");
  for (const char* path : {"/items", "/centres", "/"}) {
    shell.pass(1min);
    shell.send(event::RouteChanged{path});
    shell.set_online(true);
  }
  CHECK(asked(shell) == 0);
}

TEST_CASE("an answer that was on its way when the network went does not bring it back") {
  FakeShell shell;
  Line line(shell);
  line.cut = false;
  shell.open("/");
  shell.send(event::Online{false});
  shell.send(event::Response{.request = 9999, .status = 200, .headers = {}, .body = {}});
  CHECK(!shell.model().connected());
}

}  // namespace tongban::app
