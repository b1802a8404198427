// What is being prepared on this device.
#include <algorithm>

#include "client/views/chrome.h"
#include "client/views/rows.h"

namespace tongban::views {

void drafts(Screen& screen) {
  auto& ui = screen.ui;
  auto page = open_page(screen, {.title = screen.say(Word::DraftsTitle), .route = "/drafts", .bar_title = screen.say(Word::DraftsTitle), .back = true});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
    {
      auto head = ui.row({.gap = 16, .align = ui::Align::Center});
      ui.heading(1, screen.say(Word::DraftsTitle), {.grow = 1});
      if (ui.desktop()) pills(screen);
    }
    const auto carried = std::count_if(screen.model.outbox.begin(), screen.model.outbox.end(), [](const app::OutboxEntry& entry) { return entry.by_hand; });
    if (carried > 0) {
      auto list = ui.list(screen.say(Word::StateCarried), {.gap = 12});
      for (const auto& entry : screen.model.outbox)
        if (entry.by_hand) outgoing_row(screen, entry);
    }
    if (screen.model.drafts.empty() && carried == 0) {
      ui.empty(ui::Icon::Edit, screen.say(Word::DraftsEmpty), screen.say(Word::DraftsEmptyCaption));
      auto row = ui.row({.justify = ui::Justify::Center});
      ui.link("items", screen.say(Word::NavItems), "/items", {.as_button = true, .kind = ui::ButtonKind::Filled});
    } else if (!screen.model.drafts.empty()) {
      auto list = ui.list(screen.say(Word::DraftsTitle), {.axis = ui::Axis::Grid, .gap = 16, .min_column = 400});
      for (const auto& draft : screen.model.drafts) draft_row(screen, draft, true);
    }
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
