#include "client/ui/paint/block.h"

#include <cstring>

#include <imgui.h>

namespace tongban::ui {
namespace {

/// Only marks the command: who draws the list reads it by block_of().
void is_block(const ImDrawList*, const ImDrawCmd*) {}

}  // namespace

void add_block(ImDrawList& list, const Block& block) {
  Block copy = block;
  list.AddCallback(is_block, &copy, sizeof copy);
}

std::optional<Block> block_of(const ImDrawList& list, const ImDrawCmd& command) {
  if (command.UserCallback != is_block) return std::nullopt;
  Block block{};
  std::memcpy(&block, list._CallbacksDataBuf.Data + command.UserCallbackDataOffset, sizeof block);
  return block;
}

}  // namespace tongban::ui
