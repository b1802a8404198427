// What a person answered and ticked off in a guide, kept on the device until a draft or an erasing takes its place.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "shared/base/bytes.h"
#include "shared/catalogue/situation.h"

namespace tongban::app {

struct GuideNotes {
  catalogue::Answers answers;
  std::set<std::string> ticked;  ///< keys of materials
  bool operator==(const GuideNotes&) const = default;
};

/// What is stored of them. Unknown versions and broken records decode to nothing.
Bytes encode_guide_notes(const GuideNotes& notes);
std::optional<GuideNotes> decode_guide_notes(ByteView bytes);

}  // namespace tongban::app
