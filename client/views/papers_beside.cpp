// Third step on a tablet or a desktop: the list at the left ticks what will be brought and says how each stands; at the
// right the photos of one material, the one that is looked at large.
#include <algorithm>

#include "client/views/format.h"
#include "client/views/guide_parts.h"
#include "client/views/photos.h"
#include "client/views/prepare.h"

namespace tongban::views {
namespace {

constexpr float list_width = 376, preview_height = 260, thumbnail = 56;

/// What was chosen last, else the first that isn't ready.
const catalogue::Material* looked_at(const app::Draft& draft, const std::vector<const catalogue::Material*>& needed) {
  const auto find = [&](auto wanted) {
    const auto found = std::find_if(needed.begin(), needed.end(), wanted);
    return found == needed.end() ? nullptr : *found;
  };
  if (const auto* chosen = find([&](const auto* material) { return material->key == draft.looked_at; })) return chosen;
  const auto* next = find([&](const auto* material) {
    const app::Paper* paper = draft.paper(material->key);
    return !paper || !paper->ready();
  });
  return next ? next : needed.front();
}

const app::Photo& looked_photo(const app::Draft& draft, const app::Paper& paper) {
  for (const app::Photo& photo : paper.photos)
    if (photo.hex() == draft.looked_photo) return photo;
  return paper.photos.back();
}

void paper_row(Screen& screen, const app::Draft& draft, const catalogue::Material& material, bool current) {
  auto& ui = screen.ui;
  const app::Paper* paper = draft.paper(material.key);
  const bool ready = paper && paper->ready(), bring = paper && paper->bring, doubt = doubts(paper) > 0;
  auto row = ui.item(material.key, {.axis = ui::Axis::Row, .pad = {0, 8}, .align = ui::Align::Center, .selected = current});
  const std::string label = std::string(screen.of_item(material.name)) + std::string(screen.say(Word::Comma)) + std::string(screen.say(Word::MaterialWillBring));
  if (ui.check("bring", label, {.checked = bring, .label_hidden = true})) screen.want(intent::Bring{draft.key(), material.key, !bring});
  auto tile = ui.tile("look", {.box = {.axis = ui::Axis::Row, .gap = 8, .pad = {10, 8}, .align = ui::Align::Center, .grow = 1}, .current = current});
  if (tile.pressed()) screen.want(intent::LookAtPaper{draft.key(), material.key});
  {
    auto words = ui.column({.grow = 1});
    ui.text(screen.of_item(material.name), {.bold = true});
    ui.text(state_of(screen, paper), {.size = ui::TextSize::Caption, .tone = doubt ? ui::Tone::Warn : ready ? ui::Tone::Accent : ui::Tone::Ink2});
  }
  if (doubt) ui.icon(ui::Icon::Warn, 24, ui::Tone::Warn);
  ui.icon(ui::Icon::Right, 24, ui::Tone::Ink2);
}

void finding(Screen& screen, Word word) {
  auto& ui = screen.ui;
  auto one = ui.row({.gap = 8});
  ui.icon(ui::Icon::Check, 22, ui::Tone::Accent);
  ui.text(screen.say(word));
}

/// What was measured of the photo: three ticks, or the doubt in words.
void findings(Screen& screen, const app::Photo& photo) {
  auto& ui = screen.ui;
  if (photo.look.width == 0) return;
  auto row = ui.row({.key = "findings", .gap = 24, .wrap = true});
  if (const std::string doubt = doubt_words(screen, photo); !doubt.empty()) {
    auto one = ui.row({.gap = 8});
    ui.icon(ui::Icon::Warn, 22, ui::Tone::Warn);
    return ui.text(doubt, {.tone = ui::Tone::Warn, .bold = true});
  }
  for (const Word word : {Word::PhotoSharp, Word::PhotoNoGlare, Word::PhotoLarge}) finding(screen, word);
}

std::string photo_name(const Screen& screen, const app::Photo& photo, std::size_t number) {
  return screen.say(Word::PhotoNumber, {{"n", std::to_string(number)}, {"size", file_size(screen.say, photo.size)}});
}

void file_sign(Screen& screen, std::string_view name) {
  auto& ui = screen.ui;
  auto room = ui.column({.gap = 8, .pad = 40, .align = ui::Align::Center, .justify = ui::Justify::Center, .min_height = preview_height, .style = ui::Style::Sunk});
  ui.icon(ui::Icon::Doc, 64, ui::Tone::Accent);
  ui.text(name, {.center = true});
}

void thumbnails(Screen& screen, const app::Draft& draft, const catalogue::Material& material, const app::Paper& paper, const app::Photo& shown) {
  auto& ui = screen.ui;
  if (paper.photos.size() < 2) return;
  auto list = ui.list(screen.say(Word::ReviewAttached), {.axis = ui::Axis::Row, .gap = 12, .wrap = true});
  std::size_t number = 0;
  for (const app::Photo& photo : paper.photos) {
    const std::string name = photo_name(screen, photo, ++number);
    const std::string doubt = doubt_words(screen, photo);
    const std::string label = doubt.empty() ? name : name + std::string(screen.say(Word::Comma)) + doubt;
    const bool current = &photo == &shown;
    auto tile = ui.tile(photo.hex(), {.label = label, .box = {.role = ui::Role::Item, .axis = ui::Axis::Row, .gap = 4, .pad = 4, .align = ui::Align::Start, .style = ui::Style::Card, .selected = current}, .current = current});
    if (tile.pressed()) screen.want(intent::LookAtPaper{draft.key(), material.key, photo.hex()});
    if (photo.media_type == "application/pdf") ui.icon(ui::Icon::Doc, thumbnail, ui::Tone::Accent);
    else ui.image("small", {}, "photo:" + photo.hex(), thumbnail, thumbnail);
    if (photo.look.width > 0) ui.icon(doubt.empty() ? ui::Icon::Check : ui::Icon::Warn, 22, doubt.empty() ? ui::Tone::Accent : ui::Tone::Warn);
  }
}

void add_photo(Screen& screen, const app::Draft& draft, const catalogue::Material& material, std::string_view key, Word label, const ui::File& look, const std::string& instead_of) {
  if (auto file = screen.ui.file(key, screen.say(label), look))
    screen.want(added(draft, material, *file, instead_of));
}

void no_photo(Screen& screen) {
  auto& ui = screen.ui;
  auto room = ui.column({.key = "empty", .gap = 16, .pad = 40, .align = ui::Align::Center, .justify = ui::Justify::Center, .min_height = preview_height, .style = ui::Style::Sunk});
  ui.icon(ui::Icon::Camera, 48, ui::Tone::Ink3);
  ui.text(screen.say(Word::PhotoNone), {.tone = ui::Tone::Ink2, .center = true});
}

std::string full_name(const Screen& screen, const catalogue::Material& material, const app::Paper& paper, const app::Photo& photo) {
  const auto number = static_cast<std::size_t>(&photo - paper.photos.data()) + 1;
  return std::string(screen.of_item(material.name)) + std::string(screen.say(Word::Comma)) + photo_name(screen, photo, number);
}

void photos(Screen& screen, const app::Draft& draft, const catalogue::Material& material, const app::Paper& paper, const app::Photo& shown) {
  auto& ui = screen.ui;
  const std::string name = full_name(screen, material, paper, shown);
  {
    auto large = ui.column({.key = "large"});
    if (shown.media_type == "application/pdf") file_sign(screen, name);
    else ui.image("picture", name, "photo:" + shown.hex(), 0, preview_height);   // as wide as there is room
  }
  findings(screen, shown);
  thumbnails(screen, draft, material, paper, shown);
}

/// The first of them stays what it is when the first photo comes, so that the focus stays on it.
void actions(Screen& screen, const app::Draft& draft, const catalogue::Material& material, const app::Paper* paper, const app::Photo* shown) {
  auto& ui = screen.ui;
  auto row = ui.row({.key = "actions", .gap = 12, .wrap = true});
  if (!shown) return add_photo(screen, draft, material, "photo", Word::MaterialPhoto, {.kind = ui::ButtonKind::Strong}, {});
  const std::string name = full_name(screen, material, *paper, *shown);
  add_photo(screen, draft, material, "photo", Word::MaterialAddPhoto, {.icon = ui::Icon::Plus}, {});
  add_photo(screen, draft, material, "again", Word::PhotoRetake, {.kind = doubted(*shown) ? ui::ButtonKind::Strong : ui::ButtonKind::Outlined}, shown->hex());
  if (ui.button("remove", screen.say(Word::PhotoRemove), {.kind = ui::ButtonKind::Text, .icon = ui::Icon::Trash, .describe = std::string(screen.say(Word::PhotoRemove)) + " " + name}))
    screen.want(intent::RemovePhoto{draft.key(), material.key, shown->hex()});
}

}  // namespace

void papers_beside(Screen& screen, const app::Draft& draft, const catalogue::Item& item) {
  auto& ui = screen.ui;
  const auto list = catalogue::needed_materials(item, draft.application.answers);
  if (list.needed.empty()) return papers_head(screen, draft, item, Word::MaterialStillOriginal);
  const catalogue::Material& current = *looked_at(draft, list.needed);
  auto columns = ui.row({.gap = 28, .align = ui::Align::Start});
  {
    auto left = ui.column({.gap = 16, .width = list_width});
    papers_head(screen, draft, item, Word::MaterialsTick);
    auto rows = ui.list(screen.say(Word::StepMaterials), {.style = ui::Style::Card, .divided = true});
    for (const auto* material : list.needed) paper_row(screen, draft, *material, material == &current);
  }
  auto right = ui.box({.key = "paper", .role = ui::Role::Section, .label = screen.of_item(current.name), .gap = 12, .grow = 1});
  {
    auto head = ui.row({.gap = 16, .align = ui::Align::Baseline, .justify = ui::Justify::Between, .wrap = true});
    ui.heading(2, screen.of_item(current.name), {.size = ui::TextSize::H3});
    if (const auto chinese = screen.original(current.name); !chinese.empty()) ui.caption(chinese);
    ui.caption(material_caption(screen, item, current, draft.application.answers));
  }
  if (draft.photo_fault_at == current.key && !draft.photo_fault.empty()) ui.banner(ui::Style::Error, draft.photo_fault, {}, ui::Icon::Err);
  const app::Paper* paper = draft.paper(current.key);
  const app::Photo* shown = paper && !paper->photos.empty() ? &looked_photo(draft, *paper) : nullptr;
  if (shown) photos(screen, draft, current, *paper, *shown);
  else no_photo(screen);
  actions(screen, draft, current, paper, shown);
}

}  // namespace tongban::views
