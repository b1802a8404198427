// Dear ImGui's drawing half: draw lists, font atlas, textures.
//
// The tree is laid out by client/ui and its controls are the twin's elements, so ImGui's windows, tables and
// navigation would only be carried to the browser: 130 KB that nobody calls. ImDrawList and ImFontAtlas are made to
// work without them (imgui.cpp, Initialize), and what NewFrame and EndFrame do for them is done here.
#pragma once

struct ImDrawListSharedData;

namespace tongban::platform {

/// Makes the current context. Fonts may be added before there is a canvas.
void create_drawing();
/// Forgets the glyphs that nobody used, and takes note of what the GPU has.
void begin_drawing(float width, float height);
/// Gives the atlas room for the characters of many screens: a full one throws out those that the last frame didn't use.
void make_room();
/// Lists the textures for the GPU.
void end_drawing();
ImDrawListSharedData* shared_drawing();

}  // namespace tongban::platform
