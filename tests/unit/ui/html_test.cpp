#include "client/platform/headless/html.h"

#include <doctest/doctest.h>

using namespace tongban;
using namespace tongban::ui;

namespace {

std::string html_of(const std::function<void(Ui&)>& view, bool english = false) {
  return headless::render_page([&](Ui& ui) {
    auto page = ui.page({.title = "页", .route = "/page"});
    auto main = ui.region(Region::Main);
    view(ui);
  }, Instant{}, english).html;
}

}  // namespace

TEST_CASE("a screen is written as elements with classes, without style attributes or scripts") {
  const std::string html = html_of([](Ui& ui) {
    ui.heading(1, "医疗救助申请");
    ui.tag("收受分离", Style::Tint, Icon::Split);
    ui.link("go", "准备材料", "/item/i109/prepare/situation", {.as_button = true, .kind = ButtonKind::Filled});
  });
  CHECK(html.find("<h1 class=\"t-h1\">医疗救助申请</h1>") != std::string::npos);
  CHECK(html.find("href=\"/item/i109/prepare/situation\"") != std::string::npos);
  CHECK(html.find("class=\"button filled") != std::string::npos);
  CHECK(html.find("style=") == std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
}

TEST_CASE("on an English page a Chinese name says that it is Chinese, and nothing else does") {
  const auto view = [](Ui& ui) {
    ui.heading(1, "医疗救助申请");
    ui.text("Fees: none");
  };
  const std::string html = html_of(view, true);
  CHECK(html.find("<h1 lang=\"zh-CN\"") != std::string::npos);
  CHECK(html.find("lang") == html.rfind("lang"));
  CHECK(html_of(view).find("lang") == std::string::npos);
}

TEST_CASE("words of people are escaped, in text, in attributes and in marked pieces") {
  const std::string html = html_of([](Ui& ui) {
    ui.text("<b>&");
    ui.field("f", "名", {.value = "\"><img>"});
    ui.rich({{"<i>", Tone::Accent, true}, {"后"}});
  });
  CHECK(html.find("<b>&<") == std::string::npos);
  CHECK(html.find("&lt;b>&amp;") != std::string::npos);
  CHECK(html.find("<img>") == std::string::npos);
  CHECK(html.find("<i>") == std::string::npos);
}

TEST_CASE("every element that is opened is closed in its place") {
  const std::string html = html_of([](Ui& ui) {
    auto list = ui.list("材料");
    for (int i = 0; i < 3; ++i) { auto item = ui.item(std::to_string(i)); ui.check("c", "身份证", {.checked = i == 1}); }
  });
  std::vector<std::string> open;
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos; ++at) {
    const bool closing = html[at + 1] == '/';
    const std::size_t from = at + (closing ? 2 : 1), to = html.find_first_of(" >", from);
    const std::string tag = html.substr(from, to - from);
    if (tag == "input" || tag == "img") continue;
    if (!closing) { open.push_back(tag); continue; }
    REQUIRE_FALSE(open.empty());
    CHECK(open.back() == tag);
    open.pop_back();
  }
  CHECK(open.empty());
}
