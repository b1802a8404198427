// A QR code (ISO/IEC 18004) of a short text, for another phone's camera.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tongban::app {

struct QrCode {
  int side = 0;
  std::vector<std::uint8_t> dark;  ///< side × side, row by row; not 0: dark
};

/// Nothing when the text is too long to be read from a screen at an arm's length.
std::optional<QrCode> make_qr(const std::string& text);

}  // namespace tongban::app
