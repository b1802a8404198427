#include "client/app/model.h"

#include <algorithm>

namespace tongban::app {
namespace {

/// By key; with an empty key the newest of the item, which stands first.
template <typename List>
auto named(const List& list, const Route& route) -> const typename List::value_type* {
  if (route.page != Page::Prepare) return nullptr;
  for (const auto& one : list) {
    if constexpr (requires { one.application; }) {
      if (one.application.item.text() == route.id && (route.draft.empty() || one.key() == route.draft)) return &one;
    } else {
      if (one.item.text() == route.id && (route.draft.empty() || one.key() == route.draft)) return &one;
    }
  }
  return nullptr;
}

}  // namespace

const catalogue::Item* Model::item() const {
  const bool names_one = route.page == Page::Item || route.page == Page::Prepare || route.page == Page::StaffWalkIn;
  return names_one && shelf.catalogue ? shelf.catalogue->find(ItemId(route.id)) : nullptr;
}

const catalogue::Centre* Model::centre() const {
  return route.page == Page::Centre && shelf.catalogue ? shelf.catalogue->find(CentreId(route.id)) : nullptr;
}

const catalogue::Centre* Model::preferred() const {
  return shelf.catalogue && !settings.centre.empty() ? shelf.catalogue->find(settings.centre) : nullptr;
}

const Draft* Model::draft() const { return named(drafts, route); }
const OutboxEntry* Model::outgoing() const { return named(outbox, route); }

const CaseEntry* Model::case_entry() const {
  if (route.page != Page::Case) return nullptr;
  for (const CaseEntry& entry : cases)
    if (entry.number.text() == route.id) return &entry;
  return nullptr;
}

const CaseEntry* Model::sent_case() const {
  if (route.page != Page::Prepare || route.draft.empty()) return nullptr;
  for (const CaseEntry& entry : cases)
    if (entry.view && entry.view->submission_id.hex().starts_with(route.draft)) return &entry;
  return nullptr;
}

const GuideNotes* Model::guide(const ItemId& item) const {
  const auto found = guides.find(item);
  return found == guides.end() ? nullptr : &found->second;
}

const Paper* CaseEntry::mending_paper(const std::string& material) const {
  for (const Paper& paper : mending)
    if (paper.material == material) return &paper;
  return nullptr;
}

}  // namespace tongban::app
