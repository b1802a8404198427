#include "client/platform/browser/portal.h"

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <emscripten.h>

#include "client/app/app.h"
#include "client/platform/browser/app_bridge.h"
#include "client/platform/headless/html.h"
#include "client/views/views.h"

EM_JS(void, tb_random, (std::uint8_t* out, int size), {
  // The browser gives at most 64 KiB at once.
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(HEAPU8.subarray(out + at, out + Math.min(size, at + 65536)));
});

namespace tongban::platform {
namespace {

class BrowserRandom final : public ports::Random {
 public:
  void fill(std::span<std::uint8_t> out) override { tb_random(out.data(), static_cast<int>(out.size())); }
};

/// One screen of each kind that people come to from the home; guides look different in each mode.
std::vector<app::Route> likely_next(const app::Model& model) {
  if (!model.has_catalogue() || model.shelf.catalogue->items.empty() || model.shelf.catalogue->centres.empty()) return {};
  const catalogue::Catalogue& catalogue = *model.shelf.catalogue;
  std::vector<app::Route> next = {app::items(), app::items({.query = "a"})};
  std::set<catalogue::Mode> modes;
  for (const catalogue::Item& item : catalogue.items) if (modes.insert(item.mode).second) next.push_back(app::item(item.id.text()));
  const std::string item = catalogue.items.front().id.text();
  for (const app::Step step : {app::Step::Situation, app::Step::Form, app::Step::Materials}) next.push_back(app::prepare(item, step, {}));
  next.push_back(app::plain(app::Page::Centres));
  next.push_back(app::with_id(app::Page::Centre, catalogue.centres.front().id.text()));
  for (const app::Page page : {app::Page::Cases, app::Page::Help, app::Page::Settings}) next.push_back(app::plain(page));
  return next;
}

class Portal final : public Program {
 public:
  void receive(const Message& message) override {
    if (message.now().ms > 0) now_ = message.now();
    if (const auto event = to_event(message)) perform(app_.handle(*event));
  }

  void describe(ui::Ui& ui) override {
    const app::Intents intents = views::draw(ui, app_.model());
    if (!intents.empty()) perform(app_.apply(intents, now_));
  }

  Appearance look() const override {
    const app::Settings& s = app_.model().settings;
    return {s.theme == app::Theme::HighContrast ? ui::Theme::Dark : ui::Theme::Light, static_cast<ui::TypeSize>(s.type_size), s.english(),
            app_.model().words()(Word::SkipToContent)};
  }

  void touched(Instant now) override { app_.touch(now); }

  bool ready() const override { return app_.model().shelf.state != app::ShelfState::Loading; }

  std::string wanted_picture() const override { return picture_; }
  void describe_picture(ui::Ui& ui) override {
    picture_.clear();
    views::draw_print(ui, app_.model());
  }

  bool rehearse(ui::Ui& ui, std::size_t scene) override {
    const std::vector<app::Route> next = likely_next(app_.model());
    if (scene >= next.size()) return false;
    views::draw(ui, app_.foresee(next[scene]));
    return true;
  }

  std::string take_focus() override { return std::exchange(focus_, {}); }

 private:
  void perform(const app::Effects& effects) {
    for (const app::Effect& effect : effects) {
      if (const auto* focus = std::get_if<app::effect::Focus>(&effect)) focus_ = focus->key;
      else if (std::holds_alternative<app::effect::Print>(effect)) print();
      else if (const auto* picture = std::get_if<app::effect::PictureOfPrint>(&effect)) picture_ = picture->name;
      else send_effect(effect, now_);
    }
  }

  void print() {
    const auto page = headless::render_page([&](ui::Ui& ui) { views::draw_print(ui, app_.model()); }, now_, app_.model().settings.english());
    Outgoing("print").text("html", page.html).text("title", page.title).send();
  }

  BrowserRandom random_;
  app::App app_{random_};
  Instant now_{};
  std::string focus_, picture_;
};

}  // namespace

std::unique_ptr<Program> make_portal() { return std::make_unique<Portal>(); }

}  // namespace tongban::platform
