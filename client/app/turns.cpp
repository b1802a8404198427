#include "client/app/turns.h"

#include <algorithm>

#include "shared/catalogue/opening.h"

namespace tongban::app {
namespace {

/// When what is said of a centre ("现在开门", "明天 8:30 开") is no longer so.
Instant next_turn(const catalogue::Centre& centre, const catalogue::Calendar& calendar, Instant now) {
  const Date today = shanghai_time(now).date;
  const Instant midnight = from_shanghai(add_days(today, 1), 0);
  const auto state = catalogue::opening_at(centre, calendar, now);
  if (state.open) return from_shanghai(today, state.until);
  if (!state.next_day) return midnight;
  return std::min(midnight, from_shanghai(state.next_day->date, state.next_open));
}

}  // namespace

std::optional<Instant> next_turn_shown(const Model& model) {
  if (!model.shelf.catalogue) return std::nullopt;
  const catalogue::Calendar& calendar = model.shelf.catalogue->calendar;
  const Page page = model.route.page;
  const bool preferred = page == Page::Home || page == Page::Item;
  std::optional<Instant> next;
  if (const auto* centre = preferred ? model.preferred() : model.centre()) next = next_turn(*centre, calendar, model.now);
  if (!lists_centres(page)) return next;
  for (const auto& row : model.centres.rows) {
    const Instant turn = next_turn(model.shelf.catalogue->centres[row.centre], calendar, model.now);
    if (!next || turn < *next) next = turn;
  }
  return next;
}

}  // namespace tongban::app
