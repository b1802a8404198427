// The font slices as they arrive: kept for the rasteriser, read for widths. Asks for what is missing.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/platform/browser/system_glyphs.h"
#include "client/ui/paint/canvas.h"
#include "shared/base/bytes.h"

namespace tongban::platform {

class Fonts {
 public:
  /// Adds a slice by its name, "…-bold" or regular; an empty file says that there is none. False when it isn't a
  /// font. Between frames only.
  bool add(std::string_view name, ByteView file);
  /// No slice that could have this character is still on its way: the system's fonts may draw it.
  bool settled(char32_t c) const;
  /// A main slice, regular or bold, has neither come nor been found missing.
  bool main_on_its_way() const { return !answered_.contains("main-regular") || !answered_.contains("main-bold"); }
  /// Grows when characters may have become wider or narrower.
  std::size_t generation() const { return files_.size(); }
  /// The first frame can be drawn: the bold slice, too, has come, or has been found missing. Drawn without, its
  /// characters would be asked of the main slices, which are twenty times as large.
  bool ready() const { return regular_ && answered_.contains("home-bold"); }
  /// Both weights have something to draw with.
  bool both_weights() const { return regular_ && bold_; }
  /// Slices that would have these characters and were not asked for yet; each is named once.
  std::vector<std::string> wanted(const std::u32string& missing);

  const ui::Faces& faces() const { return faces_; }
  ui::PaintFonts paint_fonts() { return {regular_, bold_, &faces_, &others_}; }

 private:
  ui::Faces faces_;
  ImFont* regular_ = nullptr;
  ImFont* bold_ = nullptr;
  std::vector<std::unique_ptr<Bytes>> files_;   ///< the atlas reads from them for as long as it lives
  std::set<std::string, std::less<>> asked_, answered_;
  SystemGlyphs others_{*this};
};

}  // namespace tongban::platform
