#include "shared/usecases/healing.h"

#include <algorithm>

namespace tongban::usecases {

void Healing::answered(const wire::RecallPage& page) {
  questions_.front().put_off = page.later;
  if (page.later) return unanswered();
  for (const EnvelopeId& letter : page.letters) expected_.emplace(letter, questions_.front());
  if (page.more_after) questions_.front().after = *page.more_after;
  else questions_.pop_front();
}

void Healing::unanswered() { std::rotate(questions_.begin(), questions_.begin() + 1, questions_.end()); }

bool Healing::only_waits() const {
  return std::all_of(questions_.begin(), questions_.end(), [](const Question& one) { return one.put_off; });
}

void Healing::ask_again() {
  for (const auto& [letter, answered] : expected_) {
    const auto same = [&about = answered](const Question& one) { return one.to == about.to && one.from == about.from; };
    const auto left = std::find_if(questions_.begin(), questions_.end(), same);
    if (left == questions_.end()) questions_.push_back({answered.to, answered.from});
    else left->after = {};
  }
  expected_.clear();
}

}  // namespace tongban::usecases
