// What the portal asks of the shell. Effects of one event are carried out in their order.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "client/app/event.h"
#include "shared/base/bytes.h"
#include "shared/base/time.h"

namespace tongban::app {

enum class StoreOp : std::uint8_t { Get, Put, Delete, List, Erase };

namespace effect {

/// Same-origin request; answered by event::Response with the same number.
struct Fetch {
  std::uint32_t request = 0;
  std::string method = "GET", url = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  Bytes body = {};
};

/// A record (space, key, version, blob); answered by event::Stored. `List` gives all rows of a space, `Erase` removes
/// a space, or everything when the space is empty.
struct Store {
  std::uint32_t request = 0;
  StoreOp op = StoreOp::Get;
  std::string space = {}, key = {};
  std::uint64_t version = 0;  ///< Put: the version that this one follows
  Bytes blob = {};
};

/// Puts an address into the history.
struct GoTo { std::string path; bool replace = false; };
struct Back {};
struct Announce { std::string text; bool assertive = false; };
/// Moves the focus to the control with this key in the current page (the `key` given to ui, not its hash).
struct Focus { std::string key; };
/// Wakes the app with event::Tick at this time; replaces the deadline before. Zero: none.
struct Deadline { Instant at; };
/// Prints what `views::draw_print` draws from the model as it is now.
struct Print {};
/// Draws what would be printed as a picture, and offers it to be kept under this name.
struct PictureOfPrint { std::string name; };
/// Hands an address on, through whatever the device offers for that.
struct Share { std::string title, url; };
/// The octets of the picture that the views name "photo:NAME".
struct Image { std::string name, type; Bytes bytes; };
/// Reads the page aloud from its beginning, or stops.
struct ReadAloud { bool on = false; };
/// The look of the document: lang, theme and size attributes.
struct Look { Language language; Theme theme; TypeSize type_size; };
/// A form is open or not: while it is, a new build of the portal isn't switched to.
struct FormOpen { bool open = false; };
/// How much this device keeps for the portal; answered by event::StorageUse.
struct MeasureStorage {};
/// Looks for QR codes in a picture; answered by event::CodesRead.
struct ReadCodes { std::string type; Bytes bytes; };
/// Loads the portal afresh, from the build that waits.
struct SwitchBuild {};
/// From now on this browser is one that everybody uses, or no longer; either way everything on it is erased first.
struct PublicBrowser { bool value = false; };
/// Forget the data key and all caches of the person, then load the portal afresh.
struct EraseAndLeave { bool everywhere = true; };   ///< also in the other tabs: somebody wanted it, and it isn't that this tab was left alone

}  // namespace effect

using Effect = std::variant<effect::Fetch, effect::Store, effect::GoTo, effect::Back, effect::Announce, effect::Focus,
                            effect::Deadline, effect::Print, effect::PictureOfPrint, effect::Share, effect::Image, effect::ReadAloud, effect::Look, effect::FormOpen,
                            effect::MeasureStorage, effect::ReadCodes, effect::SwitchBuild, effect::PublicBrowser, effect::EraseAndLeave>;
using Effects = std::vector<Effect>;

}  // namespace tongban::app
