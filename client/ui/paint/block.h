// Large rectangles of one colour, kept out of the triangles of a draw list. A GPU that is played by software (an old
// phone without a driver, a virtual desktop) runs a shader for each pixel of a triangle; to clear a rectangle costs it
// hardly anything.
#pragma once

#include <cstdint>
#include <optional>

#include "client/ui/tokens.h"

struct ImDrawCmd;
struct ImDrawList;

namespace tongban::ui {

/// In device pixels; right and bottom are outside. The colour is opaque.
struct Block {
  std::int32_t left, top, right, bottom;
  Colour colour;
};

/// After what the list draws already, and below what comes.
void add_block(ImDrawList& list, const Block& block);
/// The block that a command of the list stands for; none where it stands for triangles.
std::optional<Block> block_of(const ImDrawList& list, const ImDrawCmd& command);

}  // namespace tongban::ui
