#include "assets/compiler/generate.h"

#include <map>
#include <string>

#include "shared/catalogue/characters.h"

namespace tongban::compiler {
namespace {

using namespace catalogue;

/// SplitMix64: small, seeded, the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t bound) {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::size_t>((z ^ (z >> 31)) % bound);
  }

 private:
  std::uint64_t state_;
};

/// Which characters follow which two in the real texts.
class Chain {
 public:
  void learn(const std::string& utf8) {
    if (utf8.empty()) return;
    std::u32string text = U"\x02\x02" + decode_utf8(utf8) + U"\x03";
    for (std::size_t i = 2; i < text.size(); ++i) next_[text.substr(i - 2, 2)].push_back(text[i]);
  }
  std::string make(Dice& dice, std::size_t longest) const {
    std::u32string text = U"\x02\x02";
    if (next_.empty()) return {};
    while (text.size() < longest + 2) {
      const auto& choices = next_.at(text.substr(text.size() - 2, 2));
      const char32_t c = choices[dice.below(choices.size())];
      if (c == U'\x03') break;
      text += c;
    }
    return encode_utf8(std::u32string_view(text).substr(2));
  }

 private:
  std::map<std::u32string, std::vector<char32_t>> next_;
};

struct Chains {
  Chain name, conditions, material, notes, alias, english_name, english_conditions, english_material;

  explicit Chains(const Catalogue& real) {
    const auto english = [&](Chain& chain, const std::string& text) { chain.learn(std::string(real.in_english(text))); };
    for (const Item& item : real.items) {
      name.learn(item.name), conditions.learn(item.conditions), notes.learn(item.notes);
      for (const std::string& text : item.aliases) alias.learn(text);
      for (const Material& m : item.materials) material.learn(m.name), english(english_material, m.name);
      english(english_name, item.name), english(english_conditions, item.conditions);
    }
  }
};

}  // namespace

Catalogue generate(const Catalogue& real, int times, std::uint64_t seed) {
  Catalogue all = real;
  const Chains chains(real);
  Dice dice(seed), english_dice(seed + 1);
  const auto english = [&](const std::string& text, const Chain& chain, std::size_t longest) {
    if (std::string made = chain.make(english_dice, longest); !made.empty()) all.english.emplace(text, std::move(made));
  };
  for (std::size_t i = real.items.size(); i < real.items.size() * static_cast<std::size_t>(times); ++i) {
    Item item = real.items[dice.below(real.items.size())];
    // Ids of four digits sort behind the real ones of three: "i1000" > "i191".
    item.id = ItemId("j" + std::to_string(10000 + i));
    item.name = chains.name.make(dice, 40);
    if (!item.conditions.empty()) item.conditions = chains.conditions.make(dice, 160);
    if (!item.notes.empty()) item.notes = chains.notes.make(dice, 160);
    for (std::string& alias : item.aliases) alias = chains.alias.make(dice, 12);
    for (Material& material : item.materials)
      if (dice.below(3) == 0) material.name = chains.material.make(dice, 30);
    for (std::string& code : item.codes) code = "3120" + std::to_string(10000000 + dice.below(90000000));
    english(item.name, chains.english_name, 60);
    english(item.conditions, chains.english_conditions, 200);
    for (const Material& material : item.materials) english(material.name, chains.english_material, 60);
    all.items.push_back(std::move(item));
  }
  return all;
}

Catalogue with_changes(const Catalogue& catalogue, int count) {
  Catalogue changed = catalogue;
  ++changed.version;
  for (int i = 0; i < count; ++i) {
    Item& item = changed.items[changed.items.size() * static_cast<std::size_t>(i + 1) / static_cast<std::size_t>(count + 2)];
    if (i % 2 == 0) {
      item.limit = std::to_string(5 + i) + "个工作日";
      item.limit_working_days = static_cast<std::uint16_t>(5 + i);
      item.notes += (item.notes.empty() ? "" : "；") + std::string("请先预约，带好身份证原件");
    } else {
      item.materials.push_back({"m" + std::to_string(item.materials.size() + 1), "近三个月内的居住情况说明", "原件", "1", {}, {}});
      const std::string before(changed.in_english(item.conditions));
      item.conditions += "；申请前六个月内未办理过同一事项";
      if (before.empty()) continue;
      changed.english["近三个月内的居住情况说明"] = "Statement on where you lived in the last three months";
      changed.english[item.conditions] = before + "; not done in the six months before";
    }
  }
  return changed;
}

}  // namespace tongban::compiler
