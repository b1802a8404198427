#include "client/platform/browser/stage.h"

#include <algorithm>
#include <cmath>

#include "client/platform/headless/flow.h"
#include "client/platform/headless/html.h"
#include "client/ui/audit.h"
#include "client/ui/json_text.h"
#include "client/ui/twin_diff.h"

namespace tongban::platform {

void Stage::receive(const Message& message) {
  if (!message.valid()) return;
  if (const Instant now = message.now(); now.ms > 0) input_.now = now;
  if (own_message(message)) return;
  program_->receive(message);
  stale_ = true;
}

bool Stage::own_message(const Message& message) {
  const std::string_view type = message.type();
  if (type == "start") {
    start(message);
  } else if (type == "viewport") {
    resize(message);
  } else if (type == "act") {
    program_->touched(input_.now);
    act(message);
  } else if (type == "hover" || type == "press") {
    program_->touched(input_.now);
    (type == "hover" ? paint_.hover : paint_.press) = message.id("id");
    repaint_ = true;
  } else if (type == "scroll") {
    program_->touched(input_.now);
    scroll_y_ = message.real("y");
    for (const ui::LayerFrame& frame : frames_) if (frame.region == ui::Region::Main && !layers_.covers(frame, scroll_y_)) repaint_ = true;
  } else if (type == "font") {
    font(message);
  } else if (type == "file") {
    const ui::PictureLook look{static_cast<int>(message.number("width")), static_cast<int>(message.number("height")), message.real("sharpness"),
                               message.real("glare"), std::clamp(static_cast<int>(message.number("glareAt")), 0, 8)};
    const ui::Action action{message.id("id"), ui::ActionKind::File, std::string(message.text("name")), std::string(message.text("type")), message.blob(), look};
    act_on_views(action);
    stale_ = true;
  } else if (type == "paper") {
    print_screen();
  } else if (type == "contextlost") {
    layers_.context_lost();
  } else if (type == "contextrestored") {
    layers_.context_restored();
    repaint_ = true;
  } else {
    if (type == "route") arrival_y_ = message.real("y");
    return false;
  }
  return true;
}

void Stage::start(const Message& message) {
  started_ = true;
  quiet_ = message.flag("reducedMotion");
  written_ = message.flag("written");
  input_.coarse = message.flag("coarse");
  input_.memory = &memory_;
  resize(message);
  drawable_ = !message.flag("flow") && layers_.create();
  Outgoing("stage").flag("canvas", drawable_).send();
  program_->receive(message);
}

void Stage::resize(const Message& message) {
  input_.width = message.real("width", input_.width);
  input_.height = message.real("height", input_.height);
  input_.dpr = std::clamp(message.real("dpr", input_.dpr), 0.5f, 4.f);
  gutter_ = message.real("gutter", gutter_);
  stale_ = true;
}

void Stage::act(const Message& message) {
  ui::Action action;
  action.id = message.id("id");
  const auto changed = [&](std::string_view attribute, std::string_view value) {
    if (drawable_) twin_.element_changed(action.id, attribute, value);
    else ui::element_changed(flow_, action.id, attribute, value);
  };
  action.value = message.text("value");
  const std::string_view kind = message.text("kind");
  if (kind == "input") {
    action.kind = ui::ActionKind::Value;
    changed("value", message.text("value"));
  } else if (kind == "change") {
    action.kind = ui::ActionKind::Change;
    if (message.find("checked")) changed("checked", message.flag("checked") ? "true" : "false");
    else changed("value", message.text("value"));
  } else if (kind == "submit") {
    action.kind = ui::ActionKind::Submit;
  } else if (kind == "blur") {
    action.kind = ui::ActionKind::Blur;
  } else if (kind == "focus") {
    action.kind = ui::ActionKind::Focus;
  } else if (kind == "cancel") {
    action.kind = ui::ActionKind::Cancel;
  }
  act_on_views(action);
  stale_ = true;
}

void Stage::font(const Message& message) {
  fonts_.add(message.text("name"), message.blob());
  rehearsal_.again();
  stale_ = true;
}

/// What was done is found out by describing the screen once more; what comes of it is described by the next frame.
void Stage::act_on_views(const ui::Action& action) {
  input_.action = &action;
  input_.last = nullptr;
  input_.new_parts = 0;
  run_views(spare_);
  input_.action = nullptr;
}

void Stage::describe() {
  const Appearance look = program_->look();
  const Ground ground{input_.width, input_.height, gutter_, static_cast<ui::TypeSize>(look.type_size), look.english, fonts_.generation()};
  input_.last = drawable_ ? &tree_ : nullptr;
  input_.last_fits = ground_ == ground;
  input_.new_parts = new_parts();
  run_views(spare_);
  std::swap(tree_, spare_);
  ground_.reset();
  next_ground_ = ground;
}

/// How many rows of a new list a frame has time for; at first as many as the window and what is painted beyond it hold.
/// Somebody who comes back to the middle of a list finds all of it at once.
int Stage::new_parts() const {
  constexpr float least_row = 84;
  constexpr int more = 20;
  if (!drawable_ || (arrival_y_.value_or(scroll_y_) > 0 && !tree_.unfinished)) return 0;
  return tree_.unfinished ? more : static_cast<int>(input_.height / least_row);
}

void Stage::run_views(ui::Tree& tree) {
  const Appearance look = program_->look();
  input_.theme = paint_.theme = look.theme;
  input_.type_size = look.type_size;
  input_.english = look.english;
  input_.flowing = started_ && !drawable_;
  ui::Ui ui(input_, tree);
  program_->describe(ui);
}

Wish Stage::frame(double now_ms) {
  if (!started_ || (drawable_ && !fonts_.ready())) return Wish::Nothing;
  if (!stale_ && !repaint_) return at_rest();
  if (!shown_ && written_ && !program_->ready()) {
    warm_up();
    return Wish::Nothing;
  }
  if (layers_.moving()) paint_.spin = quiet_ ? 0.1f : static_cast<float>(std::fmod(now_ms / 900.0, 1.0));
  const bool fresh = stale_;
  if (fresh) {
    describe();
    if (!drawable_) {
      stale_ = repaint_ = false;
      send_flow_page();
      send_extras();
      return Wish::Nothing;
    }
    frames_ = ui::layout_screen(tree_, fonts_.faces(), {input_.width, input_.height, gutter_});
    // An address that leads to the same page (another row of a list is chosen) leaves it where it stands.
    if (tree_.route != route_) scroll_y_ = shown_ ? arrival_y_.value_or(scroll_y_) : 0;
    arrival_y_.reset();
    for (const ui::LayerFrame& f : frames_) if (f.region == ui::Region::Main) scroll_y_ = std::clamp(scroll_y_, 0.f, std::max(0.f, f.content_h - f.h));
  }
  stale_ = repaint_ = false;
  layers_.paint(tree_, frames_, paint_, fonts_, input_.dpr, scroll_y_, fresh);
  if (!shown_ && !layers_.missing().empty() && fonts_.main_on_its_way()) {
    // The page written beforehand stays until its words can be drawn: never a flash of empty squares.
    ask_for_fonts();
    return Wish::Nothing;
  }
  draw_picture();
  send_frame(fresh ? twin_.update(tree_) : std::string("[]"));
  if (fresh) {
    ground_ = next_ground_;
    send_extras();
  }
  ask_for_fonts();
  shown_ = true;
  if (layers_.moving() && !quiet_) repaint_ = true;
  if (tree_.unfinished) stale_ = true;
  return repaint_ || stale_ ? Wish::Frame : at_rest();
}

/// The page written beforehand stands, and the catalogue is on its way: what can be drawn without it is drawn into the
/// void, so that the browser has compiled the code, and the GPU has the characters, when it comes.
void Stage::warm_up() {
  if (warm_ || !drawable_ || !fonts_.both_weights()) return;
  warm_ = true;
  run_views(spare_);
  for (const ui::LayerFrame& frame : ui::layout_screen(spare_, fonts_.faces(), {input_.width, input_.height, gutter_}))
    layers_.rehearse(spare_, frame, paint_, fonts_, input_.dpr);
  ui::Twin().update(spare_);
}

Wish Stage::at_rest() const { return shown_ && drawable_ && !rehearsal_.over() ? Wish::Rehearsal : Wish::Nothing; }

bool Stage::rehearse() {
  if (at_rest() != Wish::Rehearsal || stale_ || repaint_) return false;
  rehearsal_.play(*program_, fonts_, layers_, input_, paint_, gutter_);
  return !rehearsal_.over();
}


void Stage::send_frame(const std::string& operations) {
  const bool painted = std::any_of(layers_.list().begin(), layers_.list().end(), [](const Layer& l) { return l.painted; });
  const bool turned = tree_.route != route_;
  if (operations == "[]" && !painted && !turned && shown_) return;
  std::string layers = "[";
  for (const ui::LayerFrame& frame : frames_) {
    const auto layer = std::find_if(layers_.list().begin(), layers_.list().end(), [&](const Layer& l) { return l.region == frame.region; });
    if (layers.size() > 1) layers += ',';
    layers += "[" + std::to_string(static_cast<int>(frame.region) + 1);
    for (const float v : {frame.x, frame.y, frame.w, frame.h, frame.content_h, layer->canvas_y, layer->canvas_h}) {
      layers += ',';
      ui::json_number(layers, v);
    }
    layers += layer->painted ? ",1]" : ",0]";
  }
  layers += ']';
  Outgoing("frame").raw("layers", layers).raw("ops", operations).text("route", tree_.route).flag("turned", turned && shown_)
      .number("scroll", static_cast<double>(scroll_y_)).send();
  route_ = tree_.route;
}

/// What would be printed, drawn as a sheet of its own: the usual letters on white, whatever the screen looks like.
void Stage::draw_picture() {
  const std::string name = program_->wanted_picture();
  if (name.empty()) return;
  constexpr float sheet = 720;
  ui::Tree tree;
  ui::Input input;
  input.width = sheet;
  input.english = input_.english;
  input.now = input_.now;
  {
    ui::Ui ui(input, tree);
    program_->describe_picture(ui);
  }
  for (const ui::LayerFrame& frame : ui::layout_screen(tree, fonts_.faces(), {sheet, input.height}))
    if (frame.region == ui::Region::Main) layers_.keep_picture(tree, frame, fonts_, name);
}

void Stage::print_screen() {
  const auto page = headless::render_page([&](ui::Ui& ui) { program_->describe(ui); }, input_.now, input_.english);
  Outgoing("print").text("html", page.html).text("title", page.title).send();
}

void Stage::send_appearance() {
  const Appearance now = program_->look();
  if (appearance_ == now) return;
  appearance_ = now;
  static constexpr const char* sizes[] = {"normal", "large", "extraLarge", "largest"};
  Outgoing("look").text("lang", now.english ? "en" : "zh-CN").text("theme", now.theme == ui::Theme::Dark ? "dark" : "light")
      .text("size", sizes[static_cast<int>(now.type_size)]).text("skip", now.skip).send();
}

void Stage::send_extras() {
  send_appearance();
  if (tree_.title != title_) {
    title_ = tree_.title;
    Outgoing("title").text("text", title_).send();
  }
  std::vector<std::string> now;
  for (const ui::Announcement& a : tree_.announcements) {
    now.emplace_back(tree_.text(a.text));
    if (std::find(announced_.begin(), announced_.end(), now.back()) == announced_.end()) {
      Outgoing("announce").text("text", now.back()).flag("assertive", a.assertive).send();
    }
  }
  announced_ = std::move(now);
  send_focus();
}

void Stage::send_focus() {
  const std::string key = program_->take_focus();
  if (key.empty()) return;
  for (const ui::Node& node : tree_.nodes) {
    if (tree_.text(node.key) != key) continue;
    // A field's key names its box: the focus belongs to the element within.
    for (std::size_t i = static_cast<std::size_t>(&node - tree_.nodes.data()); i < tree_.nodes.size(); ++i) {
      const ui::Node& inner = tree_.nodes[i];
      const bool label = inner.tag && std::string_view(inner.tag) == "label";   // pressed, but never focused
      const bool control = inner.kind == ui::Kind::Input || (inner.has(ui::flag::Interactive) && !label);
      if (&inner != &node && !control) continue;
      if (!control && node.tag == nullptr) continue;
      if (!control && i + 1 < tree_.nodes.size() && node.first >= 0 && node.kind == ui::Kind::Box && !node.has(ui::flag::Heading)) continue;
      Outgoing("focus").number("id", static_cast<double>(inner.id)).send();
      return;
    }
  }
}

void Stage::send_flow_page() {
  std::vector<ui::TwinRecord> now = headless::flow_records(tree_);
  const std::string operations = ui::diff_records(flow_, now);
  flow_ = std::move(now);
  const bool turned = tree_.route != route_;
  if (operations == "[]" && !turned) return;
  Outgoing("flow").raw("ops", operations).text("route", tree_.route).flag("turned", turned && shown_).send();
  route_ = tree_.route;
  shown_ = true;
}

void Stage::ask_for_fonts() {
  for (const std::string& name : fonts_.wanted(layers_.missing())) Outgoing("font").text("name", name).send();
}

std::string Stage::audit_report() const {
  std::string out;
  for (const std::string& fault : ui::audit(tree_)) (out += fault) += '\n';
  // What is still missing when nothing more is on its way is drawn as an empty square.
  for (const char32_t c : layers_.missing()) out += "no glyph for code point " + std::to_string(static_cast<std::uint32_t>(c)) + '\n';
  return out;
}

}  // namespace tongban::platform
