#include "client/ui/layout.h"

#include <algorithm>
#include <cmath>

#include "client/ui/measure.h"

namespace tongban::ui {
namespace {

const RegionRef* find_region(const Tree& tree, Region region) {
  for (const RegionRef& r : tree.regions) if (r.region == region) return &r;
  return nullptr;
}

class Screen {
 public:
  Screen(Tree& tree, const Faces& faces, const Window& window) : tree_(tree), measure_(tree, faces), window_(window) {}

  std::vector<LayerFrame> run() {
    // At 400 % of a desktop's zoom, or beside a soft keyboard, bars that stand still leave nothing to read in.
    constexpr float least_height = 400;
    if (window_.height < least_height && !tree_.staff) {
      scroll_with_page(Region::Top, true);
      scroll_with_page(Region::Bottom, false);
    }
    float left = 0, top = 0, bottom = 0;
    if (const RegionRef* rail = find_region(tree_, Region::Rail)) {
      left = std::ceil(tree_.at(rail->node).width);
      add(*rail, 0, 0, left, window_.height);
    }
    const float width = window_.width - left;
    if (const RegionRef* bar = find_region(tree_, Region::Top)) {
      top = std::ceil(measure_.height(bar->node, width));
      add(*bar, left, 0, width, top);
    }
    if (const RegionRef* bar = find_region(tree_, Region::Bottom)) {
      bottom = std::ceil(measure_.height(bar->node, width));
      add(*bar, left, window_.height - bottom, width, bottom);
    }
    if (const RegionRef* main = find_region(tree_, Region::Main)) {
      const float height = std::max(80.f, window_.height - top - bottom);
      const RegionRef* beside = find_region(tree_, Region::Beside);
      const float main_width = beside ? std::min(width, std::ceil(tree_.at(main->node).width)) : width;
      add(*main, left, top, main_width, height, window_.gutter);
      if (beside) add(*beside, left + main_width, top, width - main_width, height, window_.gutter);
    }
    overlays(left, width, bottom);
    return std::move(frames_);
  }

 private:
  void add(const RegionRef& ref, float x, float y, float w, float h, float gutter = 0) {
    const float inner = w - gutter;
    const float content = std::ceil(std::max(h, measure_.height(ref.node, inner)));
    measure_.place(ref.node, 0, 0, inner, content);
    frames_.push_back({ref.region, ref.node, x, y, w, h, content});
  }

  /// Makes a bar the first or the last thing on the page itself.
  void scroll_with_page(Region region, bool first) {
    const RegionRef* main = find_region(tree_, Region::Main);
    const RegionRef* bar = find_region(tree_, region);
    if (!main || !bar) return;
    tree_.move(bar->node, main->node, first);
    std::erase_if(tree_.regions, [&](const RegionRef& ref) { return ref.region == region; });
  }

  void overlays(float left, float width, float bottom) {
    if (const RegionRef* toast = find_region(tree_, Region::Toast)) {
      const float h = std::ceil(measure_.height(toast->node, width));
      add(*toast, left, window_.height - bottom - h - 8, width, h);
    }
    if (const RegionRef* dialog = find_region(tree_, Region::Dialog)) {
      Node& node = tree_.at(dialog->node);
      node.pad = Pad(16);
      node.justify = Justify::Center;
      add(*dialog, 0, 0, window_.width, window_.height);
    }
  }

  Tree& tree_;
  Measure measure_;
  const Window& window_;
  std::vector<LayerFrame> frames_;
};

}  // namespace

std::vector<LayerFrame> layout_screen(Tree& tree, const Faces& faces, const Window& window) {
  return Screen(tree, faces, window).run();
}

float layout_box(Tree& tree, int node, const Faces& faces, float width) {
  Measure measure(tree, faces);
  const float h = measure.height(node, width);
  measure.place(node, 0, 0, width, h);
  return h;
}

}  // namespace tongban::ui
