#include "shared/catalogue/model.h"

#include <algorithm>

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

}  // namespace tongban::catalogue
