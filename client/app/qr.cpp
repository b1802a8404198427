#include "client/app/qr.h"

#include <array>

#include <qrcodegen/qrcodegen.h>

namespace tongban::app {
namespace {

constexpr int largest_version = 15;  // 77 modules: 3 px each on a card of 260

}  // namespace

std::optional<QrCode> make_qr(const std::string& text) {
  std::array<std::uint8_t, qrcodegen_BUFFER_LEN_FOR_VERSION(largest_version)> scratch{}, code{};
  if (!qrcodegen_encodeText(text.c_str(), scratch.data(), code.data(), qrcodegen_Ecc_MEDIUM, qrcodegen_VERSION_MIN, largest_version, qrcodegen_Mask_AUTO, true))
    return std::nullopt;
  QrCode out;
  out.side = qrcodegen_getSize(code.data());
  out.dark.reserve(static_cast<std::size_t>(out.side) * static_cast<std::size_t>(out.side));
  for (int y = 0; y < out.side; ++y)
    for (int x = 0; x < out.side; ++x) out.dark.push_back(qrcodegen_getModule(code.data(), x, y) ? 1 : 0);
  return out;
}

}  // namespace tongban::app
