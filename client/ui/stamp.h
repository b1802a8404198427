// What a part of a screen is made from, as one number (Ui::part).
#pragma once

#include <cstdint>
#include <string_view>

namespace tongban::ui {

class Stamp {
 public:
  Stamp& add(std::uint64_t number) {
    value_ = (value_ ^ number) * 0x9E3779B97F4A7C15ull;
    value_ ^= value_ >> 32;
    return *this;
  }
  Stamp& add(std::string_view text) {
    for (const char c : text) value_ = (value_ ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return add(text.size());
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14695981039346656037ull;
};

}  // namespace tongban::ui
