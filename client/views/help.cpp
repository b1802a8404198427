// What people ask: where to go, what the two ways mean, what is kept where.
#include "client/views/chrome.h"

namespace tongban::views {
namespace {

constexpr std::pair<Word, Word> questions[] = {
    {Word::HelpQ1, Word::HelpA1}, {Word::HelpQ2, Word::HelpA2}, {Word::HelpQ3, Word::HelpA3}, {Word::HelpQ4, Word::HelpA4},
    {Word::HelpQ5, Word::HelpA5}, {Word::HelpQ6, Word::HelpA6}, {Word::HelpQ7, Word::HelpA7},
};

void hotline_card(Screen& screen) {
  auto& ui = screen.ui;
  if (screen.hotline().empty()) return;
  auto card = ui.card({.key = "hotline", .axis = ui::Axis::Row, .gap = 16, .align = ui::Align::Center, .wrap = true});
  {
    auto words = ui.column({.gap = 4, .grow = 1});
    ui.heading(2, screen.say(Word::HelpHotline, {{"hotline", screen.hotline()}}));
    ui.caption(screen.say(Word::HelpHotlineCaption, {{"edition", screen.catalogue().edition}}));
  }
  ui.link("call", screen.say(Word::HotlineCall, {{"hotline", screen.hotline()}}), "tel:" + std::string(screen.hotline()),
          {.icon = ui::Icon::Call, .as_button = true, .kind = ui::ButtonKind::Strong});
}

}  // namespace

void help(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_page(screen, {.title = screen.say(Word::HelpTitle), .route = "/help"});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
    {
      auto top = ui.row({.gap = 16, .align = ui::Align::Center});
      ui.heading(1, screen.say(Word::HelpTitle), {.grow = 1});
      if (ui.desktop()) pills(screen);
    }
    hotline_card(screen);
    {
      auto list = ui.grid({.key = "questions", .gap = 12, .min_column = 400});
      int number = 0;
      for (const auto& [question, answer] : questions) {
        auto card = ui.card({.key = "q" + std::to_string(++number), .gap = 8});
        ui.heading(2, screen.say(question), {.size = ui::TextSize::H3});
        ui.text(screen.say(answer, {{"hotline", screen.hotline()}}));
      }
    }
    auto about = ui.column({.key = "about", .gap = 8, .pad = 20, .style = ui::Style::Sunk});
    ui.heading(2, screen.say(Word::HelpAbout), {.size = ui::TextSize::H3});
    ui.text(screen.say(Word::HelpAboutText));
    ui.text(screen.say(Word::HelpDemo));
    if (screen.model.has_catalogue()) ui.caption(screen.say(Word::CatalogueOf, {{"edition", screen.catalogue().edition}}));
    ui.link("settings", screen.say(Word::NavSettings), "/settings", {.icon = ui::Icon::Gear});
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
