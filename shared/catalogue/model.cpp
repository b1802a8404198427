#include "shared/catalogue/model.h"

#include <algorithm>
#include <unordered_set>

namespace tongban::catalogue {
namespace {

/// Binary search in a list sorted by the text of an id.
template <typename List, typename KeyOf>
auto find_sorted(const List& list, std::string_view key, KeyOf key_of) -> decltype(list.data()) {
  const auto at = std::lower_bound(list.begin(), list.end(), key,
                                   [&](const auto& entry, std::string_view k) { return key_of(entry) < k; });
  return at != list.end() && key_of(*at) == key ? &*at : nullptr;
}

}  // namespace

const Item* Catalogue::find(const ItemId& id) const {
  return find_sorted(items, id.text(), [](const Item& i) -> std::string_view { return i.id.text(); });
}
const Centre* Catalogue::find(const CentreId& id) const {
  return find_sorted(centres, id.text(), [](const Centre& c) -> std::string_view { return c.id.text(); });
}
const Township* Catalogue::find(const TownshipCode& code) const {
  return find_sorted(townships, code.text(), [](const Township& t) -> std::string_view { return t.code.text(); });
}
const District* Catalogue::district(std::string_view code) const {
  return find_sorted(districts, code, [](const District& d) -> std::string_view { return d.code; });
}

std::string_view Catalogue::in_english(std::string_view text) const {
  const auto at = english.find(text);
  return at == english.end() ? std::string_view{} : std::string_view(at->second);
}

std::vector<const std::string*> texts_with_english(const Catalogue& catalogue) {
  std::vector<const std::string*> texts;
  std::unordered_set<std::string_view> seen;
  const auto add = [&](const std::string& text) {
    if (!text.empty() && seen.insert(text).second) texts.push_back(&text);
  };
  // Like beside like: that packs better than item by item.
  for (const Item& item : catalogue.items) add(item.name);
  for (std::string Material::*field : {&Material::name, &Material::form, &Material::copies, &Material::note})
    for (const Item& item : catalogue.items)
      for (const Material& material : item.materials) add(material.*field);
  for (std::string Item::*field : {&Item::line, &Item::department, &Item::conditions, &Item::fee, &Item::limit, &Item::result, &Item::notes,
                                   &Item::mode_note, &Item::basis, &Item::edition})
    for (const Item& item : catalogue.items) add(item.*field);
  return texts;
}

}  // namespace tongban::catalogue
