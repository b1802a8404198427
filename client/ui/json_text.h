// Writing JSON without building it first.
#pragma once

#include <cmath>
#include <cstdio>
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

/// Hundredths are enough for pixels; whole numbers stay short.
inline void json_number(std::string& out, float value) {
  const double hundredths = std::round(static_cast<double>(value) * 100);
  if (hundredths == std::floor(hundredths / 100) * 100) {
    out += std::to_string(static_cast<long long>(hundredths / 100));
    return;
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", hundredths / 100);
  out += text;
}

}  // namespace tongban::ui
