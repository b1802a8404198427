// QR codes (ISO/IEC 18004): of short texts for another phone's camera, and of carried applications for a window's scanner.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/bytes.h"

namespace tongban::app {

struct QrCode {
  int side = 0;
  std::vector<std::uint8_t> dark;  ///< side × side, row by row; not 0: dark
  /// How large it must be drawn for each module to have that many pixels, with the quiet zone of four around it.
  float size_at(float pixels_each) const { return pixels_each * static_cast<float>(side + 8); }
};

/// Nothing when the text is too long to be read from a screen at an arm's length.
std::optional<QrCode> make_qr(const std::string& text);

/// A text that goes on in digits, which take less than half the room there; up to version 20, for large screens. `digits`
/// holds nothing but digits.
std::optional<QrCode> make_qr(const std::string& text, const std::string& digits);

/// The codes of a carried application (wire::cut_into_codes): as few as can be, of no more than 77 modules, so that three
/// pixels are left for each where a screen is 320 wide. Empty when three don't hold it.
std::vector<QrCode> make_carried_codes(ByteView octets);
/// Their characters, as a scanner types them.
std::vector<std::string> carried_code_texts(ByteView octets);

}  // namespace tongban::app
