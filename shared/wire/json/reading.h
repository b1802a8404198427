// Strict reading of JSON: every member is asked for by name and type, what nobody asked for is a fault, the first
// fault is kept with its JSON pointer. Internal to shared/wire/json.
#pragma once

#include <rapidjson/document.h>

#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/base/time.h"
#include "shared/wire/json/errors.h"

namespace tongban::wire::json {

using Value = rapidjson::Value;

/// One text being read; keeps the first fault.
class Reading {
 public:
  /// Parses; `where` "" on a syntax error.
  explicit Reading(std::string_view text);
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  const Value& root() const { return document_; }
  void fail(const ErrorCode& code, std::string where, std::string detail = {});
  bool good() const { return !error_; }
  const Error& error() const { return *error_; }

 private:
  static constexpr std::size_t usual_size = 8 * 1024;  ///< RapidJSON's own is 64 KB, taken and given back for each text
  rapidjson::MemoryPoolAllocator<> values_{usual_size};
  rapidjson::Document document_{&values_};
  std::optional<Error> error_;
};

inline constexpr std::size_t longest_text = 8000;  ///< octets of one text, unless said otherwise

/// The members of one object. Ask for each, then call finish().
class Members {
 public:
  /// WrongType when `value` is no object.
  Members(Reading& reading, const Value& value, std::string where);

  std::string text(const char* name, std::size_t longest = longest_text);
  std::string text_or_empty(const char* name, std::size_t longest = longest_text);
  std::uint32_t number(const char* name);
  bool flag_or(const char* name, bool otherwise);
  Instant instant(const char* name);
  std::optional<Instant> instant_if_there(const char* name);
  std::optional<Date> date_if_there(const char* name);
  Date date(const char* name);
  Bytes base64url(const char* name, std::size_t longest);

  template <typename Id>
  Id id(const char* name) {
    return Id(text(name, 64));
  }
  template <typename Id>
  Id id_or_empty(const char* name) {
    return Id(text_or_empty(name, 64));
  }
  /// Octets as hexadecimal text of exactly their length.
  template <std::size_t Size>
  std::array<std::uint8_t, Size> hex(const char* name) {
    const auto octets = from_hex(text(name, Size * 2));
    std::array<std::uint8_t, Size> result{};
    if (octets && octets->size() == Size) {
      std::copy(octets->begin(), octets->end(), result.begin());
    } else {
      fail(json_errors::BadValue, name);
    }
    return result;
  }
  /// One of the names that `named` knows.
  template <typename Named>
  auto one_of(const char* name, Named named) {
    const auto value = named(text(name, 64));
    if (!value) fail(json_errors::BadValue, name);
    return value.value_or(typename std::decay_t<decltype(value)>::value_type{});
  }
  /// Calls each(value, where) for every element of an array of at most `most`.
  template <typename Each>
  void elements(const char* name, std::size_t most, bool required, Each each) {
    const Value* list = required ? member(name) : find(name);
    if (!list) return;
    if (!list->IsArray()) return fail(json_errors::WrongType, name);
    if (list->Size() > most) return fail(json_errors::TooLarge, name);
    for (rapidjson::SizeType i = 0; i < list->Size() && reading_.good(); ++i) {
      each((*list)[i], path(name) + "/" + std::to_string(i));
    }
  }

  /// The member, or null with the fault Missing.
  const Value* member(const char* name);
  /// The member, or null; null in JSON counts as not there.
  const Value* find(const char* name);
  void fail(const ErrorCode& code, std::string_view name);
  std::string path(std::string_view name) const;
  Reading& reading() { return reading_; }
  /// Unknown for a member nobody asked for, or one that stands twice.
  void finish();

 private:
  static constexpr std::size_t most_members = 64;  ///< no object of ours has half as many

  std::string text_of(const Value& value, const char* name, std::size_t longest);

  Reading& reading_;
  const Value* object_ = nullptr;
  std::string where_;
  std::bitset<most_members> asked_;  ///< by their places
};

/// The value read, or the first fault.
template <typename T>
Expected<T> result(const Reading& reading, T value) {
  if (!reading.good()) return reading.error();
  return value;
}

}  // namespace tongban::wire::json
