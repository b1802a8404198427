#include "client/app/qr.h"

#include <array>

#include <qrcodegen/qrcodegen.h>

#include "shared/wire/carried.h"

namespace tongban::app {
namespace {

constexpr int usual_version = 15;   // 77 modules: 3 px each on a card of 260
constexpr int largest_version = 20; // 97 modules

/// What a code of the usual version holds in its alphanumeric mode: at medium correction, which paper with a fold in it
/// still needs, and at low, which a screen can do with.
struct Room {
  std::size_t characters;
  qrcodegen_Ecc correction;
};
constexpr Room rooms[] = {{600, qrcodegen_Ecc_MEDIUM}, {758, qrcodegen_Ecc_LOW}};

QrCode modules_of(const std::uint8_t* code) {
  QrCode out;
  out.side = qrcodegen_getSize(code);
  out.dark.reserve(static_cast<std::size_t>(out.side) * static_cast<std::size_t>(out.side));
  for (int y = 0; y < out.side; ++y)
    for (int x = 0; x < out.side; ++x) out.dark.push_back(qrcodegen_getModule(code, x, y) ? 1 : 0);
  return out;
}

std::optional<QrCode> make(const std::string& text, qrcodegen_Ecc correction) {
  std::array<std::uint8_t, qrcodegen_BUFFER_LEN_FOR_VERSION(usual_version)> scratch{}, code{};
  if (!qrcodegen_encodeText(text.c_str(), scratch.data(), code.data(), correction, qrcodegen_VERSION_MIN, usual_version, qrcodegen_Mask_AUTO, true))
    return std::nullopt;
  return modules_of(code.data());
}

struct Cut {
  std::vector<std::string> texts;
  qrcodegen_Ecc correction = qrcodegen_Ecc_MEDIUM;
};

Cut cut(ByteView octets) {
  for (const Room& room : rooms)
    if (auto texts = wire::cut_into_codes(octets, room.characters)) return {std::move(*texts), room.correction};
  return {};
}

}  // namespace

std::optional<QrCode> make_qr(const std::string& text) { return make(text, qrcodegen_Ecc_MEDIUM); }

std::optional<QrCode> make_qr(const std::string& text, const std::string& digits) {
  constexpr std::size_t room = qrcodegen_BUFFER_LEN_FOR_VERSION(largest_version);
  std::array<std::uint8_t, room> scratch{}, code{}, first{}, second{};
  if (text.size() + digits.size() / 2 > room) return std::nullopt;
  std::copy(text.begin(), text.end(), first.begin());
  qrcodegen_Segment parts[2] = {{qrcodegen_Mode_BYTE, static_cast<int>(text.size()), first.data(), static_cast<int>(text.size() * 8)},
                                qrcodegen_makeNumeric(digits.c_str(), second.data())};
  if (!qrcodegen_encodeSegmentsAdvanced(parts, 2, qrcodegen_Ecc_LOW, qrcodegen_VERSION_MIN, largest_version, qrcodegen_Mask_AUTO, true, scratch.data(), code.data()))
    return std::nullopt;
  return modules_of(code.data());
}

std::vector<std::string> carried_code_texts(ByteView octets) { return cut(octets).texts; }

std::vector<QrCode> make_carried_codes(ByteView octets) {
  const Cut pieces = cut(octets);
  std::vector<QrCode> codes;
  for (const std::string& text : pieces.texts)
    if (auto code = make(text, pieces.correction)) codes.push_back(std::move(*code));
  return codes;
}

}  // namespace tongban::app
