#include "tests/unit/views/drawn.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "client/ui/audit.h"
#include "client/ui/layout.h"
#include "client/views/views.h"
#include "tests/unit/views/contrast.h"
#include "tests/unit/views/line_faults.h"

namespace tongban::views {
namespace {

std::vector<std::string> faults_of(const app::Model& model, const Size& size, ui::TypeSize type, bool english) {
  ui::Input input;
  input.width = size.width;
  input.height = size.height;
  input.type_size = type;
  input.english = english;
  input.now = model.now;
  ui::Tree tree;
  {
    ui::Ui ui(input, tree);
    draw(ui, model);
  }
  ui::layout_screen(tree, ui::Faces{}, {.width = size.width, .height = size.height});
  std::vector<std::string> faults = ui::audit(tree);
  // The window's screens are for a desk, in Chinese, at the staff's own type size; others show them as best they can.
  if (tree.staff && (size.width < 1000 || english || type != ui::TypeSize::Normal)) return faults;
  for (std::string& fault : line_faults(tree, size.width)) faults.push_back(std::move(fault));
  const bool touched = size.width == 1366 && type == ui::TypeSize::Normal && !english;
  for (const ui::Theme theme : {ui::Theme::Light, ui::Theme::Dark})
    for (std::string& fault : contrast_faults(tree, theme, touched)) faults.push_back(std::move(fault));
  return faults;
}

bool is_below(const ui::Tree& tree, const ui::Node& node, int above) {
  for (int at = node.parent; at >= 0; at = tree.at(at).parent)
    if (at == above) return true;
  return false;
}

}  // namespace

void check_everywhere(const app::Model& model) {
  for (const Size& size : sizes)
    for (const ui::TypeSize type : {ui::TypeSize::Normal, ui::TypeSize::Large, ui::TypeSize::Extra, ui::TypeSize::Largest})
      for (const bool english : {false, true}) {
        app::Model shown = model;
        shown.settings.language = english ? app::Language::English : app::Language::Chinese;
        shown.settings.type_size = static_cast<app::TypeSize>(type);
        for (const std::string& fault : faults_of(shown, size, type, english)) {
          CAPTURE(to_path(model.route));
          CAPTURE(std::string(size.name));
          CAPTURE(static_cast<int>(type));
          CAPTURE(english);
          FAIL_CHECK(fault);
        }
      }
}

ui::Tree tree_at(const app::Model& model, const Size& size) {
  ui::Input input;
  input.width = size.width;
  input.height = size.height;
  input.type_size = static_cast<ui::TypeSize>(model.settings.type_size);
  input.now = model.now;
  ui::Tree tree;
  {
    ui::Ui ui(input, tree);
    draw(ui, model);
  }
  return tree;
}

ui::Tree desktop_tree(const app::Model& model) { return tree_at(model, sizes[3]); }
ui::Tree phone_tree(const app::Model& model) { return tree_at(model, sizes[0]); }

bool has(const ui::Tree& tree, std::string_view words) {
  return std::any_of(tree.nodes.begin(), tree.nodes.end(), [&](const ui::Node& node) { return tree.text(node.words) == words; });
}

bool says(const app::Model& model, std::string_view words) { return has(desktop_tree(model), words); }

std::vector<std::string> words_in(const ui::Tree& tree, ui::Region region) {
  std::vector<std::string> found;
  for (const ui::RegionRef& ref : tree.regions)
    for (const ui::Node& node : tree.nodes)
      if (ref.region == region && !node.words.empty() && is_below(tree, node, ref.node)) found.emplace_back(tree.text(node.words));
  return found;
}

bool in_bar(const ui::Tree& tree, std::string_view words) {
  const auto found = words_in(tree, ui::Region::Bottom);
  return std::find(found.begin(), found.end(), words) != found.end();
}

ui::Skin skin_in_bar(const ui::Tree& tree, std::string_view words) {
  for (const ui::RegionRef& ref : tree.regions)
    for (const ui::Node& node : tree.nodes)
      if (ref.region == ui::Region::Bottom && is_below(tree, node, ref.node) && tree.text(node.words) == words) return tree.at(node.parent).skin;
  return ui::Skin::None;
}

app::FakeShell opened(const std::string& path) {
  app::FakeShell shell;
  shell.open(path);
  return shell;
}

casework::CaseView demo_view(casework::Stage stage) {
  casework::CaseView view;
  view.number = CaseNumber("TB261124-DEM0DEM0");
  view.item = ItemId("s1");
  view.applicant = "演**";
  view.stage = stage;
  view.received_by = view.custodian = fakes::quyang;
  view.decided_by = fakes::wujiaochang;
  view.materials = {{"m1", casework::MaterialWay::Attached, {{.digest = {1}, .media_type = "image/jpeg", .size = 4096}}}, {"m3", casework::MaterialWay::Bring, {}}};
  view.timeline = {{.seq = 0, .kind = casework::EventKind::Submitted, .centre = fakes::quyang, .actor = "resident", .at = {1'795'492'800'000}, .device_time = {}, .payload = {}},
                   {.seq = 1, .kind = casework::EventKind::Received, .centre = fakes::quyang, .actor = "staff", .at = {1'795'493'800'000}, .device_time = {}, .payload = {}}};
  if (stage == casework::Stage::Returned) {
    view.open_return = casework::EventPayload{};
    view.open_return->verdicts = {{"m1", casework::Verdict::Missing, "没写日期，请补写日期再拍一张"}};
    view.open_return->due = Date{std::chrono::year(2026), std::chrono::month(12), std::chrono::day(1)};
  }
  return view;
}

app::Photo demo_photo(std::uint8_t mark, float sharpness) {
  return {.digest = {mark}, .media_type = "image/jpeg", .size = 2048, .look = {.width = 3000, .height = 4000, .sharpness = sharpness}};
}

}  // namespace tongban::views
