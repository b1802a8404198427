// The visual language as numbers: colours of both themes, type scale, sizes. Lengths in logical pixels.
#pragma once

#include <cstdint>

#include "client/ui/options.h"

namespace tongban::ui {

/// 0xRRGGBBAA
using Colour = std::uint32_t;

struct Palette {
  Colour bg, surface, sunk, line, control;
  Colour ink, ink2, ink3;
  Colour accent, accent_hover, accent_press, tint, tint_ring, highlight, on_accent;
  Colour warn, warn_bg, error, error_bg, on_error;
  Colour toast_bg, toast_text, toast_action, rail_staff, rail_staff_on, scrim;
  float control_border;
};

inline constexpr Palette light_palette{
    .bg = 0xF5F4EFFF, .surface = 0xFFFFFFFF, .sunk = 0xECEBE4FF, .line = 0xDAD8CFFF, .control = 0x7C8784FF,
    .ink = 0x14201FFF, .ink2 = 0x42504EFF, .ink3 = 0x5A6663FF,
    .accent = 0x0A5257FF, .accent_hover = 0x083F43FF, .accent_press = 0x062F32FF, .tint = 0xE2EFEFFF,
    .tint_ring = 0xBFD9D9FF, .highlight = 0xD3E6E6FF, .on_accent = 0xFFFFFFFF,
    .warn = 0x634000FF, .warn_bg = 0xFBF0D9FF, .error = 0x961510FF, .error_bg = 0xFBE9E7FF, .on_error = 0xFFFFFFFF,
    .toast_bg = 0x14201FFF, .toast_text = 0xFFFFFFFF, .toast_action = 0x6ADCE0FF,
    .rail_staff = 0x14201FFF, .rail_staff_on = 0x2B3A38FF, .scrim = 0x14201F9E, .control_border = 1};

inline constexpr Palette dark_palette{
    .bg = 0x0B1011FF, .surface = 0x161D1EFF, .sunk = 0x222B2CFF, .line = 0x4A5654FF, .control = 0xA9B5B2FF,
    .ink = 0xFFFFFFFF, .ink2 = 0xD3DCDAFF, .ink3 = 0xAEBAB7FF,
    .accent = 0x6ADCE0FF, .accent_hover = 0x97E9ECFF, .accent_press = 0xC4F4F5FF, .tint = 0x123638FF,
    .tint_ring = 0x1F5558FF, .highlight = 0x1F5558FF, .on_accent = 0x00191BFF,
    .warn = 0xFFD37AFF, .warn_bg = 0x33270AFF, .error = 0xFFA69EFF, .error_bg = 0x3A1613FF, .on_error = 0x2A0503FF,
    .toast_bg = 0xFFFFFFFF, .toast_text = 0x14201FFF, .toast_action = 0x0A5257FF,
    .rail_staff = 0x161D1EFF, .rail_staff_on = 0x222B2CFF, .scrim = 0x000000B3, .control_border = 2};

constexpr const Palette& palette(Theme theme) { return theme == Theme::Dark ? dark_palette : light_palette; }

/// The sizes that grow with the type.
struct Scale {
  float caption, body, h3, h2, h1, display;
  float touch;        ///< least height of what can be pressed
  float input;        ///< height of a field
  float node;         ///< circle of a process
  float tag;          ///< height of a tag
  float icon;         ///< factor for signs beside words

  constexpr float of(TextSize size) const {
    switch (size) {
      case TextSize::Caption: return caption;
      case TextSize::Body: return body;
      case TextSize::H3: return h3;
      case TextSize::H2: return h2;
      case TextSize::H1: return h1;
      case TextSize::Display: return display;
    }
    return body;
  }
};

inline constexpr Scale scales[] = {
    {16, 18, 20, 24, 30, 40, 48, 56, 40, 30, 1.0f},
    {20, 22, 24, 28, 34, 44, 52, 60, 44, 36, 1.1f},
    {24, 26, 28, 32, 38, 48, 60, 68, 52, 42, 1.25f},
    {28, 30, 32, 36, 42, 52, 64, 74, 56, 48, 1.4f},
};
inline constexpr Scale staff_scale{14, 16, 18, 18, 22, 30, 48, 48, 36, 26, 0.95f};

constexpr const Scale& scale(TypeSize size, bool staff) {
  return staff && size == TypeSize::Normal ? staff_scale : scales[static_cast<int>(size)];
}

inline constexpr float line_height_body = 1.55f, line_height_heading = 1.35f;
inline constexpr float phone_below = 600, desktop_from = 1200;

namespace radius {
inline constexpr float tag = 6, control = 10, card = 14, dialog = 20, pill = 24;
}

}  // namespace tongban::ui
