#include "shared/catalogue/situation.h"

#include <algorithm>
#include <optional>

namespace tongban::catalogue {
namespace {

enum class Truth : std::uint8_t { Yes, No, Open };

/// The index of the answer given to a question; nothing when it isn't answered (or by a key that it doesn't have).
std::optional<std::uint8_t> given(const Question& question, const Answers& answers) {
  const auto at = answers.find(question.key);
  if (at == answers.end()) return std::nullopt;
  for (std::size_t i = 0; i < question.answers.size(); ++i)
    if (question.answers[i].key == at->second) return static_cast<std::uint8_t>(i);
  return std::nullopt;
}

Truth holds(const Item& item, const Clause& clause, const Answers& answers) {
  if (clause.question >= item.questions.size()) return Truth::Open;
  const auto answer = given(item.questions[clause.question], answers);
  if (!answer) return Truth::Open;
  const bool in = std::find(clause.answers.begin(), clause.answers.end(), *answer) != clause.answers.end();
  return in ? Truth::Yes : Truth::No;
}

/// One clause that fails settles a circumstance, even while others are open.
Truth holds(const Item& item, const Circumstance& circumstance, const Answers& answers) {
  Truth all = Truth::Yes;
  for (const Clause& clause : circumstance) {
    const Truth one = holds(item, clause, answers);
    if (one == Truth::No) return Truth::No;
    if (one == Truth::Open) all = Truth::Open;
  }
  return all;
}

}  // namespace

Need need_of(const Item& item, const Material& material, const Answers& answers) {
  if (material.when.empty()) return Need::Needed;
  bool open = false;
  for (const Circumstance& circumstance : material.when) {
    const Truth one = holds(item, circumstance, answers);
    if (one == Truth::Yes) return Need::Needed;
    open = open || one == Truth::Open;
  }
  return open ? Need::Undecided : Need::NotNeeded;
}

Checklist needed_materials(const Item& item, const Answers& answers) {
  Checklist list;
  for (const Material& material : item.materials) {
    switch (need_of(item, material, answers)) {
      case Need::Needed: list.needed.push_back(&material); break;
      case Need::Undecided: list.undecided.push_back(&material); break;
      case Need::NotNeeded: list.not_needed.push_back(&material); break;
    }
  }
  for (const Question& question : item.questions)
    if (!given(question, answers)) list.unanswered.push_back(&question);
  return list;
}

std::vector<Reason> reasons_for(const Item& item, const Material& material, const Answers& answers) {
  std::vector<Reason> reasons;
  for (const Circumstance& circumstance : material.when) {
    if (holds(item, circumstance, answers) != Truth::Yes) continue;
    for (const Clause& clause : circumstance) {
      const Question& question = item.questions[clause.question];
      reasons.push_back({&question, &question.answers[*given(question, answers)]});
    }
    break;
  }
  return reasons;
}

Expected<void> check_answers(const Item& item, const Answers& answers) {
  for (const auto& [key, value] : answers) {
    const Question* question = find_question(item, key);
    if (!question) return Error(situation_errors::UnknownQuestion, key);
    if (!find_answer(*question, value)) return Error(situation_errors::UnknownAnswer, key);
  }
  for (const Question& question : item.questions)
    if (!answers.count(question.key)) return Error(situation_errors::Unanswered, question.key);
  return {};
}

Answers usual_answers(const Item& item) {
  Answers answers;
  for (const Question& question : item.questions)
    if (!question.answers.empty()) answers[question.key] = question.answers.front().key;
  return answers;
}

const Question* find_question(const Item& item, std::string_view key) {
  for (const Question& question : item.questions)
    if (question.key == key) return &question;
  return nullptr;
}

const Answer* find_answer(const Question& question, std::string_view key) {
  for (const Answer& answer : question.answers)
    if (answer.key == key) return &answer;
  return nullptr;
}

}  // namespace tongban::catalogue
