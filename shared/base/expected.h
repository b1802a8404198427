// A value or an Error: the shape of std::expected, which the wasm library lacks.
#pragma once

#include <cstdlib>
#include <optional>
#include <utility>
#include <variant>

#include "shared/base/error.h"

namespace tongban {

template <typename T>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Expected(Error error) : held_(std::in_place_index<1>, std::move(error)) {}
  Expected(const ErrorCode& code) : held_(std::in_place_index<1>, Error(code)) {}

  bool has_value() const { return held_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  // Asking for what is not there is a bug of ours, never of the input.
  T& value() & { return has_value() ? *std::get_if<0>(&held_) : (std::abort(), *std::get_if<0>(&held_)); }
  const T& value() const& { return has_value() ? *std::get_if<0>(&held_) : (std::abort(), *std::get_if<0>(&held_)); }
  T&& value() && { return std::move(value()); }
  const Error& error() const { return !has_value() ? *std::get_if<1>(&held_) : (std::abort(), *std::get_if<1>(&held_)); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> held_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Expected<void> {
 public:
  Expected() = default;
  Expected(Error error) : error_(std::move(error)) {}
  Expected(const ErrorCode& code) : error_(Error(code)) {}

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  const Error& error() const { return error_ ? *error_ : (std::abort(), *error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace tongban

#define TONGBAN_JOIN_INNER(a, b) a##b
#define TONGBAN_JOIN(a, b) TONGBAN_JOIN_INNER(a, b)

/// `TRY(auto x, compute());` gives x, or returns the error from the enclosing function.
#define TRY(declaration, expression)                                        \
  auto TONGBAN_JOIN(tried_, __LINE__) = (expression);                       \
  if (!TONGBAN_JOIN(tried_, __LINE__)) return TONGBAN_JOIN(tried_, __LINE__).error(); \
  declaration = std::move(*TONGBAN_JOIN(tried_, __LINE__))

/// `TRY_VOID(check());` returns the error, if there is one, from the enclosing function.
#define TRY_VOID(expression)                                                \
  do {                                                                      \
    if (auto tried_ = (expression); !tried_) return tried_.error();         \
  } while (false)
