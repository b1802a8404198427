// Third step: each material is brought along, or photographed. Here one card a material; papers_beside.cpp where there is room.
#include "client/views/format.h"
#include "client/views/guide_parts.h"
#include "client/views/photos.h"
#include "client/views/prepare.h"

namespace tongban::views {
namespace {

void photos(Screen& screen, const app::Draft& draft, const catalogue::Material& material, const app::Paper& paper) {
  auto& ui = screen.ui;
  auto list = ui.list(screen.say(Word::ReviewAttached), {.gap = 8});
  int number = 0;
  for (const app::Photo& photo : paper.photos) {
    const PhotoWish wish = photo_row(screen, screen.of_item(material.name), photo, ++number, PhotoTools::RemoveOrRetake);
    if (wish.remove) screen.want(intent::RemovePhoto{draft.key(), material.key, photo.hex()});
    if (wish.instead) screen.want(added(draft, material, *wish.instead, photo.hex()));
  }
}

void paper_card(Screen& screen, const app::Draft& draft, const catalogue::Item& item, const catalogue::Material& material) {
  auto& ui = screen.ui;
  const app::Paper* paper = draft.paper(material.key);
  const bool ready = paper && paper->ready();
  const bool tag_below = !ui.flowing() && ui.ems() < (screen.say.english() ? 20 : 14);
  const auto state = [&] { ui.tag(state_of(screen, paper), ready ? ui::Style::Tint : ui::Style::Sunk); };
  auto card = ui.item(material.key, {.gap = 12, .pad = 20, .style = ui::Style::Card});
  {
    auto head = ui.row({.gap = 16, .align = ui::Align::Start});
    ui.icon(ready ? ui::Icon::Check : ui::Icon::Doc, 28, ready ? ui::Tone::Accent : ui::Tone::Ink3);
    {
      auto words = ui.column({.gap = 2, .grow = 1});
      ui.text(screen.of_item(material.name), {.bold = true});
      if (const auto chinese = screen.original(material.name); !chinese.empty()) ui.caption(chinese);
      ui.caption(material_caption(screen, item, material, draft.application.answers));
      if (tag_below) state();
    }
    if (!tag_below) state();
  }
  if (draft.photo_fault_at == material.key && !draft.photo_fault.empty())
    ui.banner(ui::Style::Error, draft.photo_fault, {}, ui::Icon::Err);
  if (paper && !paper->photos.empty()) photos(screen, draft, material, *paper);
  auto actions = ui.row({.gap = 16, .align = ui::Align::Center, .wrap = true});
  const bool bring = paper && paper->bring;
  if (ui.check("bring", screen.say(Word::MaterialWillBring), {.checked = bring})) screen.want(intent::Bring{draft.key(), material.key, !bring});
  ui.spring();
  const bool more = paper && !paper->photos.empty();
  if (auto file = ui.file("photo", screen.say(more ? Word::MaterialAddPhoto : Word::MaterialPhoto), {.icon = more ? ui::Icon::Plus : ui::Icon::Camera}))
    screen.want(added(draft, material, *file, {}));
}

}  // namespace

intent::AddPhoto added(const app::Draft& draft, const catalogue::Material& material, const ui::FileRef& file, std::string instead_of) {
  return {draft.key(), material.key, file.name, file.type, Bytes(file.bytes.begin(), file.bytes.end()), look_of(file), std::move(instead_of)};
}

std::string state_of(const Screen& screen, const app::Paper* paper) {
  if (!paper || !paper->ready()) return std::string(screen.say(Word::MaterialNotYet));
  if (!paper->photos.empty()) return screen.say(Word::MaterialPhotos, "n", static_cast<long long>(paper->photos.size()));
  return std::string(screen.say(Word::MaterialWillBring));
}

void papers_head(Screen& screen, const app::Draft& draft, const catalogue::Item& item, Word caption) {
  auto& ui = screen.ui;
  const app::Readiness ready = app::readiness(draft, item);
  auto head = ui.column({.gap = 4});
  ui.heading(1, ready.ready == ready.total ? screen.say(Word::MaterialsAllReady, "n", ready.total)
                                           : screen.say(Word::MaterialsReady, {{"done", std::to_string(ready.ready)}, {"left", std::to_string(ready.total - ready.ready)}}),
             {.size = ui::TextSize::H2});
  ui.text(screen.say(caption), {.tone = ui::Tone::Ink2});
}

void papers_step(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  if (item.materials.empty()) {
    ui.heading(1, screen.say(Word::MaterialsNone), {.size = ui::TextSize::H2});
    ui.text(screen.say(Word::MaterialsNoneCaption, {{"hotline", screen.hotline()}}), {.tone = ui::Tone::Ink2});
    return;
  }
  if (ui.wide() && !ui.roomy() && !ui.flowing()) return papers_beside(screen, draft, item);
  papers_head(screen, draft, item, Word::MaterialStillOriginal);
  const auto list = catalogue::needed_materials(item, draft.application.answers);
  auto cards = ui.box({.role = ui::Role::List, .label = screen.say(Word::StepMaterials), .axis = ui::Axis::Grid, .gap = 16, .min_column = 400});
  for (const auto* material : list.needed) paper_card(screen, draft, item, *material);
}

}  // namespace tongban::views
