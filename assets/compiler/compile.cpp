#include "assets/compiler/compile.h"

#include <set>

#include "assets/compiler/pinyin_table.h"
#include "assets/compiler/read_english.h"
#include "assets/compiler/read_items.h"
#include "assets/compiler/read_tables.h"
#include "shared/catalogue/characters.h"

namespace tongban::compiler {
namespace {

using namespace catalogue;

class Characters {
 public:
  void add(std::string_view text) {
    for (char32_t c : decode_utf8(text)) set_.insert(c);
  }
  void add(const Item& item) {
    for (const std::string* text : {&item.name, &item.line, &item.department, &item.department_2018, &item.mode_note, &item.conditions,
                                    &item.fee, &item.limit, &item.basis, &item.result, &item.notes, &item.edition})
      add(*text);
    for (const auto* list : {&item.codes, &item.aliases, &item.sources})
      for (const std::string& text : *list) add(text);
    for (const Question& question : item.questions) {
      add(question.text), add(question.text_en);
      for (const Answer& answer : question.answers) add(answer.text), add(answer.text_en);
    }
    for (const Material& material : item.materials)
      for (const std::string* text : {&material.name, &material.form, &material.copies, &material.note}) add(*text);
  }
  void add(const Centre& centre) {
    for (const std::string* text : {&centre.name, &centre.short_name, &centre.address, &centre.phone, &centre.hours.note,
                                    &centre.source, &centre.grade_2019})
      add(*text);
  }
  std::string text() const {
    std::string all;
    for (char32_t c : set_) append_utf8(all, c);
    return all;
  }

 private:
  std::set<char32_t> set_;
};

std::string characters_of(const Catalogue& catalogue) {
  Characters characters;
  characters.add(catalogue.edition), characters.add(catalogue.hotline);
  for (const Item& item : catalogue.items) characters.add(item);
  for (const auto& [chinese, english] : catalogue.english) characters.add(english);
  for (const Centre& centre : catalogue.centres) characters.add(centre);
  for (const LifeEvent& event : catalogue.life_events) characters.add(event.name), characters.add(event.name_en), characters.add(event.hint);
  for (const District& district : catalogue.districts) characters.add(district.name), characters.add(district.name_en);
  for (const Township& town : catalogue.townships) characters.add(town.name), characters.add(town.name_2017);
  return characters.text();
}

}  // namespace

std::optional<Compiled> compile(const std::string& folder, Faults& faults) {
  Compiled compiled;
  Catalogue& catalogue = compiled.catalogue;
  read_heading(folder, catalogue, faults);
  const auto sources = read_sources(folder, faults);
  NamedTexts names;
  catalogue.items = read_items(folder, read_shared_questions(folder, faults), sources, names, faults);
  read_english(folder, names, catalogue, faults);
  const auto readings = read_places(folder, catalogue, faults);
  read_centres(folder, sources, catalogue, faults);
  read_calendar(folder, catalogue, faults);
  read_life_events(folder, catalogue, faults);
  read_sayings(folder, catalogue, faults);
  compiled.pinyin = make_pinyin(folder, readings, faults);
  compiled.characters = characters_of(catalogue);
  if (!faults.empty()) return std::nullopt;
  return compiled;
}

}  // namespace tongban::compiler
