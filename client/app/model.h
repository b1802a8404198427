// Everything that a screen can show, as one value. Views read it and never change it; only App writes it.
//
// One model a portal, on the thread of the portal. Pointers in `Shelf` are owned by the catalogue keeper and stay
// good until the next event.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assets/words/words.h"
#include "client/app/case_entry.h"
#include "client/app/draft.h"
#include "client/app/event.h"
#include "client/app/guide_notes.h"
#include "client/app/outbox_entry.h"
#include "client/app/route.h"
#include "client/app/staff_model.h"
#include "shared/base/time.h"
#include "shared/catalogue/model.h"
#include "shared/catalogue/search.h"
#include "shared/catalogue/situation.h"

namespace tongban::app {

/// How the portal looks, kept on the device.
struct Settings {
  Language language = Language::Chinese;
  Theme theme = Theme::Light;
  TypeSize type_size = TypeSize::Normal;
  CentreId centre;  ///< the centre that the person prefers; empty: none chosen
  bool english() const { return language == Language::English; }
  catalogue::Reading reading() const { return english() ? catalogue::Reading::English : catalogue::Reading::Chinese; }
};

enum class ShelfState : std::uint8_t {
  Loading,  ///< nothing yet, on its way
  Ready,
  Missing,  ///< never fetched, and there is no network
  Broken,   ///< what came didn't verify, and there is nothing older
};

/// The catalogue as the screens use it.
struct Shelf {
  ShelfState state = ShelfState::Loading;
  const catalogue::Catalogue* catalogue = nullptr;
  Instant fetched;        ///< when this version reached the device
  bool updating = false;
};

/// The list of items as filtered and searched for the present route; indices into Catalogue::items.
struct ItemResults {
  struct Row {
    std::size_t item = 0;
    catalogue::Why why = catalogue::Why::Name;
    std::string matched = {};
    std::vector<catalogue::Range> highlights = {};
    std::vector<catalogue::Range> highlights_english = {};
  };
  std::vector<Row> rows;
  std::size_t found = 0;                          ///< before the filters
  std::map<std::string, int> departments, modes, audiences;  ///< of what was found, for the filters' counts
};

struct CentreResults {
  struct Row {
    std::size_t centre = 0;
    std::vector<catalogue::Range> highlights = {};
  };
  std::vector<Row> rows;
};

/// Somebody's time at a public browser.
struct Session {
  static constexpr std::chrono::seconds countdown{30};
  Instant begun, last;
  std::optional<Instant> ends = {};  ///< nobody seems to be there: everything is erased at this time
};

/// What asks for an answer before anything else.
enum class Question : std::uint8_t { None, DeleteDraft, Erase, WithdrawCase, StillHere, MakePublic, MakePrivate, GuideCode, Receipt, DraftCode };

struct Toast {
  static constexpr std::chrono::seconds shown{4};
  std::string text;
  bool undo = false;
  std::optional<Instant> until;  ///< an undo stays until the next action
};

/// What effect::Print prints, or effect::PictureOfPrint draws.
enum class PrintJob : std::uint8_t { None, Checklist, Application, Receipt, StaffReceipt, Notice, Carried };

struct Model {
  Route route;
  Instant now;
  bool online = true;     ///< as the browser says: requests are worth trying
  bool answering = true;  ///< the last request was answered
  Storage storage = Storage::Unknown;
  std::optional<event::StorageUse> storage_use;   ///< as measured when the settings were opened last
  bool new_build = false;  ///< waits to be switched to
  bool offers_build = false;   ///< and that is said at the foot of the screen on which it came
  bool public_browser = false;
  std::string origin;
  bool can_share = false;
  std::optional<Session> session;  ///< on a public browser, from the first thing that somebody does
  event::Voice voice;
  bool restored = false;  ///< the device's own records have been read

  Settings settings;
  Shelf shelf;
  std::string typed;  ///< in the search field of the present screen, not yet searched for
  ItemResults items;
  CentreResults centres;
  std::map<ItemId, GuideNotes> guides;

  std::vector<Draft> drafts;        ///< newest first
  std::vector<OutboxEntry> outbox;  ///< oldest first
  std::vector<CaseEntry> cases;     ///< newest first
  std::optional<Instant> carry_until;  ///< the end of the epoch of the key that codes are sealed to; nothing: none can be made
  CaseLookup lookup;
  StaffDesk staff;

  Question question = Question::None;
  std::string question_about;  ///< draft or case that the question is about
  std::string question_text;   ///< a free text in the dialog
  std::optional<Toast> toast;
  PrintJob print = PrintJob::None;

  Words words() const { return Words(settings.english()); }
  /// On a browser that everybody uses nothing is left in its downloads, and nothing sent from somebody else's accounts.
  bool may_keep() const { return !public_browser; }
  bool connected() const { return online && answering; }
  bool has_catalogue() const { return shelf.catalogue != nullptr; }
  const catalogue::Item* item() const;         ///< that the route names
  const catalogue::Centre* centre() const;
  const catalogue::Centre* preferred() const;  ///< the person's centre
  const Draft* draft() const;                  ///< that the route names
  const OutboxEntry* outgoing() const;         ///< the sealed one that the route names
  const CaseEntry* case_entry() const;
  const CaseEntry* sent_case() const;          ///< what became of the draft that the route still names
  const GuideNotes* guide(const ItemId& item) const;
};

}  // namespace tongban::app
