#include "assets/compiler/faults.h"

#include <algorithm>
#include <cstdio>

#include "shared/catalogue/characters.h"

namespace tongban::compiler {
namespace {

using catalogue::decode_one;

struct Trap {
  char32_t from, to;
  const char* why;
};
// What looks right on a screen and is never found by a search, or breaks a font.
constexpr Trap traps[] = {
    {0x00, 0x1f, "a control character"},
    {0x7f, 0x9f, "a control character"},
    {0xa0, 0xa0, "a no-break space"},
    {0xad, 0xad, "a soft hyphen"},
    {0x200b, 0x200f, "an invisible character"},
    {0x2022, 0x2022, "a bullet where the middle dot · (U+00B7) belongs"},
    {0x2027, 0x2027, "a hyphenation point where the middle dot · (U+00B7) belongs"},
    {0x2028, 0x202e, "an invisible character"},
    {0x2060, 0x2064, "an invisible character"},
    {0x30fb, 0x30fb, "a katakana dot where the middle dot · (U+00B7) belongs"},
    {0xe000, 0xf8ff, "a private-use character"},
    {0xf900, 0xfaff, "a compatibility ideograph"},
    {0xfe00, 0xfe0f, "a variation selector"},
    {0xfeff, 0xfeff, "a byte-order mark"},
    {0xff10, 0xff19, "a full-width digit"},
    {0xff21, 0xff3a, "a full-width letter"},
    {0xff41, 0xff5a, "a full-width letter"},
    {0xff65, 0xff65, "a half-width dot where the middle dot · (U+00B7) belongs"},
    {0xfffd, 0xfffd, "a replacement character"},
};

std::string hexadecimal(char32_t c) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(c));
  return text;
}

}  // namespace

std::string Faults::text() const {
  std::vector<Fault> sorted = list_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Fault& a, const Fault& b) {
    return a.file != b.file ? a.file < b.file : a.line < b.line;
  });
  std::string out;
  for (const Fault& fault : sorted) out += fault.file + ":" + std::to_string(fault.line) + ": " + fault.sentence + "\n";
  return out;
}

void check_text(std::string_view text, std::string_view what, const Place& place, Faults& faults) {
  const std::string name(what);
  if (!text.empty() && (text.front() == ' ' || text.back() == ' '))
    faults.add(place.file, place.line, name + " begins or ends with a space.");
  while (!text.empty()) {
    char32_t c = 0;
    const std::size_t size = decode_one(text, c);
    if (size == 0) {
      faults.add(place.file, place.line, name + " is not UTF-8.");
      return;
    }
    text.remove_prefix(size);
    for (const Trap& trap : traps)
      if (c >= trap.from && c <= trap.to) faults.add(place.file, place.line, name + " holds " + trap.why + " (" + hexadecimal(c) + ").");
  }
}

void check_code(std::string_view code, std::string_view what, const Place& place, Faults& faults) {
  const bool plain = !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
  if (!plain) faults.add(place.file, place.line, std::string(what) + " must be ASCII letters and digits, not “" + std::string(code) + "”.");
}

}  // namespace tongban::compiler
