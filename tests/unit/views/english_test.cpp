// The real catalogue on English pages: what is English, what stays Chinese beside it, and that the long words fit.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "client/app/finding.h"
#include "client/platform/headless/html.h"
#include "client/ui/layout.h"
#include "client/views/views.h"
#include "tests/unit/app/fake_shell.h"
#include "tests/unit/catalogue/sample.h"
#include "tests/unit/views/line_faults.h"

namespace tongban::views {
namespace {

app::Model english(const std::string& path) {
  app::FakeShell shell;
  shell.open(path);
  app::Model model = shell.model();
  model.shelf.catalogue = &catalogue::real().catalogue;
  model.settings.language = app::Language::English;
  model.items.rows.clear();
  for (std::size_t i = 0; i < catalogue::real().catalogue.items.size(); ++i) model.items.rows.push_back({.item = i});
  return model;
}

std::string html_of(const app::Model& model) {
  return headless::render_page([&](ui::Ui& ui) { draw(ui, model); }, model.now, model.settings.english()).html;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The element that holds just these words is marked as Chinese.
bool chinese(const std::string& html, const std::string& words) {
  const std::size_t at = html.find(">" + words + "<");
  return at != std::string::npos && holds(html.substr(html.rfind('<', at), at - html.rfind('<', at)), "lang=\"zh-CN\"");
}

std::vector<std::string> faults_of(app::Model model, float width, ui::TypeSize type) {
  model.settings.type_size = static_cast<app::TypeSize>(type);
  ui::Input input;
  input.width = width;
  input.height = 768;
  input.type_size = type;
  input.english = true;
  input.now = model.now;
  ui::Tree tree;
  {
    ui::Ui ui(input, tree);
    draw(ui, model);
  }
  ui::layout_screen(tree, ui::Faces{}, {.width = input.width, .height = input.height});
  return line_faults(tree, width);
}

void check_lines(const app::Model& model) {
  for (const float width : {320.f, 390.f, 1024.f, 1366.f})
    for (const ui::TypeSize type : {ui::TypeSize::Normal, ui::TypeSize::Largest})
      for (const std::string& fault : faults_of(model, width, type)) {
        CAPTURE(to_path(model.route));
        CAPTURE(width);
        CAPTURE(static_cast<int>(type));
        FAIL_CHECK(fault);
      }
}

}  // namespace

TEST_CASE("an English guide says everything in English and keeps the Chinese names, marked as Chinese") {
  const std::string page = html_of(english("/item/i072"));
  CHECK(holds(page, ">Senior card: apply, collect</h1>"));
  CHECK(chinese(page, "敬老卡申领、发放"));
  CHECK(holds(page, "Senior card application form"));
  CHECK(chinese(page, "敬老卡申请登记表"));
  CHECK(holds(page, "65 or older, registered in Shanghai"));
  CHECK(!holds(page, "年满65周岁"));
  CHECK(holds(page, "Printed there and signed"));
  CHECK(holds(page, std::string(Words(true)(Word::GuideTranslated))));
}

TEST_CASE("a Chinese guide has no English and no note on a translation") {
  app::Model model = english("/item/i072");
  model.settings.language = app::Language::Chinese;
  const std::string page = html_of(model);
  CHECK(holds(page, ">敬老卡申领、发放</h1>"));
  CHECK(!holds(page, "Senior card"));
  CHECK(!holds(page, std::string(Words(false)(Word::GuideTranslated))));
}

TEST_CASE("in English every guide fits, from the narrowest window to the largest type") {
  for (const auto& item : catalogue::real().catalogue.items) check_lines(english("/item/" + item.id.text()));
}

TEST_CASE("in English the whole list, and each item's materials in the preparation, fit") {
  check_lines(english("/items"));
  app::Model home = english("/");
  home.typed = "card";
  check_lines(home);
}

TEST_CASE("an English checklist has each name in both languages, for the window") {
  app::Model model = english("/item/i072");
  model.print = app::PrintJob::Checklist;
  const std::string sheet = headless::render_page([&](ui::Ui& ui) { draw_print(ui, model); }, model.now, true).html;
  CHECK(holds(sheet, ">Senior card: apply, collect</h1>"));
  CHECK(chinese(sheet, "敬老卡申领、发放"));
  CHECK(chinese(sheet, "敬老卡申请登记表"));
}

TEST_CASE("a hit by English words shows them where the page is English, and names them where it is Chinese") {
  const auto& catalogue = catalogue::real().catalogue;
  const catalogue::SearchIndex index(catalogue, catalogue::real().pinyin);
  app::Model model = english("/");
  model.typed = "senior card";
  model.items = app::find_items(catalogue, index, {.query = model.typed}, catalogue::Reading::English);
  REQUIRE(!model.items.rows.empty());
  CHECK(holds(html_of(model), "<mark>Senior</mark>"));
  model.settings.language = app::Language::Chinese;
  CHECK(holds(html_of(model), "也叫“Senior card: apply, collect”"));
}

}  // namespace tongban::views
