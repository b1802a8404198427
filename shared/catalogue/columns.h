// Canonical bytes are columns: all values of one field side by side, which is how they pack best.
//
// The layout (codec.cpp) is written once, as a walk over the catalogue; ColumnWriter and ColumnReader are the two
// things that can walk, so that what is written and what is read cannot come apart.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/id.h"
#include "shared/base/time.h"
#include "shared/catalogue/alphabet.h"

namespace tongban::catalogue {

inline constexpr std::size_t max_columns = 96;

/// LEB128: seven bits an octet, the lowest first.
inline void append_number(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}
inline bool read_number(ByteView& in, std::uint64_t& value) {
  value = 0;
  for (std::size_t i = 0; i < in.size() && i < 9; ++i) {
    value |= static_cast<std::uint64_t>(in[i] & 0x7f) << (7 * i);
    if (in[i] < 0x80) {
      in = in.subspan(i + 1);
      return true;
    }
  }
  return false;
}

/// Days since 2000-01-01 plus one; 0 is no date.
inline constexpr Date day_zero{std::chrono::year(2000), std::chrono::January, std::chrono::day(1)};

inline const std::string& text_of(const std::string& text) { return text; }
template <typename Tag>
const std::string& text_of(const TextId<Tag>& id) { return id.text(); }

/// How far `to` counts on from `from` ("i016" → "i018": 2); 0 when it doesn't: other letters, other length, or not later.
std::uint64_t steps(const std::string& from, const std::string& to);
/// The other way; false when the digits overflow.
bool step_on(const std::string& from, std::uint64_t step, std::string& to);

class ColumnWriter {
 public:
  static constexpr bool writing = true;

  template <typename T>
  void number(std::size_t column, const T& value) { append_number(columns_[column], static_cast<std::uint64_t>(value)); }
  void text(std::size_t column, const std::string& value) { append_text(columns_[column], value); }
  template <typename Tag>
  void text(std::size_t column, const TextId<Tag>& value) { append_text(columns_[column], value.text()); }
  void date(std::size_t column, const std::optional<Date>& value) {
    number(column, value ? days_between(day_zero, *value) + 1 : 0);
  }
  /// A coordinate to five decimals, about a metre; 0 is none.
  void coordinate(std::size_t column, const std::optional<double>& value) {
    number(column, value ? static_cast<std::uint64_t>(std::llround((*value + 180.0) * 1e5)) + 1 : 0);
  }
  template <typename List, typename Each>
  void list(std::size_t column, const List& values, Each each) {
    number(column, values.size());
    for (const auto& value : values) each(value);
  }
  /// A value that comes again and again: its number among those of this column so far, 0 and the text when new.
  void word(std::size_t column, const std::string& value) {
    const auto [at, is_new] = words_[column].emplace(value, words_[column].size() + 1);
    number(column, is_new ? 0 : at->second);
    if (is_new) text(column + 1, value);
  }
  /// An id that mostly counts on from the one before: the distance, or 0 and the text.
  template <typename Id>
  void counted(std::size_t column, const Id& id, std::string& previous) {
    const std::string& value = text_of(id);
    const std::uint64_t step = steps(previous, value);
    number(column, step);
    if (step == 0) text(column + 1, value);
    previous = value;
  }
  bool good() const { return true; }
  Bytes join(std::size_t count) const {
    Bytes out;
    for (std::size_t i = 0; i < count; ++i) append_number(out, columns_[i].size());
    for (std::size_t i = 0; i < count; ++i) out.insert(out.end(), columns_[i].begin(), columns_[i].end());
    return out;
  }

 private:
  std::array<Bytes, max_columns> columns_;
  std::array<std::unordered_map<std::string, std::size_t>, max_columns> words_;
};

class ColumnReader {
 public:
  static constexpr bool writing = false;

  /// False when the lengths of the columns don't add up to the bytes.
  bool split(ByteView in, std::size_t count) {
    size_ = in.size();
    std::array<std::uint64_t, max_columns> sizes{};
    for (std::size_t i = 0; i < count; ++i)
      if (!read_number(in, sizes[i])) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (sizes[i] > in.size()) return false;
      columns_[i] = in.first(static_cast<std::size_t>(sizes[i]));
      in = in.subspan(static_cast<std::size_t>(sizes[i]));
    }
    return in.empty();
  }
  template <typename T>
  void number(std::size_t column, T& value) {
    std::uint64_t read = 0;
    if (!read_number(columns_[column], read)) good_ = false;
    value = static_cast<T>(read);
    if (static_cast<std::uint64_t>(value) != read) good_ = false;
  }
  void text(std::size_t column, std::string& value) { good_ = good_ && read_text(columns_[column], value); }
  template <typename Tag>
  void text(std::size_t column, TextId<Tag>& value) {
    std::string read;
    text(column, read);
    value = TextId<Tag>(std::move(read));
  }
  void date(std::size_t column, std::optional<Date>& value) {
    std::uint32_t days = 0;
    number(column, days);
    if (days > 200'000) good_ = false;
    if (good_ && days) value = add_days(day_zero, static_cast<int>(days) - 1);
  }
  void coordinate(std::size_t column, std::optional<double>& value) {
    std::uint32_t read = 0;
    number(column, read);
    if (read) value = (static_cast<double>(read) - 1.0) / 1e5 - 180.0;
  }
  /// Every element of a list takes an octet of some column, so a count beyond all of them is a lie; and the walk
  /// ends with the first column that does.
  template <typename List, typename Each>
  void list(std::size_t column, List& values, Each each) {
    std::uint64_t count = 0;
    number(column, count);
    if (count > size_) good_ = false;
    for (std::uint64_t i = 0; good_ && i < count; ++i) {
      values.emplace_back();
      each(values.back());
    }
  }
  void word(std::size_t column, std::string& value) {
    std::size_t place = 0;
    number(column, place);
    if (place > words_[column].size()) good_ = false;
    if (!good_) return;
    if (place == 0) {
      text(column + 1, value);
      words_[column].push_back(value);
    } else {
      value = words_[column][place - 1];
    }
  }
  template <typename Id>
  void counted(std::size_t column, Id& id, std::string& previous) {
    std::uint64_t step = 0;
    number(column, step);
    std::string value;
    if (step == 0) text(column + 1, value);
    else if (!step_on(previous, step, value)) good_ = false;
    previous = value;
    id = Id(std::move(value));
  }
  bool good() const { return good_; }

 private:
  std::array<ByteView, max_columns> columns_;
  std::array<std::vector<std::string>, max_columns> words_;
  std::size_t size_ = 0;
  bool good_ = true;
};

}  // namespace tongban::catalogue
