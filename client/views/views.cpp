#include "client/views/views.h"

#include "client/views/chrome.h"
#include "client/views/screen.h"

namespace tongban::views {

std::string Screen::unpublished() const {
  if (hotline().empty()) return std::string(say(Word::NotPublished));
  return say(Word::AskHotline, {{"hotline", hotline()}});
}

app::Intents draw(ui::Ui& ui, const app::Model& model) {
  app::Intents out;
  Screen screen{ui, model, out, model.words()};
  switch (model.route.page) {
    case app::Page::Home: home(screen); break;
    case app::Page::Items: items(screen); break;
    case app::Page::Item: guide(screen); break;
    case app::Page::Prepare: prepare(screen); break;
    case app::Page::Drafts: drafts(screen); break;
    case app::Page::Cases: cases(screen); break;
    case app::Page::Case: one_case(screen); break;
    case app::Page::Centres: centres(screen); break;
    case app::Page::Centre: centre(screen); break;
    case app::Page::Help: help(screen); break;
    case app::Page::Settings: settings(screen); break;
    case app::Page::Staff: staff(screen); break;
    case app::Page::StaffCase: staff_case(screen); break;
    case app::Page::StaffWalkIn: staff_walk_in(screen); break;
    case app::Page::StaffCarried: staff_carried(screen); break;
    case app::Page::Missing: missing(screen); break;
  }
  return out;
}

void missing(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_page(screen, {.title = screen.say(Word::MissingTitle), .route = "/missing"});
  {
    auto main = ui.region(ui::Region::Main);
    auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
    plain_head(screen, Word::MissingTitle);
    ui.text(screen.say(Word::MissingCaption), {.tone = ui::Tone::Ink2});
    auto row = ui.row({});
    ui.link("home", screen.say(Word::MissingHome), "/", {.as_button = true, .kind = ui::ButtonKind::Filled});
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
