#include "client/ui/font_metrics.h"

#include <doctest/doctest.h>

#include <string_view>

using namespace tongban;
using namespace tongban::ui;

namespace {

void u16(Bytes& out, unsigned v) { out.push_back(static_cast<std::uint8_t>(v >> 8)); out.push_back(static_cast<std::uint8_t>(v)); }
void u32(Bytes& out, unsigned v) { u16(out, v >> 16); u16(out, v & 0xFFFF); }

Bytes head() { Bytes b(54); b[18] = 1000 >> 8; b[19] = 1000 & 255; return b; }
Bytes hhea() { Bytes b(36); b[4] = 880 >> 8; b[5] = 880 & 255; b[6] = 0xFF; b[7] = 0x88; b[35] = 2; return b; }
Bytes hmtx() { Bytes b; for (const unsigned advance : {500u, 1000u}) { u16(b, advance); u16(b, 0); } return b; }
/// One group of format 12: the characters from `first` on are glyph 1 and the ones after it.
Bytes cmap(unsigned first, unsigned last) {
  Bytes b;
  u16(b, 0); u16(b, 1); u16(b, 3); u16(b, 10); u32(b, 12);
  u16(b, 12); u16(b, 0); u32(b, 28); u32(b, 0); u32(b, 1); u32(b, first); u32(b, last); u32(b, 1);
  return b;
}

/// The smallest file that has what we read.
Bytes font(unsigned first, unsigned last) {
  const std::pair<const char*, Bytes> tables[] = {{"cmap", cmap(first, last)}, {"head", head()}, {"hhea", hhea()}, {"hmtx", hmtx()}};
  Bytes out;
  u32(out, 0x4F54544F); u16(out, 4); u16(out, 0); u16(out, 0); u16(out, 0);
  unsigned at = 12 + 16 * 4;
  for (const auto& [name, bytes] : tables) {
    for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(name[i]));
    u32(out, 0); u32(out, at); u32(out, static_cast<unsigned>(bytes.size()));
    at += static_cast<unsigned>(bytes.size());
  }
  for (const auto& [name, bytes] : tables) out.insert(out.end(), bytes.begin(), bytes.end());
  return out;
}

}  // namespace

TEST_CASE("widths come from the file, in em") {
  FontMetrics face;
  REQUIRE(face.add(font(U'一', U'一' + 3)));
  CHECK(face.advance(U'一') == doctest::Approx(1.0f));
  CHECK(face.advance(U'A') < 0);
  CHECK(face.extent() == doctest::Approx(1.0f));
}

TEST_CASE("a second slice adds characters, also beyond the basic plane") {
  FontMetrics face;
  REQUIRE(face.add(font(U'一', U'一')));
  REQUIRE(face.add(font(0x2CD8D, 0x2CD8D)));
  CHECK(face.has(U'一'));
  CHECK(face.has(0x2CD8D));
}

TEST_CASE("a file cut anywhere is refused or read in part, never beyond its end") {
  const Bytes whole = font(U'一', U'一' + 9);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    FontMetrics face;
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    face.add(cut);
  }
  CHECK_FALSE(FontMetrics().add(as_bytes("not a font")));
}

TEST_CASE("bold text falls back to the regular width where there is no bold form") {
  Faces faces;
  REQUIRE(faces.regular.add(font(U'一', U'一')));
  CHECK(faces.advance(U'一', true) == doctest::Approx(1.0f));
  CHECK(faces.advance(U'x', true) == doctest::Approx(0.56f));
}
