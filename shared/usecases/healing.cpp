#include "shared/usecases/healing.h"

#include <algorithm>
#include <tuple>

namespace tongban::usecases {

namespace {

bool comes_before(const wire::Bookmark& a, const wire::Bookmark& b) { return std::tie(a.submission, a.holder) < std::tie(b.submission, b.holder); }

}  // namespace

void Healing::answered(const wire::RecallPage& page) {
  Question& question = questions_.front();
  question.put_off = page.later;
  if (page.later) return unanswered();
  Question about = question;
  about.until = page.more_after;
  for (const EnvelopeId& letter : page.letters) expected_.emplace(letter, about);
  const bool goes_on = page.more_after && (!question.until || comes_before(*page.more_after, *question.until));
  if (goes_on) question.after = *page.more_after;
  else questions_.pop_front();
}

void Healing::unanswered() { std::rotate(questions_.begin(), questions_.begin() + 1, questions_.end()); }

bool Healing::only_waits() const {
  return std::all_of(questions_.begin(), questions_.end(), [](const Question& one) { return one.put_off; });
}

void Healing::ask_again() {
  for (auto& [letter, about] : expected_) {
    const auto same_page = [&about = about](const Question& one) { return one.to == about.to && one.from == about.from && one.after == about.after; };
    if (std::any_of(questions_.begin(), questions_.end(), same_page)) continue;
    about.put_off = std::any_of(questions_.begin(), questions_.end(), [&about = about](const Question& one) { return one.to == about.to && one.put_off; });
    questions_.push_front(about);
  }
  expected_.clear();
}

}  // namespace tongban::usecases
