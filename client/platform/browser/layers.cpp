#include "client/platform/browser/layers.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <emscripten.h>
#include <imgui.h>

#include "client/platform/browser/drawing.h"
#include "client/platform/browser/gpu.h"

EM_JS(void, tb_take_layer, (int region), { Module.onLayer(region); });
EM_JS(void, tb_take_picture, (const char* name, int size), { Module.onPicture(UTF8ToString(name, size)); });

namespace tongban::platform {
namespace {

std::uint64_t hash_bytes(std::uint64_t h, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(data);
  for (; size >= 8; size -= 8, bytes += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    h = (h ^ word) * 0x9E3779B97F4A7C15ull;
    h ^= h >> 32;
  }
  for (; size > 0; --size, ++bytes) h = (h ^ *bytes) * 1099511628211ull;
  return h;
}

/// What a picture shows above and below the window before it is too late, as a part of the window's height.
constexpr float reserve = 0.2f;
/// While somebody scrolls there is half a window above and below, moved only when its reserve is used up.
constexpr float reach = 0.5f;

bool overlay(ui::Region region) { return region == ui::Region::Dialog || region == ui::Region::Toast; }

gpu::Ground ground_of(ui::Colour colour, bool transparent) {
  const auto part = [&](int shift) { return static_cast<float>((colour >> shift) & 255) / 255.f; };
  const float a = transparent ? part(0) : 1;
  return {part(24) * a, part(16) * a, part(8) * a, a};
}

}  // namespace

Layers::Layers() {
  // Fonts may arrive before there is anything to draw on.
  create_drawing();
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  atlas->TexMinWidth = 1024;
  atlas->TexMinHeight = 512;
  atlas->TexDesiredFormat = ImTextureFormat_Alpha8;
}

bool Layers::create() { return gpu::ready(); }

void Layers::context_lost() { lost_ = true; }

void Layers::context_restored() {
  lost_ = false;
  for (Layer& layer : layers_) layer.hash = 0;
  gpu::forget_textures();
}

Layer& Layers::layer_of(ui::Region region) {
  for (Layer& layer : layers_) if (layer.region == region) return layer;
  layers_.push_back({region});
  return layers_.back();
}

bool Layers::covers(const ui::LayerFrame& page, float scroll_y) const {
  for (const Layer& layer : layers_) {
    if (layer.region != page.region || !layer.alive) continue;
    const float ahead = page.h * reserve;
    const float top = std::max(0.f, scroll_y - ahead), bottom = std::min(page.content_h, scroll_y + page.h + ahead);
    return layer.canvas_y <= top + 1 && layer.canvas_y + layer.canvas_h >= bottom - 1;
  }
  return false;
}

void Layers::place_band(Layer& layer, const ui::LayerFrame& frame, float scroll_y, bool changed) const {
  if (frame.region != ui::Region::Main) {
    layer.canvas_y = 0;
    layer.canvas_h = std::min(frame.content_h, 4096.f);
    return;
  }
  // Small scrolls repaint nothing. What has changed is wanted soon, and costs by its pixels: there the reserve is all there is.
  const float beyond = changed ? reserve : reach;
  const float band = std::ceil(std::min(frame.content_h, frame.h * (1 + 2 * beyond)));
  if (layer.alive && (!changed || layer.canvas_h == band) && covers(frame, scroll_y)) return;
  layer.canvas_h = band;
  layer.canvas_y = std::floor(std::clamp(scroll_y - frame.h * beyond, 0.f, std::max(0.f, frame.content_h - band)));
}

void Layers::paint(const ui::Tree& tree, const std::vector<ui::LayerFrame>& frames, const ui::PaintState& state,
                   Fonts& fonts, float dpr, float scroll_y, bool changed) {
  moving_ = false;
  missing_.clear();
  for (Layer& layer : layers_) {
    layer.painted = false;
    const bool still = std::any_of(frames.begin(), frames.end(), [&](const auto& f) { return f.region == layer.region; });
    if (!still) layer.alive = false, layer.hash = 0;
  }
  for (const ui::LayerFrame& frame : frames) {
    Layer& layer = layer_of(frame.region);
    place_band(layer, frame, scroll_y, changed);
    layer.alive = true;
    if (!lost_) paint_layer(tree, frame, layer, state, fonts, dpr);
  }
}

Layers::Found Layers::fill(ImDrawList& list, const Picture& picture, const ui::PaintState& state, Fonts& fonts, float dpr) const {
  begin_drawing(static_cast<float>(picture.pixel_w), static_cast<float>(picture.pixel_h));
  const ImGuiIO& io = ImGui::GetIO();
  list._ResetForNewFrame();
  list.PushTexture(io.Fonts->TexRef);
  list.PushClipRect({0, 0}, io.DisplaySize);
  const ui::PaintFonts faces = fonts.paint_fonts();
  ui::Canvas canvas(&list, faces, dpr, 0, picture.top);
  ui::Painter painter(picture.tree, state, canvas);
  painter.region(picture.node, picture.top, picture.bottom);
  list._PopUnusedDrawCmd();
  end_drawing();
  return {canvas.missing(), painter.moving()};
}

void Layers::note(Found found) {
  moving_ = moving_ || found.moving;
  missing_ += found.missing;
}

void Layers::rehearse(const ui::Tree& tree, const ui::LayerFrame& frame, const ui::PaintState& state, Fonts& fonts, float dpr) const {
  if (lost_) return;
  ImDrawList list(shared_drawing());
  const float height = std::min(frame.content_h, frame.h * (1 + 2 * reach));   // what comes into sight may yet move up
  fill(list, {tree, frame.node, 0, height, static_cast<int>(frame.w * dpr), static_cast<int>(height * dpr)}, state, fonts, dpr);
  gpu::upload_textures();
}

void Layers::keep_picture(const ui::Tree& tree, const ui::LayerFrame& frame, Fonts& fonts, std::string_view name) {
  if (lost_) return;
  constexpr float sharp = 2, most_pixels = 8000;   // taller than that, some GPUs draw nothing
  const float dpr = std::min(sharp, most_pixels / frame.content_h);
  const int width = static_cast<int>(std::lround(frame.w * dpr)), height = static_cast<int>(std::lround(frame.content_h * dpr));
  ImDrawList list(shared_drawing());
  note(fill(list, {tree, frame.node, 0, frame.content_h, width, height}, {}, fonts, dpr));
  gpu::draw(list, width, height, ground_of(ui::light_palette.surface, false));
  tb_take_picture(name.data(), static_cast<int>(name.size()));
}

void Layers::paint_layer(const ui::Tree& tree, const ui::LayerFrame& frame, Layer& layer, const ui::PaintState& state,
                         Fonts& fonts, float dpr) {
  layer.pixel_w = std::max(1, static_cast<int>(std::lround(frame.w * dpr)));
  layer.pixel_h = std::max(1, static_cast<int>(std::lround(layer.canvas_h * dpr)));
  ImDrawList list(shared_drawing());
  note(fill(list, {tree, frame.node, layer.canvas_y, layer.canvas_y + layer.canvas_h, layer.pixel_w, layer.pixel_h}, state, fonts, dpr));

  const ui::Palette& p = ui::palette(state.theme);
  const ui::Colour ground = frame.region == ui::Region::Dialog ? p.scrim : frame.region == ui::Region::Toast ? 0 : p.bg;
  std::uint64_t hash = hash_bytes(ground, list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
  hash = hash_bytes(hash, list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
  hash = hash_bytes(hash, list._CallbacksDataBuf.Data, static_cast<std::size_t>(list._CallbacksDataBuf.size_in_bytes()));
  hash = hash * 31 + static_cast<std::uint64_t>(layer.pixel_w) * 65536 + static_cast<std::uint64_t>(layer.pixel_h);
  if (hash == layer.hash) return;
  layer.hash = hash;
  layer.painted = true;

  gpu::draw(list, layer.pixel_w, layer.pixel_h, ground_of(ground, overlay(frame.region)));
  tb_take_layer(static_cast<int>(frame.region));
}

}  // namespace tongban::platform
