// What a fill becomes in the draw list: a shader's run for each pixel, or a block that is cleared.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

#include "client/ui/paint/block.h"
#include "client/ui/paint/canvas.h"

namespace tongban::ui {
namespace {

constexpr Colour white = 0xFFFFFFFF, grey = 0xDAD8CFFF, glass = 0xFFFFFF80;

/// A canvas without fonts, at two device pixels a logical one.
struct Sheet {
  Sheet() {
    shared.SetCircleTessellationMaxError(0.3f);
    list._ResetForNewFrame();
    list.PushTexture(ImTextureRef());
    list.PushClipRect({0, 0}, {2000, 2000});
  }
  std::vector<Block> blocks() const {
    std::vector<Block> found;
    for (const ImDrawCmd& command : list.CmdBuffer) if (const auto block = block_of(list, command)) found.push_back(*block);
    return found;
  }
  /// The colour that a pixel has from blocks alone; 0 where none covers it.
  Colour block_at(int x, int y) const {
    Colour colour = 0;
    for (const Block& b : blocks()) if (x >= b.left && x < b.right && y >= b.top && y < b.bottom) colour = b.colour;
    return colour;
  }
  /// Whether a triangle may reach into the rectangle.
  bool triangles_in(float left, float top, float right, float bottom) const {
    for (int i = 0; i + 2 < list.IdxBuffer.Size; i += 3) {
      const auto at = [&](int k) { return list.VtxBuffer[static_cast<int>(list.IdxBuffer[i + k])].pos; };
      const auto [x0, x1] = std::minmax({at(0).x, at(1).x, at(2).x});
      const auto [y0, y1] = std::minmax({at(0).y, at(1).y, at(2).y});
      if (x1 > left && x0 < right && y1 > top && y0 < bottom) return true;
    }
    return false;
  }

  ImDrawListSharedData shared;
  ImDrawList list{&shared};
  PaintFonts fonts;
  Canvas canvas{&list, fonts, 2, 0, 0};
};

}  // namespace

TEST_CASE("a card is cleared but for its corners, with its border around it") {
  Sheet sheet;
  sheet.canvas.bordered({16, 10, 358, 100}, white, grey, 1, 14);   // 32…748, 20…220 in pixels; a border of two
  CHECK(sheet.block_at(390, 20) == grey);
  CHECK(sheet.block_at(390, 21) == grey);
  CHECK(sheet.block_at(390, 22) == white);
  CHECK(sheet.block_at(32, 120) == grey);
  CHECK(sheet.block_at(34, 120) == white);
  CHECK(sheet.block_at(745, 120) == white);
  CHECK(sheet.block_at(747, 219 - 28) == grey);
  CHECK(sheet.block_at(748, 120) == 0);
  CHECK(sheet.block_at(32, 20) == 0);   // a corner is soft
  CHECK(sheet.triangles_in(32, 20, 60, 48));
  CHECK(!sheet.triangles_in(62, 20, 718, 220));
  CHECK(!sheet.triangles_in(32, 50, 748, 190));
}

TEST_CASE("where the blocks meet a corner nothing of the border's colour is left") {
  Sheet sheet;
  sheet.canvas.bordered({16, 10, 358, 100}, white, grey, 1, 14);
  for (int at = 60; at < 64; ++at) {
    CHECK(sheet.block_at(at, 24) == white);
    CHECK(sheet.block_at(36, at - 12) == white);
  }
}

TEST_CASE("what is small or lets something through is drawn as triangles") {
  Sheet sheet;
  sheet.canvas.fill({10, 10, 60, 24}, white, 10);
  sheet.canvas.fill({10, 50, 350, 200}, glass, 14);
  sheet.canvas.bordered({10, 300, 350, 200}, glass, grey, 1, 14);
  CHECK(sheet.blocks().size() == 3);   // the border's own fill is opaque: it is below what shines through
  CHECK(sheet.triangles_in(100, 120, 200, 200));
}

}  // namespace tongban::ui
