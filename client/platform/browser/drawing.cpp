#include "client/platform/browser/drawing.h"

#include <imgui.h>
#include <imgui_internal.h>

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
  if (g.IO.BackendFlags & ImGuiBackendFlags_RendererHasVtxOffset) g.DrawListSharedData.InitialFlags |= ImDrawListFlags_AllowVtxOffset;
  ImFontAtlasUpdateNewFrame(g.IO.Fonts, ++g.FrameCount, true);
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
