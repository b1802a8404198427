#include "client/platform/browser/fonts.h"

#include <imgui.h>
#include <imgui_internal.h>

namespace tongban::platform {
namespace {

// As assets/fonts/characters.mjs names them.
std::string rare_slice(char32_t c) {
  static constexpr char hex[] = "0123456789abcdef";
  const std::uint32_t first = c < 0x10000 ? c & ~0xFFu : c & ~0xFFFu;
  std::string digits;
  for (std::uint32_t rest = first; rest > 0; rest >>= 4) digits.insert(digits.begin(), hex[rest & 15]);
  return "rare-" + digits;
}

}  // namespace

bool Fonts::add(std::string_view name, ByteView file) {
  const bool bold = name.ends_with("-bold");
  asked_.emplace(name);
  answered_.emplace(name);
  if (!(bold ? faces_.bold : faces_.regular).add(file)) return false;
  files_.push_back(std::make_unique<Bytes>(file.begin(), file.end()));
  ImFont*& font = bold ? bold_ : regular_;
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.MergeMode = font != nullptr;
  config.DstFont = font;
  config.OversampleH = config.OversampleV = 1;   // pens stand on whole pixels
  // What is baked knows only the slices of its time.
  if (font) ImFontAtlasFontDiscardBakes(atlas, font, 0);
  ImFont* added = atlas->AddFontFromMemoryTTF(files_.back()->data(), static_cast<int>(files_.back()->size()), 16, &config);
  if (!font) font = added;
  return added != nullptr;
}

bool Fonts::settled(char32_t c) const { return answered_.contains("main-regular") && (c < 0x2E80 || answered_.contains(rare_slice(c))); }

std::vector<std::string> Fonts::wanted(const std::u32string& missing) {
  std::vector<std::string> names;
  const auto want = [&](const std::string& name) {
    if (asked_.insert(name).second) names.push_back(name);
  };
  if (missing.empty()) return names;
  want("main-regular");
  want("main-bold");
  if (files_.size() < 4) return names;   // home and main of both weights come first
  for (const char32_t c : missing) if (c >= 0x2E80) want(rare_slice(c));
  return names;
}

}  // namespace tongban::platform
