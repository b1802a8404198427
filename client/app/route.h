// Where in the portal a person is. A route and its address are two writings of one thing: `parse_route` and
// `to_path` are pure and inverse, so every screen opens cold, offline and from a bookmark. The shell owns history.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "client/app/guide_notes.h"

namespace tongban::app {

enum class Page : std::uint8_t {
  Home, Items, Item, Prepare, Drafts, Cases, Case, Centres, Centre, Help, Settings,
  Staff, StaffCase, StaffWalkIn, StaffCarried, Missing,
};

/// The five steps of preparing an application.
enum class Step : std::uint8_t { Situation, Form, Materials, Review, Submit };
inline constexpr int step_count = 5;

/// On a desktop the list and the centre stand side by side.
constexpr bool lists_centres(Page page) { return page == Page::Centres || page == Page::Centre; }
constexpr bool is_staff(Page page) { return page == Page::Staff || page == Page::StaffCase || page == Page::StaffWalkIn || page == Page::StaffCarried; }

/// What narrows the list of items. What is empty doesn't narrow.
struct ItemFilter {
  std::string query = {};
  std::string event = {};       ///< key of a life event
  std::set<std::string> departments = {};  ///< lines of work at the window: 人社, 民政 …; none: all
  std::string mode = {};        ///< "direct", "separate", "outside", "unpublished"
  std::string audience = {};    ///< "permit" (permit holders too), "registered" (registered only), "unstated"
  bool operator==(const ItemFilter&) const = default;
};

struct CentreFilter {
  std::string query = {};
  std::string district = {};  ///< district code
  bool open_now = false;
  bool operator==(const CentreFilter&) const = default;
};

/// What stands on a receipt: enough to follow a case from any device.
struct CaseTicket {
  std::string number, code;
  bool operator==(const CaseTicket&) const = default;
};

struct Route {
  Page page = Page::Home;
  std::string id;     ///< item, centre or case; for Missing the address that led nowhere
  Step step = Step::Situation;
  std::string draft;  ///< Prepare: the first eight hexadecimal digits of the draft's id; empty: the newest of the item
  ItemFilter items;
  CentreFilter centres;   ///< Centres; Centre: of the list beside it, where there is room for one
  std::string tab;    ///< Staff: which list
  std::optional<GuideNotes> notes = {};  ///< Item: answers and ticks that another device has sent along
  std::optional<CaseTicket> ticket = {};  ///< Cases: a receipt's code was read
  std::string taken = {};  ///< Drafts: the digits of a draft that somebody takes home (take_home.h)
  bool operator==(const Route&) const = default;
};

/// The route that an address (path and query, percent-encoded) names; Page::Missing when it names none.
Route parse_route(std::string_view path);
/// The address of a route; never holds personal data, and so no ticket.
std::string to_path(const Route& route);
/// The address in a receipt's QR code. The ticket stands behind a #, which browsers keep to themselves: no server and
/// no log sees it.
std::string receipt_address(const CaseTicket& ticket);
/// The address of a draft that is taken along, up to its digits; likewise behind a #.
std::string take_home_address();

// Short ways to say a route.
Route home();
Route items(ItemFilter filter = {});
Route item(std::string id);
Route item_with(std::string id, GuideNotes notes);
Route prepare(std::string item, Step step, std::string draft);
Route plain(Page page);
Route with_id(Page page, std::string id);

}  // namespace tongban::app
