#include "client/app/guide_desk.h"

namespace tongban::app {
namespace {

constexpr const char* space = "guide";

}  // namespace

void GuideDesk::restore(const event::Stored& stored) {
  for (const auto& row : stored.rows) {
    const auto plain = vault_.unlock(space, row.key, row.blob);
    auto notes = plain ? decode_guide_notes(*plain) : std::nullopt;
    if (notes) model_.guides.try_emplace(ItemId(row.key), std::move(*notes));
  }
}

void GuideDesk::take(const ItemId& item, GuideNotes notes) {
  model_.guides[item] = std::move(notes);
  keep(item);
}

void GuideDesk::apply(const intent::AnswerGuide& intent) {
  model_.guides[intent.item].answers[intent.question] = intent.answer;
  keep(intent.item);
}

void GuideDesk::apply(const intent::TickGuide& intent) {
  auto& ticked = model_.guides[intent.item].ticked;
  if (intent.ticked) ticked.insert(intent.material);
  else ticked.erase(intent.material);
  keep(intent.item);
}

void GuideDesk::keep(const ItemId& item) {
  const std::string& key = item.text();
  outlet_.put(space, key, vault_.lock(space, key, encode_guide_notes(model_.guides[item])));
}

}  // namespace tongban::app
