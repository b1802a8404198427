#include "client/app/photo_box.h"

#include <algorithm>

#include "shared/casework/application_check.h"
#include "shared/crypto/digest.h"

namespace tongban::app {
namespace {

constexpr const char* space = "photo";

bool begins_with(ByteView bytes, std::initializer_list<std::uint8_t> magic) {
  return bytes.size() > magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

/// A picture whose end is missing was cut off on its way; cameras may write a little after the end mark.
bool has_near_end(ByteView bytes, std::string_view mark) {
  const std::size_t window = std::min<std::size_t>(bytes.size(), 64u << 10);
  return as_text(bytes.last(window)).find(mark) != std::string_view::npos;
}

template <typename Wanted>
const Photo* first(const std::vector<Paper>& papers, Wanted wanted) {
  for (const Paper& paper : papers)
    for (const Photo& photo : paper.photos)
      if (wanted(photo)) return &photo;
  return nullptr;
}

bool holds(const std::vector<Paper>& papers, const casework::Digest& digest) {
  return first(papers, [&](const Photo& photo) { return photo.digest == digest; }) != nullptr;
}

}  // namespace

PhotoBox::Checked PhotoBox::check(ByteView bytes) {
  if (bytes.empty()) return {Word::PhotoBroken, {}};
  if (bytes.size() > casework::largest_file) return {Word::PhotoTooLarge, {}};
  if (begins_with(bytes, {0xFF, 0xD8, 0xFF}))
    return has_near_end(bytes, "\xFF\xD9") ? Checked{{}, "image/jpeg"} : Checked{Word::PhotoBroken, {}};
  if (begins_with(bytes, {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A}))
    return has_near_end(bytes, "IEND") ? Checked{{}, "image/png"} : Checked{Word::PhotoBroken, {}};
  if (begins_with(bytes, {'%', 'P', 'D', 'F', '-'}))
    return has_near_end(bytes, "%%EOF") ? Checked{{}, "application/pdf"} : Checked{Word::PhotoBroken, {}};
  return {Word::PhotoWrongType, {}};
}

Photo PhotoBox::photo_of(ByteView bytes, std::string media_type, const PhotoLook& look) {
  return {crypto::digest(bytes), std::move(media_type), static_cast<std::uint32_t>(bytes.size()), look};
}

void PhotoBox::keep(const Photo& photo, const Bytes& bytes, std::function<void(bool ok)> stored) {
  const std::string key = photo.hex();
  outlet_.put(space, key, vault_.lock(space, key, bytes), [stored = std::move(stored)](const event::Stored& answer) { stored(answer.ok); });
}

void PhotoBox::read(const Photo& photo, std::function<void(Bytes)> then) {
  const std::string key = photo.hex();
  outlet_.get(space, key, [this, key, then = std::move(then)](const event::Stored& stored) {
    if (stored.rows.empty()) return then({});
    then(vault_.unlock(space, key, stored.rows.front().blob).value_or(Bytes()));
  });
}

const Photo* PhotoBox::find(std::string_view hex) const {
  const auto named = [&](const Photo& photo) { return photo.hex() == hex; };
  for (const Draft& draft : model_.drafts)
    if (const Photo* photo = first(draft.papers, named)) return photo;
  for (const CaseEntry& entry : model_.cases)
    if (const Photo* photo = first(entry.mending, named)) return photo;
  return nullptr;
}

void PhotoBox::show(const std::string& hex) {
  const Photo* photo = find(hex);
  if (!photo) return;
  read(*photo, [this, hex, type = photo->media_type](Bytes bytes) {
    if (!bytes.empty()) outlet_.emit(effect::Image{hex, type, std::move(bytes)});
  });
}

bool PhotoBox::in_use(const Photo& photo) const {
  for (const Draft& draft : model_.drafts)
    if (holds(draft.papers, photo.digest)) return true;
  for (const CaseEntry& entry : model_.cases)
    if (holds(entry.mending, photo.digest)) return true;
  for (const OutboxEntry& entry : model_.outbox)
    for (const Photo& file : entry.files)
      if (file.digest == photo.digest) return true;
  return false;
}

void PhotoBox::drop(const std::vector<Photo>& photos) {
  for (const Photo& photo : photos) {
    if (in_use(photo)) continue;
    outlet_.remove(space, photo.hex());
  }
}

}  // namespace tongban::app
