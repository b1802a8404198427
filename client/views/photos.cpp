#include "client/views/photos.h"

#include <algorithm>

#include "client/views/format.h"

namespace tongban::views {
namespace {

constexpr float thumbnail = 84;

}  // namespace

std::string doubt_words(const Screen& screen, const app::Photo& photo) {
  switch (app::doubt_of(photo.look)) {
    case app::Doubt::Small:
      return screen.say(Word::PhotoSmall, {{"width", std::to_string(photo.look.width)}, {"height", std::to_string(photo.look.height)}});
    case app::Doubt::Blurred: return std::string(screen.say(Word::PhotoBlurred));
    case app::Doubt::Glare: {
      const auto where = static_cast<Word>(static_cast<int>(Word::WhereTopLeft) + photo.look.glare_at);
      return screen.say(Word::PhotoGlare, {{"where", screen.say(where)}});
    }
    case app::Doubt::None: break;
  }
  return {};
}

bool doubted(const app::Photo& photo) { return app::doubt_of(photo.look) != app::Doubt::None; }

std::size_t doubts(const app::Paper* paper) {
  return paper ? static_cast<std::size_t>(std::count_if(paper->photos.begin(), paper->photos.end(), doubted)) : 0;
}

PhotoWish photo_row(Screen& screen, std::string_view material, const app::Photo& photo, int number, PhotoTools tools) {
  auto& ui = screen.ui;
  const bool few = !ui.flowing() && ui.ems() < 15;   // characters beside the picture
  auto row = ui.item(photo.hex(), {.axis = few ? ui::Axis::Column : ui::Axis::Row, .gap = 12, .align = few ? ui::Align::Start : ui::Align::Center});
  const std::string words = screen.say(Word::PhotoNumber, {{"n", std::to_string(number)}, {"size", file_size(screen.say, photo.size)}});
  const std::string name = std::string(material) + std::string(screen.say(Word::Comma)) + words;
  const std::string doubt = doubt_words(screen, photo);
  if (photo.media_type == "application/pdf") ui.icon(ui::Icon::Doc, 28, ui::Tone::Accent);
  else ui.image("picture", name, "photo:" + photo.hex(), thumbnail, thumbnail);
  const bool signs = ui.ems() >= 13;
  const auto remove = [&] {
    return tools != PhotoTools::None && ui.button("remove", screen.say(Word::PhotoRemove),
        {.kind = ui::ButtonKind::Text, .icon = signs ? ui::Icon::Trash : ui::Icon::None, .describe = std::string(screen.say(Word::PhotoRemove)) + " " + name});
  };
  const auto retake = [&]() -> std::optional<ui::FileRef> {
    if (tools != PhotoTools::RemoveOrRetake || doubt.empty()) return std::nullopt;
    return ui.file("again", screen.say(Word::PhotoRetake), {.kind = ui::ButtonKind::Strong, .icon = signs ? ui::Icon::Camera : ui::Icon::None,
                                                                .describe = std::string(screen.say(Word::PhotoRetake)) + " " + name});
  };
  const bool two_tools = tools == PhotoTools::RemoveOrRetake && !doubt.empty();
  const bool below = ui.phone() || ui.roomy() || two_tools;   // no room for all beside each other
  {
    auto lines = ui.column({.gap = 2, .grow = 1});
    ui.text(words);
    if (!doubt.empty()) {
      auto line = ui.row({.gap = 8, .align = ui::Align::Start});
      ui.icon(ui::Icon::Warn, 24, ui::Tone::Warn);
      ui.text(doubt, {.size = ui::TextSize::Caption, .tone = ui::Tone::Warn, .bold = true, .grow = 1});
    }
    if (below) {
      auto action = ui.row({.gap = 8, .align = ui::Align::Center, .wrap = true});
      return {.remove = remove(), .instead = retake()};
    }
  }
  return {.remove = remove(), .instead = retake()};
}

app::PhotoLook look_of(const ui::FileRef& file) {
  const ui::PictureLook& look = file.look;
  return {look.width, look.height, look.sharpness, look.glare, look.glare_at};
}

}  // namespace tongban::views
