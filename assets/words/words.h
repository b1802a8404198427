// Every word that a screen shows, by key, in both languages. Views and app hold no Chinese of their own.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "assets/words/word_list.h"

namespace tongban {

/// One language's words.
class Words {
 public:
  explicit constexpr Words(bool english) : english_(english) {}

  std::string_view operator()(Word word) const;

  /// The text with its {gaps} filled in; a gap that isn't named stays.
  std::string operator()(Word word, std::initializer_list<std::pair<std::string_view, std::string_view>> gaps) const;
  std::string operator()(Word word, std::string_view gap, long long number) const;

  bool english() const { return english_; }

 private:
  bool english_;
};

}  // namespace tongban
