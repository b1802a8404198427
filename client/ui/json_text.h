// Writing JSON without building it first.
#pragma once

#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>

namespace tongban::ui {

inline void json_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') (out += '\\') += c;
    else if (c == '\n') out += "\\n";
    else if (byte < 0x20) ((out += "\\u00") += hex[byte >> 4]) += hex[byte & 15];
    else out += c;
  }
  out += '"';
}

/// Whole numbers as they are, others to the hundredth: enough for pixels, and no float formatting for the module to carry.
inline void json_number(std::string& out, double value) {
  if (const auto whole = static_cast<long long>(value); static_cast<double>(whole) == value) {
    out += std::to_string(whole);
    return;
  }
  const long long hundredths = std::llround(value * 100), rest = std::llabs(hundredths % 100);
  if (hundredths < 0 && hundredths > -100) out += '-';
  out += std::to_string(hundredths / 100);
  if (rest == 0) return;
  out += rest < 10 ? ".0" : ".";
  out += std::to_string(rest);
}

}  // namespace tongban::ui
