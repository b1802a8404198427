// UTF-8 as characters, and the folding that makes what people type comparable with what stands in the catalogue.
#pragma once

#include <string>
#include <string_view>

namespace tongban::catalogue {

/// One character off the front; returns its length in octets, 0 when ill-formed (overlong, surrogate, cut).
std::size_t decode_one(std::string_view utf8, char32_t& character);
/// Ill-formed octets become U+FFFD, one each.
std::u32string decode_utf8(std::string_view utf8);
void append_utf8(std::string& out, char32_t character);
std::string encode_utf8(std::u32string_view characters);

/// Full-width letters and digits become ASCII, capitals small, ü becomes v, tones are taken off vowels.
char32_t fold(char32_t character);
/// Spaces, punctuation, brackets: what separates words and counts nothing in a comparison.
bool is_separator(char32_t character);
bool is_han(char32_t character);

}  // namespace tongban::catalogue
