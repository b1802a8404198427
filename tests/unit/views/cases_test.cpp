// A case on the screen: in each of its stages, sent back for correction, with its days and its receipt.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "client/views/timeline.h"
#include "shared/catalogue/working_days.h"
#include "tests/unit/views/drawn.h"

namespace tongban::views {
namespace {

/// A case that is asked for `materials` again, on the screen.
app::Model returned_model(const app::FakeShell& shell, std::initializer_list<const char*> materials) {
  app::Model model = shell.model();
  model.route = app::with_id(app::Page::Case, "TB261124-DEM0DEM0");
  app::CaseEntry entry;
  entry.view = demo_view(casework::Stage::Returned);
  entry.view->open_return->verdicts.clear();
  for (const char* material : materials) entry.view->open_return->verdicts.push_back({material, casework::Verdict::Missing, "演示：看不清"});
  entry.number = entry.view->number;
  entry.item = entry.view->item;
  model.cases.push_back(entry);
  return model;
}

}  // namespace

TEST_CASE("a case says which working day it is of those that the service may take, if both are known") {
  const app::FakeShell shell = opened("/case/TB261124-DEM0DEM0");
  app::Model model = shell.model();
  app::CaseEntry entry;
  entry.view = demo_view(casework::Stage::Accepted);
  entry.number = entry.view->number;
  const auto& items = model.shelf.catalogue->items;
  const auto item = std::find_if(items.begin(), items.end(), [](const auto& one) { return one.limit_working_days.has_value(); });
  REQUIRE(item != items.end());
  entry.item = entry.view->item = item->id;
  const int total = *item->limit_working_days;
  const Date today = shanghai_time(model.now).date;
  const auto due = catalogue::add_working_days(model.shelf.catalogue->calendar, today, total - 3);
  model.cases.push_back(entry);
  const std::string words = model.words()(Word::CaseDay, {{"n", "3"}, {"total", std::to_string(total)}});
  CHECK_FALSE(says(model, words));
  model.cases.back().view->deadlines = {{casework::DeadlineKind::Decide, due.date, due.provisional}};
  CHECK(says(model, words));
  check_everywhere(model);
  SUBCASE("and nothing of the kind when they are over") {
    model.now = model.now + std::chrono::hours(24 * 90);
    CHECK_FALSE(says(model, model.words()(Word::CaseDay, {{"n", std::to_string(total)}, {"total", std::to_string(total)}})));
  }
}

TEST_CASE("a case that one centre decides alone has no letter of a centre, one that goes on to another has") {
  const app::FakeShell shell = opened("/cases");
  app::Model model = shell.model();
  ui::Input input;
  ui::Tree tree;
  ui::Ui ui(input, tree);
  app::Intents wanted;
  const Screen screen{ui, model, wanted, model.words()};
  const auto letter_of = [&](const char* item, casework::Stage stage, const CentreId& decider) {
    casework::CaseView view = demo_view(stage);
    view.item = ItemId(item);
    view.decided_by = decider;
    if (stage == casework::Stage::AtDecider) view.custodian = decider;
    return std::string(case_now(screen, view).letter);
  };
  CHECK(letter_of("d1", casework::Stage::Submitted, {}) == "");
  CHECK(letter_of("d1", casework::Stage::Accepted, fakes::quyang) == "");
  CHECK(letter_of("s1", casework::Stage::Submitted, {}) == "A");
  CHECK(letter_of("s1", casework::Stage::Received, fakes::wujiaochang) == "A");
  CHECK(letter_of("s1", casework::Stage::AtDecider, fakes::wujiaochang) == "B");
}

TEST_CASE("a case is sound in each of its stages") {
  for (int stage = 0; stage <= static_cast<int>(casework::Stage::Withdrawn); ++stage) {
    const app::FakeShell shell = opened("/case/TB261124-DEM0DEM0");
    app::Model model = shell.model();
    app::CaseEntry entry;
    entry.view = demo_view(static_cast<casework::Stage>(stage));
    entry.view->verbs = {casework::Verb::Withdraw};
    entry.number = entry.view->number;
    entry.item = entry.view->item;
    entry.receipt = {1};
    entry.mending = {{.material = "m1", .bring = false, .photos = {{.digest = {2}, .media_type = "image/jpeg", .size = 2048}}}};
    model.cases.push_back(entry);
    check_everywhere(model);
    model.question = app::Question::Receipt;
    check_everywhere(model);
    model.question = app::Question::None;
    model.route = app::plain(app::Page::Cases);
    check_everywhere(model);
  }
}

TEST_CASE("a case that came back shows who received it, who sent it back, and that it is your turn") {
  const app::FakeShell shell = opened("/case/TB261124-DEM0DEM0");
  app::Model model = shell.model();
  app::CaseEntry entry;
  entry.view = demo_view(casework::Stage::Returned);
  entry.number = entry.view->number;
  entry.item = entry.view->item;
  model.cases.push_back(entry);
  CHECK(says(model, "曲阳路街道收件"));
  CHECK(says(model, "您来补"));
  CHECK_FALSE(says(model, "五角场街道退回"));
  model.cases.back().view->timeline.push_back({.seq = 2, .kind = casework::EventKind::Returned, .centre = fakes::wujiaochang, .actor = "staff",
                                               .at = {1'795'593'800'000}, .device_time = {}, .payload = {}});
  CHECK(says(model, "五角场街道退回"));
}

TEST_CASE("on a phone the next step of a correction is the filled one: a photo, then sending it, with what is left") {
  const app::FakeShell shell = opened("/cases");
  app::Model model = returned_model(shell, {"m1", "m3"});
  auto& mending = model.cases.back().mending;
  CHECK(skin_in_bar(phone_tree(model), "拍照补交") == ui::Skin::ButtonFilled);
  CHECK_FALSE(in_bar(phone_tree(model), "交上去"));
  check_everywhere(model);
  mending = {{.material = "m1", .bring = false, .photos = {demo_photo(2, 900)}}};
  CHECK(skin_in_bar(phone_tree(model), "交上去") == ui::Skin::ButtonFilled);
  CHECK(in_bar(phone_tree(model), "还有 1 份没补"));
  check_everywhere(model);
  mending.push_back({.material = "m3", .bring = true});
  CHECK_FALSE(in_bar(phone_tree(model), "还有 1 份没补"));
  mending.front() = {.material = "m1", .bring = true};
  CHECK(in_bar(phone_tree(model), "都带去窗口补，这里不用交"));
  CHECK(skin_in_bar(phone_tree(model), "到中心补") == ui::Skin::ButtonFilled);
  check_everywhere(model);
}

TEST_CASE("where a case was received, its timeline leads to the receipt, if this device has one") {
  const app::FakeShell shell = opened("/case/TB261124-DEM0DEM0");
  app::Model model = shell.model();
  app::CaseEntry entry;
  entry.view = demo_view(casework::Stage::Accepted);
  entry.number = entry.view->number;
  entry.item = entry.view->item;
  model.cases.push_back(entry);
  CHECK_FALSE(has(phone_tree(model), "凭证"));
  model.cases.back().receipt = {1};
  const ui::Tree tree = phone_tree(model);
  CHECK(std::count_if(tree.nodes.begin(), tree.nodes.end(), [&](const ui::Node& node) { return tree.text(node.words) == "凭证"; }) == 1);
  check_everywhere(model);
}

TEST_CASE("a doubted photo of a correction can be taken again, a sharp one need not be") {
  const app::FakeShell shell = opened("/cases");
  app::Model model = returned_model(shell, {"m1"});
  auto& mending = model.cases.back().mending;
  mending = {{.material = "m1", .bring = false, .photos = {demo_photo(2, 900)}}};
  CHECK_FALSE(has(phone_tree(model), "重拍这张"));
  mending.front().photos.push_back(demo_photo(3, 1));
  CHECK(has(phone_tree(model), "重拍这张"));
  check_everywhere(model);
}

}  // namespace tongban::views
