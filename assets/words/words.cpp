#include "assets/words/words.h"

namespace tongban {

std::string_view Words::operator()(Word word) const {
  const auto at = static_cast<std::size_t>(word);
  return english_ ? word_tables::en[at] : word_tables::zh[at];
}

std::string Words::operator()(Word word,
                              std::initializer_list<std::pair<std::string_view, std::string_view>> gaps) const {
  std::string_view pattern = (*this)(word);
  std::string out;
  for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
    const auto close = pattern.find('}', open);
    if (close == std::string_view::npos) break;
    const auto name = pattern.substr(open + 1, close - open - 1);
    out += pattern.substr(0, open);
    std::string_view filler = pattern.substr(open, close - open + 1);
    for (const auto& [gap, text] : gaps)
      if (gap == name) filler = text;
    out += filler;
    pattern.remove_prefix(close + 1);
  }
  return out += pattern;
}

std::string Words::operator()(Word word, std::string_view gap, long long number) const {
  return (*this)(word, {{gap, std::to_string(number)}});
}

}  // namespace tongban
