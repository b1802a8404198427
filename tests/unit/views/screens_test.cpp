// Every screen in every width, size, look and language: nothing without a name, no two siblings with one key, nothing
// outside the window, no word broken or covered. Cases: cases_test.cpp.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "client/ui/layout.h"
#include "client/views/views.h"
#include "tests/unit/views/drawn.h"

namespace tongban::views {
namespace {

/// The addresses of links with aria-current inside Main.
std::vector<std::string> current_rows(const ui::Tree& tree) {
  std::vector<std::string> found;
  for (const ui::Node& node : tree.nodes)
    if (tree.attribute(node, "aria-current") == "true") found.emplace_back(tree.attribute(node, "href"));
  return found;
}

std::vector<ui::Id> first_headings(const ui::Tree& tree) {
  std::vector<ui::Id> ids;
  for (const ui::Node& node : tree.nodes)
    if (node.tag && std::string_view(node.tag) == "h1") ids.push_back(node.id);
  return ids;
}

std::vector<ui::Id> link_ids(const ui::Tree& tree) {
  std::vector<ui::Id> ids;
  for (const ui::Node& node : tree.nodes)
    if (tree.attribute(node, "href").starts_with("/centre/")) ids.push_back(node.id);
  return ids;
}

}  // namespace

TEST_CASE("every plain screen is sound in every width, size and language") {
  for (const char* path : {"/", "/items", "/items?q=nothing-like-it", "/items?mode=separate", "/item/s1", "/item/d1", "/item/u1", "/item/o1", "/item/none", "/drafts", "/cases",
                           "/case/unknown", "/centres", "/centres?q=none", "/centre/310109010", "/centre/none", "/help", "/settings", "/staff", "/staff/carried", "/no/such/page"})
    check_everywhere(opened(path).model());
}

TEST_CASE("a desktop's list of centres marks the one that stands beside it, and stays the same list") {
  const app::FakeShell alone = opened("/centres"), chosen = opened("/centre/310109010");
  const ui::Tree list = desktop_tree(alone.model()), both = desktop_tree(chosen.model());
  CHECK(current_rows(list).empty());
  CHECK(current_rows(both) == std::vector<std::string>{"/centre/310109010"});
  CHECK(list.route == both.route);   // the place in the list and the focus hang on it
  CHECK(!link_ids(list).empty());
  CHECK(link_ids(list) == link_ids(both));
  CHECK(first_headings(list) == first_headings(both));
  CHECK(first_headings(both).size() == 1);
  CHECK(says(alone.model(), alone.model().words()(Word::CentreChooseBeside)));
  CHECK(says(chosen.model(), chosen.model().words()(Word::CentreWeek)));
  CHECK(!says(chosen.model(), chosen.model().words()(Word::CentreChooseBeside)));
}

TEST_CASE("a desktop's list of centres stays narrowed when one of them is chosen, and keeps it when narrowed otherwise") {
  app::FakeShell shell = opened("/centre/310109010?district=310109");
  CHECK(current_rows(desktop_tree(shell.model())) == std::vector<std::string>{"/centre/310109010?district=310109"});
  shell.want(app::intent::FilterCentres{{.query = {}, .district = {}, .open_now = false}});
  CHECK(to_path(shell.model().route) == "/centre/310109010");
}

TEST_CASE("a centre that was found is written as people call it, and in full where only that holds what was searched for") {
  const app::FakeShell called = opened("/centres?q=打浦桥"), whole = opened("/centres?q=社区事务");
  CHECK(says(called.model(), "打浦桥街道中心"));
  CHECK_FALSE(says(called.model(), "打浦桥街道社区事务受理服务中心"));
  CHECK(says(whole.model(), "打浦桥街道社区事务受理服务中心"));
}

TEST_CASE("large type is one tap away on every screen of a desktop") {
  for (const char* path : {"/", "/items", "/item/s1", "/item/none", "/drafts", "/cases", "/case/unknown", "/centres", "/centre/310109010", "/help", "/settings", "/no/such/page", "/item/s1/prepare/form"}) {
    CAPTURE(path);
    CHECK(says(opened(path).model(), "大字"));
  }
}

TEST_CASE("a phone's home shows the first life events and a way to all the others") {
  const app::FakeShell shell = opened("/");
  app::Model model = shell.model();
  catalogue::Catalogue catalogue = *model.shelf.catalogue;
  for (int at = 0; at < 14; ++at) catalogue.life_events.push_back({"e" + std::to_string(at), "大事" + std::to_string(at), "Event " + std::to_string(at), "", "heart"});
  model.shelf.catalogue = &catalogue;
  CHECK(has(phone_tree(model), "更多"));
  CHECK(has(phone_tree(model), "大事6"));
  CHECK_FALSE(has(phone_tree(model), "大事7"));
  CHECK(says(model, "大事13"));
  check_everywhere(model);
  ui::Input input;
  ui::Memory memory;
  input.now = model.now;
  input.memory = &memory;
  const auto draw_with = [&](const ui::Action* action) {
    ui::Tree tree;
    input.action = action;
    ui::Ui ui(input, tree);
    draw(ui, model);
    return tree;
  };
  ui::Action press;
  const ui::Tree folded = draw_with(nullptr);
  for (const ui::Node& node : folded.nodes)
    if (folded.attribute(node, "aria-expanded") == "false" && folded.text(node.key) == "more") press.id = node.id;
  REQUIRE(press.id != 0);
  draw_with(&press);
  CHECK(has(draw_with(nullptr), "大事13"));
  CHECK(has(draw_with(nullptr), "收起"));
  draw_with(&press);
  CHECK_FALSE(has(draw_with(nullptr), "大事13"));
}

TEST_CASE("the filter by department says what each would leave, and several can be chosen") {
  app::FakeShell shell = opened("/items");
  app::Model model = shell.model();
  model.items.departments = {{"人社", 6}, {"工会", 0}, {"民政", 2}};
  model.route.items.departments = {"人社", "民政"};
  const ui::Tree tree = desktop_tree(model);
  CHECK(has(tree, "6"));
  CHECK_FALSE(has(tree, "工会"));
  const auto chosen = std::count_if(tree.nodes.begin(), tree.nodes.end(), [&](const ui::Node& node) {
    return tree.attribute(node, "type") == "checkbox" && tree.attribute(node, "checked") == "true";
  });
  CHECK(chosen == 2);
  check_everywhere(model);
}

TEST_CASE("a new build is offered at the foot of the screen, but neither over a form nor on the screen after") {
  app::FakeShell shell = opened("/items");
  shell.send(app::event::NewBuild{});
  CHECK(says(shell.model(), "换上新版本"));
  CHECK(shell.announced.back() == "通办有新版本");
  check_everywhere(shell.model());
  shell.send(app::event::RouteChanged{"/centres"});
  CHECK_FALSE(says(shell.model(), "换上新版本"));
  shell.send(app::event::RouteChanged{"/item/s1/prepare/form"});
  shell.send(app::event::NewBuild{});
  CHECK_FALSE(says(shell.model(), "换上新版本"));
  shell.send(app::event::RouteChanged{"/settings"});
  CHECK(says(shell.model(), "换上新版本"));
}

TEST_CASE("every step of preparing is sound, empty and full of faults") {
  for (int step = 0; step < app::step_count; ++step) {
    app::FakeShell shell = opened("/item/s1/prepare/situation");
    const std::string key = shell.model().draft()->key();
    shell.want(app::intent::AnswerDraft{key, "who", "delegate"});
    shell.want(app::intent::EditField{key, app::fields::registration_district, "310110"});
    shell.send(app::event::RouteChanged{to_path(app::prepare("s1", static_cast<app::Step>(step), key))});
    check_everywhere(shell.model());
    shell.want(app::intent::NextStep{key});
    shell.want(app::intent::EditField{key, app::fields::name, std::string(600, 'W')});
    check_everywhere(shell.model());
  }
}

TEST_CASE("where there is room, a material's photos stand large beside the list, with what was measured of them") {
  app::FakeShell shell = opened("/item/s1/prepare/materials");
  const std::string key = shell.model().draft()->key();
  CHECK(says(shell.model(), "拍一张，先帮您看清不清楚"));
  app::Model model = shell.model();
  app::Draft& draft = model.drafts.front();
  draft.paper_for("m1").photos = {{.digest = {1}, .media_type = "image/jpeg", .size = 2048, .look = {.width = 3000, .height = 4000, .sharpness = 900}}};
  draft.looked_at = "m1";
  CHECK(says(model, "没有拍糊"));
  CHECK(says(model, "重拍这张"));
  check_everywhere(model);
  draft.paper_for("m1").photos.push_back({.digest = {2}, .media_type = "image/jpeg", .size = 2048, .look = {.width = 3000, .height = 4000, .sharpness = 1}});
  CHECK(says(model, "这张拍糊了，字可能看不清，最好重拍"));
  CHECK_FALSE(says(model, "没有拍糊"));
  draft.looked_photo = draft.paper("m1")->photos.front().hex();
  CHECK(says(model, "没有拍糊"));
  draft.paper_for("m1").photos = {{.digest = {3}, .media_type = "application/pdf", .size = 2048}};
  CHECK_FALSE(says(model, "没有拍糊"));
  check_everywhere(model);
}

TEST_CASE("a photo that may not be readable is said once more in the review, and marked among the small ones") {
  app::FakeShell shell = opened("/item/s1/prepare/review");
  app::Model model = shell.model();
  app::Draft& draft = model.drafts.front();
  draft.paper_for("m1").photos = {demo_photo(2, 900)};
  const std::string words = model.words()(Word::ReviewDoubts, {{"material", "身份证"}, {"n", "1"}});
  CHECK_FALSE(says(model, words));
  draft.paper_for("m1").photos.push_back(demo_photo(3, 1));
  CHECK(says(model, words));
  CHECK(has(phone_tree(model), words));
  CHECK(says(model, "去重拍"));
  check_everywhere(model);
  model.route.step = app::Step::Materials;
  draft.looked_at = "m1";
  const ui::Tree tree = desktop_tree(model);
  CHECK(std::count_if(tree.nodes.begin(), tree.nodes.end(), [](const ui::Node& node) { return node.kind == ui::Kind::Sign && node.icon == ui::Icon::Warn; }) == 3);
  CHECK(std::any_of(tree.nodes.begin(), tree.nodes.end(), [&](const ui::Node& node) {
    return tree.attribute(node, "aria-label").find("第 2 张") == 0 && tree.attribute(node, "aria-label").find("拍糊") != std::string_view::npos;
  }));
}

TEST_CASE("a phone's guide says trips, wait and fee in one strip, and has its code beside the main action") {
  app::FakeShell shell = opened("/item/s1");
  const ui::Tree tree = phone_tree(shell.model());
  const auto strips = [](const ui::Tree& drawn) {
    return std::count_if(drawn.nodes.begin(), drawn.nodes.end(), [&](const ui::Node& node) {
      return drawn.attribute(node, "aria-label") == "一眼看清" && node.axis == ui::Axis::Row;
    });
  };
  CHECK(strips(tree) == 1);
  CHECK(in_bar(tree, "打印"));
  CHECK(in_bar(tree, "二维码"));
  SUBCASE("and in larger type among what else can be done with the list") {
    for (const auto type : {app::TypeSize::Large, app::TypeSize::ExtraLarge, app::TypeSize::Largest}) {
      shell.want(app::intent::SetTypeSize{type});
      CHECK_FALSE(in_bar(phone_tree(shell.model()), "二维码"));
      CHECK(has(phone_tree(shell.model()), "二维码"));
    }
  }
  SUBCASE("but not where a value needs more than a word or two") {
    app::Model model = shell.model();
    catalogue::Catalogue catalogue = *model.shelf.catalogue;
    for (auto& item : catalogue.items) item.fee = "按规定收取工本费二十元整";
    model.shelf.catalogue = &catalogue;
    CHECK(strips(phone_tree(model)) == 0);
    check_everywhere(model);
  }
}

TEST_CASE("a guide can be kept as a picture and handed on, but not on a browser that everybody uses") {
  const app::FakeShell shell = opened("/item/s1");
  app::Model model = shell.model();
  CHECK(says(model, "存成图片"));
  CHECK(says(model, "分享"));
  model.can_share = false;
  CHECK_FALSE(says(model, "分享"));
  model.public_browser = model.can_share = true;
  CHECK_FALSE(says(model, "存成图片"));
  CHECK_FALSE(says(model, "分享"));
}

TEST_CASE("what is carried is sound before and after its codes are made, and each module of them has three pixels") {
  app::FakeShell shell = opened("/item/s1/prepare/submit");
  app::Model model = shell.model();
  app::Draft& draft = model.drafts.front();
  draft.application.received_by = fakes::quyang;
  model.carry_until = Instant{1'811'088'000'000};
  for (const bool online : {true, false}) {
    model.online = online;
    check_everywhere(model);
  }
  draft.carry_fault_zh = draft.carry_fault_en = "三张码放不下";
  check_everywhere(model);

  app::OutboxEntry entry;
  entry.id = draft.application.submission_id;
  entry.item = ItemId("s1");
  entry.applicant = "演示甲";
  entry.draft = app::encode_draft(draft);
  entry.carried = Bytes(700, 7);
  entry.carried_until = *model.carry_until;
  entry.by_hand = true;
  entry.state = app::SendState::Carried;
  entry.codes = app::make_carried_codes(entry.carried);
  entry.files.push_back({.digest = {1}, .media_type = "image/jpeg", .size = 5});
  REQUIRE(entry.codes.size() == 2);
  model.drafts.clear();
  model.outbox.push_back(entry);
  for (const bool online : {true, false}) {
    model.online = online;
    model.outbox.front().asked_in_vain = online;
    check_everywhere(model);
  }
  for (const Size& size : sizes) {
    ui::Tree tree = tree_at(model, size);
    ui::layout_screen(tree, ui::Faces{}, {.width = size.width, .height = size.height});
    int codes = 0;
    for (const ui::Node& node : tree.nodes) {
      if (node.kind != ui::Kind::Modules) continue;
      ++codes;
      CHECK(node.w >= 3 * static_cast<float>(node.total + 8));
      CHECK(node.w == node.h);
    }
    CHECK(codes == 1);
  }
  model.now = entry.carried_until;
  check_everywhere(model);
  for (const app::Page page : {app::Page::Drafts, app::Page::Cases}) {
    model.route = app::plain(page);
    CHECK(says(model, "带去窗口交"));
    check_everywhere(model);
  }
}

TEST_CASE("a draft's code for home is sound in its dialog and where a public browser is left") {
  app::FakeShell shell = opened("/item/s1/prepare/form");
  app::Model model = shell.model();
  model.drafts.front().paper_for("m1").photos.push_back({.digest = {1}, .media_type = "image/jpeg", .size = 5});
  for (const app::Question question : {app::Question::DraftCode, app::Question::Erase, app::Question::StillHere}) {
    model.question = question;
    model.question_about = model.drafts.front().key();
    model.public_browser = question != app::Question::DraftCode;
    model.session = app::Session{.begun = model.now, .last = model.now, .ends = model.now + std::chrono::seconds(20)};
    CHECK(says(model, "扫码带走，回家接着填"));
    check_everywhere(model);
  }
  model.drafts.front().application.statement = std::string(3'000, 'W');
  CHECK(says(model, "填得太长，一张码放不下"));
  check_everywhere(model);
}

TEST_CASE("the page where codes are scanned is sound in each of its states") {
  const app::FakeShell shell = opened("/staff/carried");
  app::Model model = shell.model();
  model.staff.state = app::SignIn::In;
  model.staff.session = {.account = "demo", .name = "演示窗口", .role = casework::Role::Window, .centre = fakes::quyang, .csrf = "x"};
  app::Carrying& carried = model.staff.carried.emplace();
  check_everywhere(model);
  REQUIRE(carried.codes.add(app::carried_code_texts(Bytes(700, 7)).front()));
  CHECK(says(model, "还差第 2 张，共 2 张"));
  check_everywhere(model);
  carried.fault_zh = carried.fault_en = "这张码是另一份申请的，请只扫同一份的码";
  check_everywhere(model);
  carried = {};
  carried.number = CaseNumber("TB261124-DEM0DEM0");
  for (const CentreId& centre : {fakes::quyang, fakes::wujiaochang}) {
    carried.centre = centre;
    check_everywhere(model);
  }
  CHECK(says(model, "这份已经交到五角场街道中心，请到那里办"));
}

TEST_CASE("the window's screens are sound for each of its verbs") {
  const app::FakeShell shell = opened("/staff");
  app::Model model = shell.model();
  model.staff.state = app::SignIn::In;
  model.staff.session = {.account = "demo", .name = "演示窗口", .role = casework::Role::Window, .centre = fakes::quyang, .csrf = "x"};
  for (int stage = 0; stage < static_cast<int>(casework::Stage::Withdrawn); ++stage) {
    casework::WorkRow row;
    row.number = CaseNumber("TB261124-" + std::to_string(stage));
    row.item = ItemId("s1");
    row.applicant = "演*甲";
    row.stage = static_cast<casework::Stage>(stage);
    row.holder = row.received_by = row.custodian = fakes::quyang;
    row.decided_by = fakes::wujiaochang;
    model.staff.rows.push_back(row);
  }
  check_everywhere(model);
  model.route = app::with_id(app::Page::StaffCase, "TB261124-DEM0DEM0");
  for (const casework::Verb verb : {casework::Verb::Receive, casework::Verb::Check, casework::Verb::Return, casework::Verb::Transfer, casework::Verb::Accept, casework::Verb::NotOurs, casework::Verb::Decide}) {
    model.staff.open.emplace();
    model.staff.open->number = CaseNumber("TB261124-DEM0DEM0");
    model.staff.open->view = demo_view(casework::Stage::Received);
    model.staff.open->view->verbs = {verb};
    model.staff.open->verdicts["m1"] = {"m1", casework::Verdict::Missing, ""};
    check_everywhere(model);
  }
  app::StaffCase& open = *model.staff.open;
  CHECK(says(model, "在新页打开"));
  open.unseen[open.address_of(open.view->materials.front().attachments.front())] = {"这份文件丢了", "This file is gone"};
  CHECK(says(model, "这份文件丢了"));
  CHECK_FALSE(says(model, "在新页打开"));
  check_everywhere(model);
}

TEST_CASE("what an ended centre left lies on the list that it lay on there") {
  const app::FakeShell shell = opened("/staff?list=to_receive");
  app::Model model = shell.model();
  model.staff.state = app::SignIn::In;
  model.staff.session = {.account = "demo", .name = "演示窗口", .role = casework::Role::Window, .centre = fakes::quyang, .csrf = "x"};
  casework::WorkRow row;
  row.number = CaseNumber("TB261124-LEFT");
  row.item = ItemId("s1");
  row.applicant = "演*甲";
  row.stage = casework::Stage::Submitted;
  row.holder = row.received_by = row.custodian = fakes::wujiaochang;
  model.staff.rows = {row};
  REQUIRE(model.route.tab == casework::name_of(casework::WorkList::ToReceive));
  CHECK(says(model, "TB261124-LEFT"));
}

TEST_CASE("who sees counts only sees where cases stand, since when, and which transfers are late") {
  const app::FakeShell shell = opened("/staff");
  app::Model model = shell.model();
  model.staff.state = app::SignIn::In;
  model.staff.session = {.account = "office", .name = "演示市联办", .role = casework::Role::CityOffice, .centre = {}, .csrf = "x"};
  const auto ago = [&](std::chrono::hours hours) { return model.now + -std::chrono::milliseconds(hours); };
  casework::Workload& workload = model.staff.workload.emplace();
  check_everywhere(model);
  CHECK(says(model, "还没有办件"));
  CHECK(says(model, "没有耽搁的转办"));
  using casework::WorkList;
  workload.counts = {{fakes::quyang, WorkList::InHand, 12, ago(std::chrono::hours(3))}, {fakes::quyang, WorkList::Travelling, 4, ago(std::chrono::hours(54))},
                     {fakes::wujiaochang, WorkList::ToReview, 7, ago(std::chrono::hours(0))}, {fakes::wujiaochang, WorkList::Done, 900, ago(std::chrono::hours(999))}};
  workload.late = {{fakes::quyang, fakes::wujiaochang, 2, ago(std::chrono::hours(54))}};
  workload.missing = {{fakes::wujiaochang, fakes::quyang, 1, {}}};
  check_everywhere(model);
  CHECK(says(model, "最久 3 小时"));
  CHECK(says(model, "最久 2 天 6 小时"));
  CHECK(says(model, "2 封  最久 2 天 6 小时"));
  CHECK(says(model, "最久 不到 1 小时"));
  CHECK(says(model, "16"));
  CHECK(says(model, "该收到，还没收到"));
  CHECK_FALSE(says(model, "999"));
}

TEST_CASE("what is on its way can be reminded of, and nothing else") {
  const app::FakeShell shell = opened("/staff/case/TB261124-DEM0DEM0");
  app::Model model = shell.model();
  model.staff.state = app::SignIn::In;
  model.staff.session = {.account = "demo", .name = "演示窗口", .role = casework::Role::Window, .centre = fakes::quyang, .csrf = "x"};
  app::StaffCase& open = model.staff.open.emplace();
  open.view = demo_view(casework::Stage::InTransfer);
  open.view->holder = open.view->received_by = open.view->custodian = fakes::quyang;
  open.view->passing_to = fakes::wujiaochang;
  CHECK(says(model, "催办"));
  check_everywhere(model);
  open.reminded = true;
  CHECK(says(model, "催过了，马上再送一次"));
  open.view->stage = casework::Stage::Received;
  open.view->passing_to = {};
  CHECK_FALSE(says(model, "催办"));
}

TEST_CASE("a window that asks another centre first sees whom, and can remind it, but not pass the case on") {
  const app::FakeShell shell = opened("/staff/case/TB261124-DEM0DEM0");
  app::Model model = shell.model();
  model.staff.state = app::SignIn::In;
  model.staff.session = {.account = "demo", .name = "演示窗口", .role = casework::Role::Window, .centre = fakes::quyang, .csrf = "x"};
  app::StaffCase& open = model.staff.open.emplace();
  open.view = demo_view(casework::Stage::Received);
  open.view->holder = open.view->received_by = open.view->custodian = fakes::quyang;
  open.view->verbs = {casework::Verb::Check, casework::Verb::Return};
  CHECK_FALSE(says(model, "催办"));
  open.view->asking = fakes::wujiaochang;
  CHECK(says(model, "正在问五角场街道中心有没有收过这份申请，答复到了才能受理、转办"));
  CHECK(says(model, "催办"));
  check_everywhere(model);
}

TEST_CASE("the walk-in sheet is sound") {
  app::FakeShell shell = opened("/staff/walk-in/s1");
  app::Model model = shell.model();
  model.staff.state = app::SignIn::In;
  model.staff.walk_in.emplace();
  model.staff.walk_in->draft.application.item = ItemId("s1");
  check_everywhere(model);
  model.staff.walk_in->number = CaseNumber("TB261124-DEM0DEM0");
  check_everywhere(model);
}

TEST_CASE("that something is kept on the device is said only once the store has opened") {
  for (const bool english : {false, true})
    for (const char* path : {"/", "/items", "/settings"}) {
      const app::FakeShell shell = opened(path);
      app::Model model = shell.model();
      model.settings.language = english ? app::Language::English : app::Language::Chinese;
      const Words say = model.words();
      const auto claims = [&](Word word) { return says(model, say(word)); };
      CAPTURE(path);
      CAPTURE(english);
      model.storage = app::Storage::Unknown;
      for (const Word word : {Word::SavedHere, Word::StoreMemoryOnly, Word::StoredHow, Word::StoredMemory}) CHECK(!claims(word));
      check_everywhere(model);
      model.storage = app::Storage::Persistent;
      CHECK(claims(Word::SavedHere));
      CHECK(!claims(Word::StoreMemoryOnly));
      model.storage = app::Storage::MemoryOnly;
      CHECK(claims(Word::StoreMemoryOnly));
      CHECK(!claims(Word::SavedHere));
    }
}

TEST_CASE("a portal without a catalogue, offline, says what is missing on each screen") {
  for (const auto state : {app::ShelfState::Loading, app::ShelfState::Missing, app::ShelfState::Broken})
    for (const char* path : {"/", "/items", "/item/s1", "/centres", "/centre/310109010", "/item/s1/prepare/form", "/cases", "/help", "/settings"}) {
      const app::FakeShell shell = opened("/");
      app::Model model = shell.model();
      model.shelf = {};
      model.shelf.state = state;
      model.online = false;
      model.route = app::parse_route(path);
      check_everywhere(model);
    }
}

}  // namespace tongban::views
