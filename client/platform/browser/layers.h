// Draws each region into a picture of its own, and only when it would look different.
//
// One WebGL canvas serves all: a layer is drawn on it, taken off as an ImageBitmap and shown by the shell in the
// same task as the changes of the twin, so picture and elements never part.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "client/ui/layout.h"
#include "client/ui/paint/painter.h"
#include "client/platform/browser/fonts.h"

struct ImDrawList;

namespace tongban::platform {

struct Layer {
  ui::Region region;
  float canvas_y = 0, canvas_h = 0;   ///< the band of the content that the picture shows
  int pixel_w = 0, pixel_h = 0;
  std::uint64_t hash = 0;
  bool alive = false, painted = false;
};

class Layers {
 public:
  Layers();
  /// False when there is no WebGL2 here.
  bool create();
  void context_lost();
  void context_restored();

  /// Paints what looks different. `scroll_y` is where the page stands; `changed`: the tree is another one.
  void paint(const ui::Tree& tree, const std::vector<ui::LayerFrame>& frames, const ui::PaintState& state,
             Fonts& fonts, float dpr, float scroll_y, bool changed);
  /// Draws all of a page once, on white; the shell takes it as the picture `name`.
  void keep_picture(const ui::Tree& tree, const ui::LayerFrame& frame, Fonts& fonts, std::string_view name);
  /// Draws what the page shows first into the void: its characters are in the atlas, and on the GPU, afterwards.
  void rehearse(const ui::Tree& tree, const ui::LayerFrame& frame, const ui::PaintState& state, Fonts& fonts, float dpr) const;
  /// Whether the picture of the page still covers what this scroll position shows, with some reserve.
  bool covers(const ui::LayerFrame& page, float scroll_y) const;

  const std::vector<Layer>& list() const { return layers_; }
  const std::u32string& missing() const { return missing_; }
  bool moving() const { return moving_; }

 private:
  struct Picture {
    const ui::Tree& tree;
    int node;
    float top, bottom;   ///< what of the content is drawn
    int pixel_w, pixel_h;
  };
  /// What came up while painting.
  struct Found {
    std::u32string missing;
    bool moving = false;
  };
  Found fill(ImDrawList& list, const Picture& picture, const ui::PaintState& state, Fonts& fonts, float dpr) const;
  void note(Found found);
  Layer& layer_of(ui::Region region);
  void place_band(Layer& layer, const ui::LayerFrame& frame, float scroll_y, bool changed) const;
  void paint_layer(const ui::Tree& tree, const ui::LayerFrame& frame, Layer& layer, const ui::PaintState& state, Fonts& fonts, float dpr);

  std::vector<Layer> layers_;
  std::u32string missing_;
  bool moving_ = false, lost_ = false;
};

}  // namespace tongban::platform
