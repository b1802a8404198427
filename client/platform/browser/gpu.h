// The way of a draw list to the canvas: textures and triangles are handed to shell/gl-canvas.js.
//
// ImGui's own backend saves and restores the whole GL state around every list, which on the web asks the GPU some
// twenty questions and waits for each answer; and it brings a GL library with it. Here nobody else draws.
#pragma once

struct ImDrawList;

namespace tongban::platform::gpu {

struct Ground {
  float red, green, blue, alpha;   ///< multiplied by alpha
};

/// Whether there is a canvas that can be drawn on.
bool ready();
/// Draws `list` on a canvas of `width` × `height` pixels. What is new in the textures goes up first.
void draw(const ImDrawList& list, int width, int height, Ground ground);
/// Sends what is new in the textures to the GPU ahead of the next draw.
void upload_textures();
/// The GPU has lost what it had: all goes up again at the next draw.
void forget_textures();

}  // namespace tongban::platform::gpu
