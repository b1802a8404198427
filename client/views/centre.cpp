// One centre: open or not, the next seven days, address and telephone as far as they are known.
#include "client/views/centres.h"
#include "client/views/chrome.h"
#include "client/views/format.h"

namespace tongban::views {
namespace {

void week(Screen& screen, const catalogue::Centre& centre, int heading) {
  auto& ui = screen.ui;
  if (screen.timeless()) return;
  const auto days = catalogue::coming_days(centre, screen.catalogue().calendar, screen.model.now);
  auto card = ui.card({.key = "week", .gap = 12});
  ui.heading(heading, screen.say(Word::CentreWeek), {.size = ui::TextSize::H3});
  bool provisional = false, assumed = false;
  {
    auto pairs = ui.pairs({.gap = 10, .divided = true});
    for (std::size_t at = 0; at < days.size(); ++at) {
      const auto& one = days[at];
      provisional = provisional || one.provisional;
      assumed = assumed || one.assumed;
      const std::string name = at == 0 ? std::string(screen.say(Word::CentreToday)) : day_with_weekday(screen.say, one.date);
      ui.pair(name, one.spans.empty() ? std::string(screen.say(Word::CentreClosedDay)) : spans(one.spans));
    }
  }
  ui.caption(screen.say(centre.hours.is_default ? Word::CentreHoursDefault : Word::CentreHoursOwn));
  if (!centre.hours.note.empty()) ui.caption(centre.hours.note);
  if (assumed) ui.caption(screen.say(Word::CentreMakeUp));
  if (provisional) ui.caption(screen.say(Word::CentreProvisional));
}

Word status_word(catalogue::CentreStatus status) {
  switch (status) {
    case catalogue::CentreStatus::Derived: return Word::CentreDerived;
    case catalogue::CentreStatus::AuthenticOlder: return Word::CentreOlder;
    default: return Word::CentreNameOnly;
  }
}

void about(Screen& screen, const catalogue::Centre& centre, int heading) {
  auto& ui = screen.ui;
  auto card = ui.card({.key = "about", .gap = 12});
  ui.heading(heading, screen.say(Word::CentreAboutTitle), {.size = ui::TextSize::H3});
  {
    auto pairs = ui.pairs({.gap = 10, .divided = true});
    ui.pair(screen.say(Word::CentresDistrict), district_name(screen.say, screen.catalogue(), centre.district));
    ui.pair(screen.say(Word::CentreAddress), centre.address.empty() ? screen.unpublished() : centre.address);
    ui.pair(screen.say(Word::CentrePhone), centre.phone.empty() ? screen.unpublished() : centre.phone);
    if (!centre.grade_2019.empty()) ui.pair(screen.say(Word::CentreGrade, {{"grade", centre.grade_2019}}), centre.grade_2019);
  }
  if (centre.status == catalogue::CentreStatus::Authentic) return;
  auto note = ui.row({.gap = 8});
  ui.icon(ui::Icon::Info, 20, ui::Tone::Ink2);
  ui.caption(screen.say(status_word(centre.status)));
}

void actions(Screen& screen, const catalogue::Centre& centre) {
  auto& ui = screen.ui;
  auto row = ui.row({.gap = 12, .wrap = true});
  if (screen.model.settings.centre == centre.id) {
    ui.tag(screen.say(Word::CentreChosen), ui::Style::Tint, ui::Icon::Check);
  } else if (!screen.timeless() && ui.button("choose", screen.say(Word::CentreChoose), {.kind = ui::ButtonKind::Filled, .icon = ui::Icon::Pin})) {
    screen.want(intent::PreferCentre{centre.id});
  }
  if (centre.phone.empty()) return;
  // Several numbers may stand in one text; the call goes to the first.
  const std::string number = centre.phone.substr(0, centre.phone.find_first_of(" *"));
  ui.link("call", screen.say(Word::CentreCall), "tel:" + number, {.icon = ui::Icon::Call, .as_button = true, .describe = std::string(screen.say(Word::CentreCall)) + " " + number});
}

}  // namespace

std::string_view centre_title(const Screen& screen) {
  const catalogue::Centre* centre = screen.model.centre();
  return centre ? screen.zh_or_en(centre->name, centre->name_en) : screen.say(Word::CentresTitle);
}

std::string centre_heading(const Screen& screen) {
  const catalogue::Centre* centre = screen.model.centre();
  return centre ? centre_name(screen.say, *centre) : std::string(screen.say(Word::CentresTitle));
}

void centre_content(Screen& screen, int heading) {
  auto& ui = screen.ui;
  if (const catalogue::Centre* centre = screen.model.centre()) {
    {
      auto head = ui.column({.gap = 4});
      if (centre->name != centre_heading(screen)) ui.text(centre->name, {.tone = ui::Tone::Ink2});
      open_state(screen, *centre, true);
    }
    actions(screen, *centre);
    auto columns = ui.grid({.gap = 20, .min_column = 340});
    week(screen, *centre, heading + 1);
    about(screen, *centre, heading + 1);
  } else if (!no_catalogue(screen)) {
    ui.empty(ui::Icon::Pin, screen.say(Word::CentreUnknown));
    auto row = ui.row({.justify = ui::Justify::Center});
    ui.link("centres", screen.say(Word::NavCentres), "/centres", {.as_button = true});
  }
  hotline_line(screen);
}

void centre(Screen& screen) {
  if (room_beside_centres(screen)) return centres_beside(screen);
  auto& ui = screen.ui;
  const std::string address = to_path(app::with_id(app::Page::Centre, screen.model.route.id));
  auto page = open_page(screen, {.title = centre_title(screen), .route = address, .bar_title = screen.say(Word::CentresTitle), .back = true});
  {
    auto main = ui.region(ui::Region::Main);
    if (!ui.desktop()) strips(screen);
    auto column = ui.column({.gap = 20, .pad = page_pad(screen)});
    {
      auto top = ui.row({.gap = 16, .align = ui::Align::Center});
      if (ui.desktop()) back_button(screen);
      ui.heading(1, centre_heading(screen), {.grow = 1});
      if (ui.desktop()) pills(screen);
    }
    centre_content(screen, 1);
  }
  tabs(screen);
  over(screen);
}

}  // namespace tongban::views
