// Icons: the compiled paths, stroked with round caps and joins.
#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

#include "client/ui/icon_shapes.h"
#include "client/ui/paint/canvas.h"

namespace tongban::ui {
namespace {

ImU32 packed(Colour c) { return IM_COL32((c >> 24) & 255, (c >> 16) & 255, (c >> 8) & 255, c & 255); }

class IconPen {
 public:
  IconPen(ImDrawList* list, ImVec2 origin, float scale, float stroke, ImU32 ink, ImU32 surface)
      : list_(list), origin_(origin), scale_(scale), stroke_(stroke), ink_(ink), surface_(surface) {}

  void run(const std::int16_t* op) {
    while (*op != icon_op::End) {
      switch (*op++) {
        case icon_op::Shape: flush(false); fill_ = op[0]; stroked_ = op[1] != 0; op += 2; break;
        case icon_op::Move: flush(false); list_->PathLineTo(at(op)); last_ = at(op); corner(); op += 2; break;
        case icon_op::Line: list_->PathLineTo(at(op)); last_ = at(op); corner(); op += 2; break;
        case icon_op::Cubic: list_->PathBezierCubicCurveTo(at(op), at(op + 2), at(op + 4)); last_ = at(op + 4); corner(); op += 6; break;
        case icon_op::Close: flush(true); break;
        case icon_op::Circle: circle(at(op), static_cast<float>(op[2]) / 100 * scale_); op += 3; break;
      }
    }
    flush(false);
  }

 private:
  ImVec2 at(const std::int16_t* p) const {
    return {origin_.x + static_cast<float>(p[0]) / 100 * scale_, origin_.y + static_cast<float>(p[1]) / 100 * scale_};
  }
  /// Remembers a vertex: where strokes meet or end, a disc rounds them.
  void corner() { corners_.push_back(last_); }

  void circle(ImVec2 centre, float r) {
    flush(false);
    if (fill_ == 1) list_->AddCircleFilled(centre, stroked_ ? r + stroke_ / 2 : r, ink_);
    if (fill_ == 2) list_->AddCircleFilled(centre, r, surface_);
    if (stroked_ && fill_ != 1) list_->AddCircle(centre, r, ink_, 0, stroke_);
  }

  void flush(bool closed) {
    // A path that was drawn back to its start would have a last side of no length, and no direction there.
    if (closed && list_->_Path.Size > 2) {
      const ImVec2 first = list_->_Path.front(), last = list_->_Path.back();
      if (std::abs(first.x - last.x) + std::abs(first.y - last.y) < 0.05f) list_->_Path.pop_back();
    }
    if (list_->_Path.Size > 1) {
      if (fill_ != 0) {
        const ImVector<ImVec2>& path = list_->_Path;
        list_->AddConcavePolyFilled(path.Data, path.Size, fill_ == 1 ? ink_ : surface_);
      }
      if (stroked_) {
        list_->PathStroke(ink_, closed ? ImDrawFlags_Closed : 0, stroke_);
        for (const ImVec2& c : corners_) list_->AddCircleFilled(c, stroke_ / 2, ink_);
      }
    }
    list_->PathClear();
    corners_.clear();
  }

  ImDrawList* list_;
  ImVec2 origin_;
  float scale_, stroke_;
  ImU32 ink_, surface_;
  int fill_ = 0;
  bool stroked_ = true;
  ImVec2 last_{};
  ImVector<ImVec2> corners_;
};

}  // namespace

void Canvas::icon(Icon icon, Rect r, Colour colour, Colour surface, float stroke) {
  const float scale = r.w / 24 * dpr_;
  const ImVec2 origin{px(r.x), py(r.y)};
  IconPen(list_, origin, scale, stroke * dpr_, packed(colour), packed(surface)).run(icon_commands(icon));
}

}  // namespace tongban::ui
