#include <doctest/doctest.h>

#include <vector>

#include "client/app/finding.h"
#include "client/app/route.h"
#include "tests/fakes/small_catalogue.h"

namespace tongban::app {
namespace {

std::vector<Route> every_kind() {
  std::vector<Route> routes;
  for (const Page page : {Page::Home, Page::Items, Page::Drafts, Page::Cases, Page::Centres, Page::Help, Page::Settings, Page::Staff}) routes.push_back(plain(page));
  for (const Page page : {Page::Item, Page::Case, Page::Centre, Page::StaffCase, Page::StaffWalkIn}) routes.push_back(with_id(page, "TB261124-7K3QF9"));
  for (int step = 0; step < step_count; ++step) routes.push_back(prepare("i109", static_cast<Step>(step), "0a1b2c3d"));
  routes.push_back(items({.query = "敬老 卡&jlk=%", .event = "elder", .departments = {"人社", "民政"}, .mode = "separate", .audience = "permit"}));
  Route centres = plain(Page::Centres);
  centres.centres = {.query = "曲阳 路", .district = "310109", .open_now = true};
  routes.push_back(centres);
  Route beside_list = with_id(Page::Centre, "310109010");
  beside_list.centres = centres.centres;
  routes.push_back(beside_list);
  Route list = plain(Page::Staff);
  list.tab = "to_receive";
  routes.push_back(list);
  return routes;
}

}  // namespace

TEST_CASE("every route comes back from its own address") {
  for (const Route& route : every_kind()) {
    CAPTURE(to_path(route));
    CHECK(parse_route(to_path(route)) == route);
  }
}

TEST_CASE("an address names nothing that isn't there, and says what was asked for") {
  for (const char* path : {"/no/such", "/item", "/item/i109/prepare/nowhere", "/staff/case", "//", "/item/i109/extra"}) {
    CAPTURE(path);
    const Route route = parse_route(path);
    CHECK(route.page == Page::Missing);
    CHECK(route.id == path);
  }
}

TEST_CASE("broken percent signs, plus signs and fragments are read, not refused") {
  CHECK(parse_route("/items?q=%E6%95%AC%E8%80%81").items.query == "敬老");
  CHECK(parse_route("/items?q=a+b").items.query == "a b");
  CHECK(parse_route("/items?q=%zz%").items.query == "%zz%");
  CHECK(parse_route("/items?unknown=1&q=x#top").items.query == "x");
  CHECK(parse_route("/items/").page == Page::Items);
}

TEST_CASE("a receipt's address brings number and code, and no other address keeps them") {
  const std::string address = receipt_address({"TB261124-DEM0DEM0", "a-_Z09"});
  CHECK(address == "/cases#TB261124-DEM0DEM0.a-_Z09");
  const Route route = parse_route(address);
  CHECK(route.page == Page::Cases);
  CHECK(route.ticket == CaseTicket{"TB261124-DEM0DEM0", "a-_Z09"});
  CHECK(to_path(route) == "/cases");
  CHECK_FALSE(parse_route("/cases#top").ticket);
  CHECK_FALSE(parse_route("/items#TB261124-DEM0DEM0.a").ticket);
}

TEST_CASE("an address without a step is the first step") { CHECK(parse_route("/item/i109/prepare") == prepare("i109", Step::Situation, "")); }

TEST_CASE("items of several departments are found together, and each department counts what it alone would leave") {
  catalogue::Catalogue catalogue = fakes::small_catalogue();
  catalogue.items[0].line = "人社";
  catalogue.items[1].line = "民政";
  catalogue.items[2].line = catalogue.items[3].line = "公安";
  const catalogue::Pinyin pinyin;
  const auto results = find_items(catalogue, catalogue::SearchIndex(catalogue, pinyin), {.departments = {"人社", "公安"}}, catalogue::Reading::Chinese);
  CHECK(results.rows.size() == 3);
  CHECK(results.departments == std::map<std::string, int>{{"人社", 1}, {"民政", 1}, {"公安", 2}});
}

}  // namespace tongban::app
