// What the shell tells the portal. Every event carries the time of the device's clock: nothing in the app asks for it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/time.h"

namespace tongban::app {

enum class Language : std::uint8_t { Chinese, English };
enum class Theme : std::uint8_t { Light, HighContrast };
enum class TypeSize : std::uint8_t { Normal, Large, ExtraLarge, Largest };

/// Whether what is stored survives a closed tab.
enum class Storage : std::uint8_t { Unknown, Persistent, MemoryOnly };

namespace event {

/// The first event, once.
struct Start {
  std::string path = "/";
  Language language = Language::Chinese;
  Theme theme = Theme::Light;              ///< what the system asks for; a stored setting wins
  TypeSize type_size = TypeSize::Normal;   ///< from the system's font size; a stored setting wins
  bool online = true;
  Storage storage = Storage::Unknown;
  bool public_browser = false;
  bool can_share = false;                  ///< the browser can hand an address on
  std::string origin;                      ///< "https://host", for addresses that go to another device
  std::array<std::uint8_t, 32> data_key{};  ///< opens the drafts; unwrapped by the shell
};

/// The person went back or forward, or typed an address.
struct RouteChanged { std::string path; };
struct Online { bool value = true; };
/// A deadline has come.
struct Tick {};

/// The answer to effect::Fetch. Status 0: there was no network, or no answer in time.
struct Response {
  std::uint32_t request = 0;
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  Bytes body;
};

struct Row {
  std::string key;
  std::uint64_t version = 0;
  Bytes blob;
};

/// The answer to effect::Store.
struct Stored {
  std::uint32_t request = 0;
  bool ok = true;
  std::string error;      ///< "storage_full", "conflict", …
  std::vector<Row> rows;  ///< of Get and List
  bool conflict = false;  ///< of Put: another tab had written since; what it wrote is kept as a copy
};

/// A picture on the screen wants the octets of a photo; answered by effect::Image.
struct ImageWanted { std::string name; };

/// A picture of this node's, by its path, did not come.
struct ImageFailed { std::string path; };

/// Whether this device has a Chinese voice of its own, and whether it is reading the page now.
struct Voice { bool here = false, reading = false; };

/// The store has opened, or has turned out not to keep anything.
struct StorageKind { Storage value = Storage::Unknown; };

/// The answer to effect::MeasureStorage.
struct StorageUse {
  std::uint64_t octets = 0;
  bool promised = false;  ///< the browser has promised not to clear it when room is short
};

/// The answer to effect::ReadCodes.
struct CodesRead {
  bool able = true;                ///< this browser can look for codes in a picture
  std::vector<std::string> texts;
};

/// A new build of the portal waits to be switched to.
struct NewBuild {};

}  // namespace event

struct Event {
  Instant now;
  std::variant<event::Start, event::RouteChanged, event::Online, event::Tick, event::Response, event::Stored,
               event::ImageWanted, event::ImageFailed, event::Voice, event::StorageKind, event::StorageUse, event::CodesRead, event::NewBuild>
      what;
};

}  // namespace tongban::app
