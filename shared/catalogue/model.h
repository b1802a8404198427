// The catalogue as data: what can be done, by whom, with which papers, where and when.
//
// A `Catalogue` is built once (by the compiler in assets/, or from a verified snapshot) and then only read;
// it owns everything in it. Whatever a source doesn't say is empty or nothing here, and shown as unknown.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/id.h"
#include "shared/base/time.h"

namespace tongban::catalogue {

/// How an item runs. `Unpublished`: no source says; the window decides, screens say 窗口告知.
enum class Mode : std::uint8_t { Unpublished, Direct, AcceptSeparate, OutsideReview };

/// How far a source carries the mode: an official word, a description of the practice, a hint, or nothing.
enum class Evidence : std::uint8_t { None, Suggested, Described, Stated };

/// Whether a person without local household registration may apply.
enum class Audience : std::uint8_t { NotStated, RegisteredOnly, PermitHolderToo };

/// Which centre decides an accept-separate case. `RegistrationElsePermit`: where the household is registered,
/// or, for a permit holder, the place of the permit (户籍或居住证所在地).
enum class DecidedBy : std::uint8_t { NotStated, Registration, Residence, RegistrationElsePermit };

/// Whether somebody else may come for the applicant (委托). `Accepted`: the materials name a delegate.
enum class Delegation : std::uint8_t { NotStated, Accepted, NotAccepted };

/// One answer of a question.
struct Answer {
  std::string key;   ///< stable within its question: "self", "family"
  std::string text;  ///< what the resident reads
  std::string text_en;
};

/// One question about the resident's situation (情形).
struct Question {
  std::string key;  ///< stable within the item: "who", "card", "age"
  std::string text;
  std::string text_en;
  std::vector<Answer> answers;  ///< two at least; the first is the usual one
};

/// Holds when the answer to `question` is among `answers` (indices into the item's lists).
struct Clause {
  std::uint8_t question = 0;
  std::vector<std::uint8_t> answers;
  bool operator==(const Clause&) const = default;
};

/// One way in which a material becomes needed: all its clauses hold. See situation.h for the evaluation.
using Circumstance = std::vector<Clause>;

/// One paper to bring (申请材料).
struct Material {
  std::string key;     ///< stable within the item and written in the source, "m1" …; never used again for another paper
  std::string name;
  std::string form;    ///< 原件, 复印件, 原件+复印件 …; empty: not stated
  std::string copies;  ///< as the source has it; empty: not stated
  std::vector<Circumstance> when;  ///< needed in any of these; empty: always
  std::string note;    ///< a condition that no question decides, shown as it stands ("按情形")
};

/// The days of a month on which an item is taken (many 社保 items: 5–26).
struct MonthWindow {
  std::uint8_t from = 1, until = 31;
  bool operator==(const MonthWindow&) const = default;
};

struct Item {
  ItemId id;
  std::string name;
  std::vector<std::string> codes;  ///< basic codes (基本编码); empty: not known
  std::string line;                ///< line of work at the window: 人社, 民政 …
  std::string department;          ///< as stated now
  std::string department_2018;
  Mode mode = Mode::Unpublished;
  Evidence mode_evidence = Evidence::None;
  std::string mode_note;           ///< the words the evidence rests on
  DecidedBy decided_by = DecidedBy::NotStated;
  bool citywide_stated = false;
  std::optional<Date> citywide_from;
  std::optional<Date> effective_from, effective_until;  ///< until is the last day; unknown never refuses
  Audience audience = Audience::NotStated;
  Delegation delegation = Delegation::NotStated;
  std::string conditions;
  std::vector<Question> questions;
  std::vector<Material> materials;
  std::string fee;                 ///< as stated; empty: not stated
  std::string limit;               ///< as stated
  std::optional<std::uint16_t> limit_working_days;  ///< only where the text gives one plain number
  std::optional<MonthWindow> taken_on;
  std::string basis, result, notes;
  std::vector<std::string> aliases;  ///< what people call it: from the sources, and our own words
  std::vector<std::uint8_t> life_events;  ///< indices into Catalogue::life_events; our own grouping
  std::vector<std::string> sources;
  std::string edition;
};

/// What people say for an official word: "丢了" → 挂失, 补卡. Nothing meant: a word that says nothing ("怎么办").
struct Saying {
  std::string said;
  std::vector<std::string> meant;
};

/// A grouping of items for finding, not an official term.
struct LifeEvent {
  std::string key, name, name_en, hint, icon;
};

struct District {
  std::string code, name, name_en;
};

struct Township {
  TownshipCode code;
  std::string name;
  std::string district;  ///< district code
  std::string name_2017; ///< where the edition of 2017 has another
  bool in_2017 = false, in_2023 = false;
  std::optional<double> lat, lng;  ///< a point of the town (WGS 84), never of the centre
  std::string name_en = {};        ///< made from its reading (places.h), no part of the format; empty: none
};

/// From `open` to `close`, minutes of the day.
struct Span {
  std::uint16_t open = 0, close = 0;
};

enum class DayKind : std::uint8_t { Workday, MakeUpWorkday, Weekend, Holiday };

/// Hours of a centre by kind of day. An empty list is closed; nothing at all: the centre publishes none.
struct Hours {
  std::vector<Span> workday, weekend, holiday;
  std::string note;      ///< as published
  bool is_default = true;  ///< true: the citywide rule of 2018, since the centre publishes nothing
};

/// How far the record of a centre can be trusted.
enum class CentreStatus : std::uint8_t { Derived, NameOnly, NameConfirmed, AuthenticOlder, Authentic };

struct Centre {
  CentreId id;
  std::string name;             ///< full official name
  std::string short_name;       ///< "曲阳路街道"
  std::string district;         ///< district code
  TownshipCode township;
  bool sub_centre = false;
  std::string address, phone;   ///< empty: not known
  Hours hours;
  std::optional<double> lat, lng;  ///< only with a known datum (WGS 84)
  CentreStatus status = CentreStatus::Derived;
  std::string source, grade_2019;
  std::string name_en = {};     ///< "Quyang Road Subdistrict"; as a township's
};

/// The State Council's notices: exceptions from "Monday to Friday is a workday".
struct Calendar {
  std::map<Date, DayKind> exceptions;
  Date last_published{};  ///< beyond it every answer is provisional
};

struct Catalogue {
  std::uint32_t version = 0;    ///< only goes up
  std::string edition;          ///< for people: "2026-11"
  std::string hotline;          ///< of this edition: "12345"
  std::vector<Item> items;      ///< sorted by id
  std::vector<LifeEvent> life_events;
  std::vector<Saying> sayings;      ///< for the search; our own
  std::vector<District> districts;
  std::vector<Township> townships;  ///< sorted by code
  std::vector<Centre> centres;      ///< sorted by id
  Calendar calendar;
  std::map<std::string, std::string, std::less<>> english;  ///< this project's own; a text that isn't here stays Chinese

  /// The English of a text of the items (texts_with_english); empty: there is none.
  std::string_view in_english(std::string_view text) const;
  const Item* find(const ItemId& id) const;
  const Centre* find(const CentreId& id) const;
  const Township* find(const TownshipCode& code) const;
  const District* district(std::string_view code) const;
};

/// The texts of the items that an English page shows in English, each once: names, materials' names, and so on, in the
/// order of the canonical bytes. They point into the catalogue.
std::vector<const std::string*> texts_with_english(const Catalogue& catalogue);

}  // namespace tongban::catalogue
