#include "client/platform/browser/drawing.h"

#include <algorithm>
#include <cstdarg>
#include <cstring>

#include <imgui.h>
#include <imgui_internal.h>

// ImGui formats only the names of fonts, for its debug windows. The C library's way to that is 20 KB of decimals and
// long doubles, so this stands in its place.
int ImFormatStringV(char* out, std::size_t size, const char* format, std::va_list) {
  if (!out || size == 0) return 0;
  const std::size_t length = std::min(std::strlen(format), size - 1);
  std::memcpy(out, format, length);
  out[length] = 0;
  return static_cast<int>(length);
}
int ImFormatString(char* out, std::size_t size, const char* format, ...) {
  std::va_list none;
  va_start(none, format);
  const int length = ImFormatStringV(out, size, format, none);
  va_end(none);
  return length;
}

namespace tongban::platform {

void create_drawing() {
  ImGui::SetCurrentContext(IM_NEW(ImGuiContext)(nullptr));
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGui::RegisterFontAtlas(g.IO.Fonts);
  ImDrawListSharedData& shared = g.DrawListSharedData;
  shared.Context = &g;
  shared.FontAtlas = g.IO.Fonts;
  shared.CurveTessellationTol = g.Style.CurveTessellationTol;
  shared.SetCircleTessellationMaxError(g.Style.CircleTessellationMaxError);
  shared.InitialFlags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedLinesUseTex | ImDrawListFlags_AntiAliasedFill;
}

void begin_drawing(float width, float height) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  g.IO.DisplaySize = {width, height};
  g.DrawListSharedData.ClipRectFullscreen = {0, 0, width, height};
  ImFontAtlasUpdateNewFrame(g.IO.Fonts, ++g.FrameCount, true);
}

void make_room() {
  constexpr int wide = 1024, high = 2048;
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  if (atlas->TexData && atlas->TexData->Width * atlas->TexData->Height < wide * high) ImFontAtlasTextureRepack(atlas, wide, high);
}

void end_drawing() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  g.PlatformIO.Textures.resize(0);
  for (ImTextureData* texture : g.IO.Fonts->TexList) {
    texture->RefCount = 1;
    g.PlatformIO.Textures.push_back(texture);
  }
}

ImDrawListSharedData* shared_drawing() { return &ImGui::GetCurrentContext()->DrawListSharedData; }

}  // namespace tongban::platform
