#include "shared/catalogue/codec.h"

#include <algorithm>

#include "shared/catalogue/columns.h"
#include "shared/catalogue/opening.h"

namespace tongban::catalogue {
namespace {

constexpr std::string_view magic = "TBCAT";
constexpr std::uint8_t format = 2;       // 1 had no English
constexpr std::string_view centre_suffix = "社区事务受理服务中心";

// The columns in their order. A word or a counted id takes two: numbers, then the texts that were new.
enum Column : std::size_t {
  Head, HeadText,
  ItemId_, ItemIdText, Name, Codes, CodesText, Line, LineText, Department, DepartmentText, Department2018, Department2018Text,
  ModeC, EvidenceC, DeciderC, CitywideC, CitywideFromC, FromC, UntilC, AudienceC, DelegationC, ModeNote, Conditions,
  FeeC, FeeText, LimitC, LimitText, LimitDays, TakenC, BasisC, BasisText, ResultC, ResultText, Notes, Aliases, AliasesText,
  ItemEvents, SourceC, SourceText, EditionC, EditionText,
  QuestionC, QuestionKey, QuestionKeyText, QuestionText, QuestionTextText, QuestionEn, QuestionEnText,
  AnswerC, AnswerKey, AnswerKeyText, AnswerText, AnswerTextText, AnswerEn, AnswerEnText,
  MaterialC, MaterialKey, MaterialKeyText, MaterialName, MaterialNameText, FormC, FormText, CopiesC, CopiesText,
  WhenC, MaterialNote, MaterialNoteText,
  Events, EventsText, Sayings, SayingsText, MeantText, MeantTextText,
  Districts, DistrictsText, TownshipC, TownshipCodeText, TownshipName, TownshipFlags, TownshipPoint,
  CentreC, CentreIdText, CentreName, CentreFlags, CentreText, CentreHours, CentreHoursText, CentreSource, CentreSourceText,
  CalendarC, EnglishText,
  ColumnCount
};
constexpr std::size_t columns_without_english = EnglishText;
static_assert(ColumnCount <= max_columns);

template <typename A, typename T>
void optional_number(A& a, std::size_t column, T& value) {
  if constexpr (A::writing) {
    a.number(column, value ? static_cast<std::uint64_t>(*value) + 1 : 0);
  } else {
    std::uint32_t read = 0;
    a.number(column, read);
    if (read) value = static_cast<typename T::value_type>(read - 1);
  }
}

template <typename A, typename Q>
void walk_questions(A& a, Q& questions) {
  a.list(QuestionC, questions, [&](auto& question) {
    a.word(QuestionKey, question.key);
    a.word(QuestionText, question.text);
    a.word(QuestionEn, question.text_en);
    a.list(AnswerC, question.answers, [&](auto& answer) {
      a.word(AnswerKey, answer.key);
      a.word(AnswerText, answer.text);
      a.word(AnswerEn, answer.text_en);
    });
  });
}

template <typename A, typename M>
void walk_materials(A& a, M& materials) {
  a.list(MaterialC, materials, [&](auto& material) {
    a.word(MaterialKey, material.key);
    a.word(MaterialName, material.name);
    a.word(FormC, material.form);
    a.word(CopiesC, material.copies);
    a.word(MaterialNote, material.note);
    a.list(WhenC, material.when, [&](auto& circumstance) {
      a.list(WhenC, circumstance, [&](auto& clause) {
        a.number(WhenC, clause.question);
        a.list(WhenC, clause.answers, [&](auto& answer) { a.number(WhenC, answer); });
      });
    });
  });
}

template <typename A, typename W>
void walk_window(A& a, W& window) {
  if constexpr (A::writing) {
    a.number(TakenC, window ? window->from : 0);
    if (window) a.number(TakenC, window->until);
  } else {
    MonthWindow read{0, 0};
    a.number(TakenC, read.from);
    if (read.from == 0) return;
    a.number(TakenC, read.until);
    window = read;
  }
}

template <typename A, typename I>
void walk_item(A& a, I& item, std::string& previous) {
  a.counted(ItemId_, item.id, previous);
  a.text(Name, item.name);
  a.list(Codes, item.codes, [&](auto& code) { a.text(CodesText, code); });
  a.word(Line, item.line);
  a.word(Department, item.department);
  a.word(Department2018, item.department_2018);
  a.number(ModeC, item.mode);
  a.number(EvidenceC, item.mode_evidence);
  a.text(ModeNote, item.mode_note);
  a.number(DeciderC, item.decided_by);
  a.number(CitywideC, item.citywide_stated);
  a.date(CitywideFromC, item.citywide_from);
  a.date(FromC, item.effective_from);
  a.date(UntilC, item.effective_until);
  a.number(AudienceC, item.audience);
  a.number(DelegationC, item.delegation);
  a.text(Conditions, item.conditions);
  walk_questions(a, item.questions);
  walk_materials(a, item.materials);
  a.word(FeeC, item.fee);
  a.word(LimitC, item.limit);
  optional_number(a, LimitDays, item.limit_working_days);
  walk_window(a, item.taken_on);
  a.word(BasisC, item.basis);
  a.word(ResultC, item.result);
  a.text(Notes, item.notes);
  a.list(Aliases, item.aliases, [&](auto& alias) { a.text(AliasesText, alias); });
  a.list(ItemEvents, item.life_events, [&](auto& event) { a.number(ItemEvents, event); });
  a.list(SourceC, item.sources, [&](auto& source) { a.word(SourceC, source); });
  a.word(EditionC, item.edition);
}

template <typename A, typename S>
void walk_spans(A& a, S& spans) {
  a.list(CentreHours, spans, [&](auto& span) {
    a.number(CentreHours, span.open);
    a.number(CentreHours, span.close);
  });
}

/// The citywide rule is not written out for each centre that follows it.
template <typename A, typename H>
void walk_hours(A& a, H& hours) {
  a.number(CentreFlags, hours.is_default);
  if (hours.is_default) {
    if constexpr (!A::writing) hours = citywide_hours();
    return;
  }
  walk_spans(a, hours.workday);
  walk_spans(a, hours.weekend);
  walk_spans(a, hours.holiday);
  a.text(CentreHoursText, hours.note);
}

template <typename A, typename T>
void walk_township(A& a, T& town, std::string& previous) {
  a.counted(TownshipC, town.code, previous);
  a.text(TownshipName, town.name);
  // The district is the beginning of the code (GB/T 10114), unless it is written out.
  const std::string prefix = town.code.text().substr(0, 6);
  std::uint8_t flags = 0;
  if constexpr (A::writing)
    flags = static_cast<std::uint8_t>(town.in_2017 | town.in_2023 << 1 | (town.district != prefix) << 2 | !town.name_2017.empty() << 3);
  a.number(TownshipFlags, flags);
  if constexpr (!A::writing) {
    town.in_2017 = flags & 1;
    town.in_2023 = flags & 2;
    town.district = prefix;
  }
  if (flags & 4) {
    if constexpr (!A::writing) town.district.clear();
    a.text(TownshipName, town.district);
  }
  if (flags & 8) a.text(TownshipName, town.name_2017);
  a.coordinate(TownshipPoint, town.lat);
  a.coordinate(TownshipPoint, town.lng);
}

/// What a centre's record usually is: named after its township, coded as it. Only what differs is written.
struct UsualCentre {
  std::string short_name, name, district, township;
};

UsualCentre usual(const Catalogue& catalogue, const CentreId& id) {
  UsualCentre u;
  u.township = id.text().substr(0, 9);
  u.district = id.text().substr(0, 6);
  if (const Township* town = catalogue.find(TownshipCode(u.township))) u.short_name = town->name;
  u.name = u.short_name + std::string(centre_suffix);
  return u;
}

template <typename A, typename C>
void walk_centre(A& a, const Catalogue& catalogue, C& centre, std::string& previous) {
  a.counted(CentreC, centre.id, previous);
  const UsualCentre u = usual(catalogue, centre.id);
  std::uint8_t differs = 0;
  if constexpr (A::writing)
    differs = static_cast<std::uint8_t>((centre.name != u.name) | (centre.short_name != u.short_name) << 1 |
                                        (centre.district != u.district) << 2 | (centre.township.text() != u.township) << 3);
  a.number(CentreFlags, differs);
  if constexpr (!A::writing) {
    if (!(differs & 1)) centre.name = u.name;
    if (!(differs & 2)) centre.short_name = u.short_name;
    if (!(differs & 4)) centre.district = u.district;
    if (!(differs & 8)) centre.township = TownshipCode(u.township);
  }
  if (differs & 1) a.text(CentreName, centre.name);
  if (differs & 2) a.text(CentreName, centre.short_name);
  if (differs & 4) a.text(CentreName, centre.district);
  if (differs & 8) a.text(CentreName, centre.township);
  a.number(CentreFlags, centre.sub_centre);
  a.number(CentreFlags, centre.status);
  a.text(CentreText, centre.address);
  a.text(CentreText, centre.phone);
  a.text(CentreText, centre.grade_2019);
  walk_hours(a, centre.hours);
  a.coordinate(CentreFlags, centre.lat);
  a.coordinate(CentreFlags, centre.lng);
  a.word(CentreSource, centre.source);
}

template <typename A, typename C>
void walk_calendar(A& a, C& calendar) {
  std::optional<Date> last;
  if (A::writing && calendar.last_published.ok()) last = calendar.last_published;
  a.date(CalendarC, last);
  if constexpr (A::writing) {
    a.number(CalendarC, calendar.exceptions.size());
    std::optional<Date> before = day_zero;
    for (const auto& [date, kind] : calendar.exceptions) {
      a.number(CalendarC, days_between(*before, date));
      a.number(CalendarC, kind);
      before = date;
    }
  } else {
    if (last) calendar.last_published = *last;
    std::uint32_t count = 0;
    a.number(CalendarC, count);
    Date date = day_zero;
    for (std::uint32_t i = 0; i < count && a.good(); ++i) {
      std::uint16_t distance = 0;
      DayKind kind{};
      a.number(CalendarC, distance);
      a.number(CalendarC, kind);
      date = add_days(date, distance);
      if (a.good()) calendar.exceptions[date] = kind;
    }
  }
}

template <typename A, typename C>
void walk_finding(A& a, C& c) {
  a.list(Events, c.life_events, [&](auto& event) {
    a.text(EventsText, event.key);
    a.text(EventsText, event.name);
    a.text(EventsText, event.name_en);
    a.text(EventsText, event.hint);
    a.text(EventsText, event.icon);
  });
  a.list(Sayings, c.sayings, [&](auto& saying) {
    a.text(SayingsText, saying.said);
    a.list(Sayings, saying.meant, [&](auto& meant) { a.word(MeantText, meant); });
  });
}

template <typename A, typename C>
void walk(A& a, C& c) {
  a.number(Head, c.version);
  a.text(HeadText, c.edition);
  a.text(HeadText, c.hotline);
  std::string item, town, centre;
  a.list(Head, c.items, [&](auto& entry) { walk_item(a, entry, item); });
  walk_finding(a, c);
  a.list(Districts, c.districts, [&](auto& district) {
    a.text(DistrictsText, district.code);
    a.text(DistrictsText, district.name);
    a.text(DistrictsText, district.name_en);
  });
  a.list(Head, c.townships, [&](auto& entry) { walk_township(a, entry, town); });
  a.list(Head, c.centres, [&](auto& entry) { walk_centre(a, c, entry, centre); });
  walk_calendar(a, c.calendar);
}

/// Of each text once, empty where there is none.
template <typename A, typename C>
void walk_english(A& a, C& c) {
  static const std::string none;
  for (const std::string* text : texts_with_english(c)) {
    if constexpr (A::writing) {
      const auto at = c.english.find(*text);
      a.text(EnglishText, at == c.english.end() ? none : at->second);
    } else {
      std::string english;
      a.text(EnglishText, english);
      if (!a.good()) return;
      if (!english.empty()) c.english.emplace(*text, std::move(english));
    }
  }
}

Expected<Catalogue> damaged(const char* detail) { return Error(codec_errors::Damaged, {}, detail); }

bool circumstances_in_range(const Item& item) {
  for (const Material& material : item.materials)
    for (const Circumstance& circumstance : material.when)
      for (const Clause& clause : circumstance) {
        if (clause.question >= item.questions.size()) return false;
        for (std::uint8_t answer : clause.answers)
          if (answer >= item.questions[clause.question].answers.size()) return false;
      }
  return true;
}

bool enums_in_range(const Item& item) {
  return item.mode <= Mode::OutsideReview && item.mode_evidence <= Evidence::Stated &&
         item.decided_by <= DecidedBy::RegistrationElsePermit && item.audience <= Audience::PermitHolderToo &&
         item.delegation <= Delegation::NotAccepted;
}

template <typename List, typename KeyOf>
bool ascending(const List& list, KeyOf key_of) {
  return std::adjacent_find(list.begin(), list.end(), [&](const auto& x, const auto& y) { return !(key_of(x) < key_of(y)); }) ==
         list.end();
}

bool well_formed(const Catalogue& c) {
  for (const Item& item : c.items) {
    if (!circumstances_in_range(item) || !enums_in_range(item)) return false;
    for (std::uint8_t event : item.life_events)
      if (event >= c.life_events.size()) return false;
  }
  for (const Centre& centre : c.centres)
    if (centre.status > CentreStatus::Authentic) return false;
  for (const auto& [date, kind] : c.calendar.exceptions)
    if (kind > DayKind::Holiday) return false;
  return ascending(c.items, [](const Item& i) { return std::string_view(i.id.text()); }) &&
         ascending(c.centres, [](const Centre& e) { return std::string_view(e.id.text()); }) &&
         ascending(c.townships, [](const Township& t) { return std::string_view(t.code.text()); }) &&
         ascending(c.districts, [](const District& d) { return std::string_view(d.code); });
}

Bytes encode_as(const Catalogue& catalogue, std::uint8_t as) {
  ColumnWriter writer;
  walk(writer, catalogue);
  if (as > 1) walk_english(writer, catalogue);
  Bytes out(magic.begin(), magic.end());
  out.push_back(as);
  const Bytes columns = writer.join(as > 1 ? ColumnCount : columns_without_english);
  out.insert(out.end(), columns.begin(), columns.end());
  return out;
}

}  // namespace

Bytes encode(const Catalogue& catalogue) { return encode_as(catalogue, format); }

Expected<Catalogue> decode_signed(ByteView bytes) {
  if (bytes.size() < magic.size() + 1 || as_text(bytes.first(magic.size())) != magic) return damaged("no catalogue");
  const std::uint8_t as = bytes[magic.size()];
  if (as > format) return Error(codec_errors::Newer);
  if (as == 0) return damaged("format 0");
  ColumnReader reader;
  if (!reader.split(bytes.subspan(magic.size() + 1), as > 1 ? ColumnCount : columns_without_english)) return damaged("columns");
  Catalogue catalogue;
  walk(reader, catalogue);
  if (as > 1 && reader.good()) walk_english(reader, catalogue);
  if (!reader.good()) return damaged("a column ends early");
  if (!well_formed(catalogue)) return damaged("out of range");
  return catalogue;
}

Expected<Catalogue> decode(ByteView bytes) {
  TRY(auto catalogue, decode_signed(bytes));
  // Whatever else could be written differently (a longer number, a word given twice) shows here.
  const Bytes again = encode_as(catalogue, bytes[magic.size()]);
  if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) return damaged("not canonical");
  return catalogue;
}

}  // namespace tongban::catalogue
