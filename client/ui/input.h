// What a view is run with: the window, the resident's settings, and what was just done to an element.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "client/ui/options.h"
#include "shared/base/time.h"

namespace tongban::ui {

class Tree;

/// An element's identity: 52 bits, so that JavaScript's numbers hold it. 0 is nothing.
using Id = std::uint64_t;

enum class ActionKind : std::uint8_t { Click, Value, Change, Submit, Blur, Focus, Cancel, File };

/// What the platform measured of a picture that was chosen, before anybody has looked at it.
struct PictureLook {
  int width = 0, height = 0;              ///< 0: no picture, or not measured
  float sharpness = 0;                    ///< of its sharpest tenth: mean square of the Laplacian of grey levels 0…255
  float glare = 0;                        ///< share of the worst ninth that light has burnt out
  int glare_at = 0;                       ///< which ninth, row by row
};

/// One thing the resident did, addressed to the element of the tree that they saw.
struct Action {
  Id id = 0;
  ActionKind kind = ActionKind::Click;
  std::string value;                      ///< new text, option index, or file name
  std::string type;                       ///< of a file
  std::span<const std::uint8_t> bytes;    ///< of a file
  PictureLook look = {};                  ///< of a file that is a picture
};

/// Small state that belongs to the look and not to the app: which disclosures are open.
struct Memory {
  std::unordered_map<Id, bool> open;
};

struct Input {
  float width = 390, height = 844;        ///< of the window, logical pixels
  float dpr = 1;
  TypeSize type_size = TypeSize::Normal;
  Theme theme = Theme::Light;
  bool english = false;
  bool flowing = false;
  bool coarse = false;                    ///< the pointer is a finger
  Instant now{};
  const Action* action = nullptr;         ///< at most one a run
  Memory* memory = nullptr;
  const Tree* last = nullptr;             ///< the screen before this one
  bool last_fits = false;                 ///< it was laid out for this window, type, language and these fonts
  int new_parts = 0;                      ///< how many parts of a new screen are described in one run; 0: all
};

}  // namespace tongban::ui
