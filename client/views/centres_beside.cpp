// A desktop's centres: the list at the left stays as it stands, with its place and the focus, while one centre after
// another is chosen; what is known of the chosen one stands at the right.
#include "client/views/centres.h"
#include "client/views/chrome.h"

namespace tongban::views {
namespace {

constexpr float list_width = 440, least_ems = 54;

void list_side(Screen& screen) {
  auto& ui = screen.ui;
  auto main = ui.region(ui::Region::Main, {.width = list_width});
  auto column = ui.column({.gap = 20, .pad = {20, 20, 40, 32}});
  search_field(screen, "q", Word::CentresSearchLabel, screen.say(Word::CentresSearch), false, false);
  centres_list(screen);
}

void centre_side(Screen& screen) {
  auto& ui = screen.ui;
  const bool chosen = screen.model.route.page == app::Page::Centre;
  const std::string name = chosen ? centre_heading(screen) : std::string(screen.say(Word::CentreAboutTitle));
  auto beside = ui.region(ui::Region::Beside, {.role = ui::Role::Section, .label = name});
  auto column = ui.column({.gap = 20, .pad = {20, ui.margin().right, 40, 20}, .grow = 1});
  {
    auto tools = ui.row({.justify = ui::Justify::End});
    pills(screen);
  }
  if (!screen.model.centre()) {
    auto middle = ui.column({.justify = ui::Justify::Center, .grow = 1});
    return ui.empty(ui::Icon::Pin, screen.say(chosen ? Word::CentreUnknown : Word::CentreChooseBeside));
  }
  ui.heading(2, name);
  ui.announce(name);
  centre_content(screen, 2);
}

}  // namespace

bool room_beside_centres(const Screen& screen) {
  return screen.ui.desktop() && !screen.ui.flowing() && screen.ui.ems() >= least_ems && screen.model.has_catalogue();
}

void centres_beside(Screen& screen) {
  // One address for both, so that the list is the same one.
  auto page = open_page(screen, {.title = centre_title(screen), .route = "/centres"});
  list_side(screen);
  centre_side(screen);
  over(screen);
}

}  // namespace tongban::views
