// Photos and files that were added to a material: what they show, how large they are, and what may be wrong with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/views/screen.h"

namespace tongban::views {

/// What may be wrong with it, as a sentence; empty: nothing that was measured.
std::string doubt_words(const Screen& screen, const app::Photo& photo);

bool doubted(const app::Photo& photo);
/// How many of a paper's photos are doubted.
std::size_t doubts(const app::Paper* paper);

/// What may be done with a photo that is shown.
enum class PhotoTools : std::uint8_t { None, Remove, RemoveOrRetake };
/// What was done with it.
struct PhotoWish {
  bool remove = false;
  std::optional<ui::FileRef> instead = {};
};

/// One of them, `number` of those of `material`. Taking it anew is offered where something may be wrong with it.
PhotoWish photo_row(Screen& screen, std::string_view material, const app::Photo& photo, int number, PhotoTools tools);

/// What the platform measured of a chosen file, as the app judges it.
app::PhotoLook look_of(const ui::FileRef& file);

}  // namespace tongban::views
