// How dates, numbers and names are written for people, in both languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assets/words/words.h"
#include "client/ui/ui.h"
#include "shared/base/time.h"
#include "shared/catalogue/model.h"
#include "shared/catalogue/opening.h"
#include "shared/catalogue/search.h"

namespace tongban::views {

std::string day(Words say, Date date);           ///< 11月24日
std::string full_day(Words say, Date date);      ///< 2026年11月24日
std::string_view weekday(Words say, Date date);  ///< 周二
std::string day_with_weekday(Words say, Date date);
std::string moment(Words say, Instant at);       ///< 11月24日 14:32
std::string spans(const std::vector<catalogue::Span>& spans);  ///< 8:30–11:30, 13:00–16:30
std::string file_size(Words say, std::uint32_t octets);

/// 310110********0414, 139****6207: what a screen shows of a number that others may see over the shoulder.
std::string masked_identity(std::string_view number);
std::string masked_mobile(std::string_view number);

/// "曲阳路街道中心", "Quyang Road Subdistrict centre"; the id when the catalogue doesn't know it.
std::string centre_name(Words say, const catalogue::Catalogue* catalogue, const CentreId& id);
std::string centre_name(Words say, const catalogue::Centre& centre);
/// The same for what a window reads, too: an English page has the Chinese name behind it.
std::string centre_for_window(Words say, const catalogue::Catalogue* catalogue, const CentreId& id);
/// With its district; likewise for both.
std::string township_name(Words say, const catalogue::Catalogue& catalogue, const TownshipCode& code);
/// A name in a list to choose from: somebody may know either.
std::string to_choose(Words say, const std::string& chinese, const std::string& english);
std::string_view district_name(Words say, const catalogue::Catalogue& catalogue, const std::string& code);

/// The text cut into runs, with what the search matched marked. The pieces point into `text`.
std::vector<ui::Run> marked(std::string_view text, const std::vector<catalogue::Range>& ranges, bool bold);

struct ModeLook {
  Word name, short_name;
  ui::Icon icon;
  ui::Style style;
};
ModeLook mode_look(catalogue::Mode mode);

ui::Icon icon_named(std::string_view name);

/// "现在开门" with "到 16:30", or "现在关门" with "明天 8:30 开".
struct OpenLine {
  bool open = false, known = true;
  std::string state, when;
};
OpenLine open_line(Words say, const catalogue::Centre& centre, const catalogue::Calendar& calendar, Instant now);

}  // namespace tongban::views
