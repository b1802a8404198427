#include "assets/compiler/json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace tongban::compiler {
namespace {

using namespace catalogue;

/// A writer that leaves out what is empty.
class Json {
 public:
  void open() { writer_.StartObject(); }
  void close() { writer_.EndObject(); }
  void key(const char* name) { writer_.Key(name); }
  void text(const std::string& value) { writer_.String(value); }
  void field(const char* name, const std::string& value) {
    if (!value.empty()) key(name), text(value);
  }
  void field(const char* name, const char* value) {
    if (*value) key(name), writer_.String(value);
  }
  void field(const char* name, const std::optional<Date>& value) {
    if (value) field(name, to_text(*value));
  }
  void number(const char* name, std::int64_t value) { key(name), writer_.Int64(value); }
  void point(const char* name, const std::optional<double>& value) {
    if (value) key(name), writer_.Double(*value);
  }
  void flag(const char* name, bool value) {
    if (value) key(name), writer_.Bool(true);
  }
  template <typename List, typename Each>
  void list(const char* name, const List& values, Each each) {
    if (values.empty()) return;
    key(name);
    bare_list(values, each);
  }
  template <typename List, typename Each>
  void bare_list(const List& values, Each each) {
    writer_.StartArray();
    for (const auto& value : values) each(value);
    writer_.EndArray();
  }
  void texts(const char* name, const std::vector<std::string>& values) {
    list(name, values, [&](const std::string& value) { text(value); });
  }
  std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

const char* const evidence_texts[] = {"", "suggested", "described", "stated"};
const char* const decider_texts[] = {"", "registration", "residence", "registration_else_permit"};
const char* const audience_texts[] = {"", "registered_only", "permit_holder_too"};
const char* const delegation_texts[] = {"", "accepted", "not_accepted"};
const char* const status_texts[] = {"derived", "name_only", "name_confirmed", "authentic_older", "authentic"};

void write_questions(Json& json, const Item& item) {
  json.list("questions", item.questions, [&](const Question& question) {
    json.open();
    json.field("key", question.key), json.field("text", question.text), json.field("text_en", question.text_en);
    json.list("answers", question.answers, [&](const Answer& answer) {
      json.open();
      json.field("key", answer.key), json.field("text", answer.text), json.field("text_en", answer.text_en);
      json.close();
    });
    json.close();
  });
}

void write_materials(Json& json, const Item& item) {
  json.list("materials", item.materials, [&](const Material& material) {
    json.open();
    json.field("key", material.key), json.field("name", material.name), json.field("form", material.form);
    json.field("copies", material.copies), json.field("note", material.note);
    json.list("when", material.when, [&](const Circumstance& circumstance) {
      json.open();
      for (const Clause& clause : circumstance) {
        const Question& question = item.questions[clause.question];
        json.list(question.key.c_str(), clause.answers, [&](std::uint8_t answer) { json.text(question.answers[answer].key); });
      }
      json.close();
    });
    json.close();
  });
}

void write_item(Json& json, const Item& item, const Catalogue& catalogue) {
  json.open();
  json.field("id", item.id.text()), json.field("name", item.name), json.texts("codes", item.codes);
  json.field("line", item.line), json.field("department", item.department), json.field("department_2018", item.department_2018);
  json.field("mode", text_of(item.mode)), json.field("mode_evidence", evidence_texts[static_cast<int>(item.mode_evidence)]);
  json.field("mode_note", item.mode_note), json.field("decided_by", decider_texts[static_cast<int>(item.decided_by)]);
  json.flag("citywide", item.citywide_stated), json.field("citywide_from", item.citywide_from);
  json.field("effective_from", item.effective_from), json.field("effective_until", item.effective_until);
  json.field("audience", audience_texts[static_cast<int>(item.audience)]);
  json.field("delegation", delegation_texts[static_cast<int>(item.delegation)]);
  json.field("conditions", item.conditions);
  write_questions(json, item);
  write_materials(json, item);
  json.field("fee", item.fee), json.field("limit", item.limit);
  if (item.limit_working_days) json.number("limit_working_days", *item.limit_working_days);
  if (item.taken_on) json.number("taken_from_day", item.taken_on->from), json.number("taken_until_day", item.taken_on->until);
  json.field("basis", item.basis), json.field("result", item.result), json.field("notes", item.notes);
  json.texts("aliases", item.aliases);
  json.list("life_events", item.life_events, [&](std::uint8_t event) { json.text(catalogue.life_events[event].key); });
  json.texts("sources", item.sources), json.field("edition", item.edition);
  json.close();
}

void write_spans(Json& json, const char* name, const std::vector<Span>& spans) {
  json.list(name, spans, [&](const Span& span) { json.text(clock_text(span.open) + "-" + clock_text(span.close)); });
}

void write_centre(Json& json, const Centre& centre) {
  json.open();
  json.field("id", centre.id.text()), json.field("name", centre.name), json.field("short_name", centre.short_name);
  json.field("district", centre.district), json.field("township", centre.township.text()), json.flag("sub_centre", centre.sub_centre);
  json.field("address", centre.address), json.field("phone", centre.phone);
  if (!centre.hours.is_default) {
    json.field("hours_note", centre.hours.note);
    write_spans(json, "workday", centre.hours.workday);
    write_spans(json, "weekend", centre.hours.weekend);
    write_spans(json, "holiday", centre.hours.holiday);
  }
  json.point("lat", centre.lat), json.point("lng", centre.lng);
  json.field("status", status_texts[static_cast<int>(centre.status)]);
  json.field("source", centre.source), json.field("grade_2019", centre.grade_2019);
  json.close();
}

void write_finding(Json& json, const Catalogue& catalogue) {
  json.list("life_events", catalogue.life_events, [&](const LifeEvent& event) {
    json.open();
    json.field("key", event.key), json.field("name", event.name), json.field("name_en", event.name_en);
    json.field("hint", event.hint), json.field("icon", event.icon);
    json.close();
  });
  json.list("sayings", catalogue.sayings, [&](const Saying& saying) {
    json.open();
    json.field("said", saying.said), json.texts("meant", saying.meant);
    json.close();
  });
}

void write_places(Json& json, const Catalogue& catalogue) {
  json.list("districts", catalogue.districts, [&](const District& district) {
    json.open();
    json.field("code", district.code), json.field("name", district.name), json.field("name_en", district.name_en);
    json.close();
  });
  json.list("townships", catalogue.townships, [&](const Township& town) {
    json.open();
    json.field("code", town.code.text()), json.field("name", town.name), json.field("district", town.district);
    json.field("name_2017", town.name_2017), json.flag("in_2017", town.in_2017), json.flag("in_2023", town.in_2023);
    json.point("lat", town.lat), json.point("lng", town.lng);
    json.close();
  });
  json.list("centres", catalogue.centres, [&](const Centre& centre) { write_centre(json, centre); });
}

}  // namespace

const char* text_of(Mode mode) {
  constexpr const char* texts[] = {"unpublished", "direct", "accept_separate", "outside_review"};
  return texts[static_cast<int>(mode)];
}

std::string to_json(const Catalogue& catalogue) {
  Json json;
  json.open();
  json.number("version", catalogue.version), json.field("edition", catalogue.edition), json.field("hotline", catalogue.hotline);
  json.list("items", catalogue.items, [&](const Item& item) { write_item(json, item, catalogue); });
  json.key("english"), json.open();
  for (const auto& [chinese, english] : catalogue.english) json.field(chinese.c_str(), english);
  json.close();
  write_finding(json, catalogue);
  write_places(json, catalogue);
  json.field("calendar_published_until", std::optional<Date>(catalogue.calendar.last_published));
  json.key("calendar"), json.open();
  for (const auto& [date, kind] : catalogue.calendar.exceptions)
    json.field(to_text(date).c_str(), kind == DayKind::MakeUpWorkday ? "make_up_workday" : "holiday");
  json.close();
  json.close();
  return json.take();
}

std::string to_json(const Item& item, const Catalogue& catalogue) {
  Json json;
  write_item(json, item, catalogue);
  return json.take();
}

std::string to_json(const std::vector<Hit>& hits, const Catalogue& catalogue) {
  Json json;
  json.bare_list(hits, [&](const Hit& hit) {
    const Item& item = catalogue.items[hit.index];
    json.open();
    json.field("id", item.id.text()), json.field("name", item.name), json.number("score", hit.score);
    json.field("why", why_text(hit.why)), json.field("matched", hit.matched);
    json.close();
  });
  return json.take();
}

}  // namespace tongban::compiler
