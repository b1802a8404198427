#include "shared/usecases/healing.h"

#include <algorithm>

namespace tongban::usecases {

void Healing::answered(const wire::RecallPage& page) {
  for (const EnvelopeId& letter : page.letters) expected_.emplace(letter, questions_.front());
  if (page.more_after) questions_.front().after = *page.more_after;
  else questions_.pop_front();
}

void Healing::unanswered() { std::rotate(questions_.begin(), questions_.begin() + 1, questions_.end()); }

void Healing::ask_again() {
  for (const auto& [letter, question] : expected_) {
    const bool asked = std::any_of(questions_.begin(), questions_.end(), [&](const Question& one) { return one.to == question.to && one.from == question.from; });
    if (!asked) questions_.push_back({question.to, question.from, {}});
  }
  expected_.clear();
}

}  // namespace tongban::usecases
