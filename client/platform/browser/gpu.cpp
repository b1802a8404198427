#include "client/platform/browser/gpu.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <emscripten.h>
#include <imgui.h>

#include "client/ui/paint/block.h"

static_assert(sizeof(ImDrawVert) == 20 && sizeof(ImDrawIdx) == 4, "shell/gl-canvas.js reads them so");

EM_JS(int, tb_gpu_ready, (), { return Module.gpu ? 1 : 0; });
EM_JS(void, tb_gpu_upload, (int texture, int width, int height, int x, int y, int w, int h, const std::uint8_t* octets), {
  Module.gpu.upload(texture, width, height, [x, y, w, h], HEAPU8.subarray(octets, octets + (h - 1) * width + w));
});
EM_JS(void, tb_gpu_forget, (int texture), { Module.gpu.forget(texture); });
EM_JS(void, tb_gpu_draw, (int width, int height, const float* ground, const void* vertices, int vertex_octets, const void* indices, int index_octets,
                          const std::int32_t* commands, int numbers), {
  Module.gpu.draw(width, height, HEAPF32.subarray(ground >> 2, (ground >> 2) + 4), HEAPU8.subarray(vertices, vertices + vertex_octets),
                  HEAPU8.subarray(indices, indices + index_octets), HEAP32.subarray(commands >> 2, (commands >> 2) + numbers));
});

namespace tongban::platform::gpu {
namespace {

int id_of(const ImTextureData& texture) { return texture.UniqueID + 1; }

void upload(const ImTextureData& texture, const ImTextureRect& part) {
  tb_gpu_upload(id_of(texture), texture.Width, texture.Height, part.x, part.y, part.w, part.h,
                static_cast<const std::uint8_t*>(const_cast<ImTextureData&>(texture).GetPixelsAt(part.x, part.y)));
}

void follow(ImTextureData& texture) {
  switch (texture.Status) {
    case ImTextureStatus_WantCreate:
      upload(texture, {0, 0, static_cast<unsigned short>(texture.Width), static_cast<unsigned short>(texture.Height)});
      texture.SetTexID(static_cast<ImTextureID>(id_of(texture)));
      texture.SetStatus(ImTextureStatus_OK);
      break;
    case ImTextureStatus_WantUpdates:
      upload(texture, texture.UpdateRect);
      texture.SetStatus(ImTextureStatus_OK);
      break;
    case ImTextureStatus_WantDestroy:
      if (texture.UnusedFrames == 0) break;
      tb_gpu_forget(id_of(texture));
      texture.SetTexID(ImTextureID_Invalid);
      texture.SetStatus(ImTextureStatus_Destroyed);
      break;
    default: break;
  }
}

}  // namespace

bool ready() { return tb_gpu_ready() != 0; }

void upload_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) follow(*texture);
}

void draw(const ImDrawList& list, int width, int height, Ground ground) {
  upload_textures();
  std::vector<std::int32_t> commands;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    int left = std::max(0, static_cast<int>(command.ClipRect.x)), top = std::max(0, static_cast<int>(command.ClipRect.y));
    int right = std::min(width, static_cast<int>(command.ClipRect.z)), bottom = std::min(height, static_cast<int>(command.ClipRect.w));
    const auto block = ui::block_of(list, command);
    if (block) {
      left = std::max(left, block->left), top = std::max(top, block->top);
      right = std::min(right, block->right), bottom = std::min(bottom, block->bottom);
    }
    if ((!block && command.ElemCount == 0) || right <= left || bottom <= top) continue;
    // GL counts from the bottom. A block has no texture, and its colour where triangles have their first index.
    const auto texture = block ? 0 : static_cast<std::int32_t>(command.GetTexID());
    const auto first = static_cast<std::int32_t>(block ? block->colour : command.IdxOffset), count = static_cast<std::int32_t>(block ? 0 : command.ElemCount);
    commands.insert(commands.end(), {texture, left, height - bottom, right - left, bottom - top, first, count});
  }
  tb_gpu_draw(width, height, &ground.red, list.VtxBuffer.Data, list.VtxBuffer.size_in_bytes(), list.IdxBuffer.Data, list.IdxBuffer.size_in_bytes(),
              commands.data(), static_cast<int>(commands.size()));
}

void forget_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
    if (texture->Status == ImTextureStatus_OK || texture->Status == ImTextureStatus_WantUpdates) texture->SetStatus(ImTextureStatus_WantCreate);
}

}  // namespace tongban::platform::gpu
