// From the resident's answers to exactly the papers that are needed (情形 → 申请材料).
//
// Pure functions over an Item; results point into that item and live as long as its catalogue.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/expected.h"
#include "shared/catalogue/model.h"

namespace tongban::catalogue {

namespace situation_errors {
inline constexpr ErrorCode UnknownQuestion{"situation.unknown_question", "这个事项没有这个问题，请重新打开办事指南",
                                           "This item has no such question; please open the guide again."};
inline constexpr ErrorCode UnknownAnswer{"situation.unknown_answer", "这个问题没有这个答案，请重新选择",
                                         "This question has no such answer; please choose again."};
inline constexpr ErrorCode Unanswered{"situation.unanswered", "还有问题没有回答，请先答完",
                                      "A question has not been answered yet; please answer it first."};
}  // namespace situation_errors

/// Question key → answer key, as an application carries them.
using Answers = std::map<std::string, std::string>;

enum class Need : std::uint8_t { Needed, NotNeeded, Undecided };

/// What to bring, in the item's order.
struct Checklist {
  std::vector<const Material*> needed;
  std::vector<const Material*> undecided;      ///< depends on a question not yet answered
  std::vector<const Material*> not_needed;     ///< taken away by the answers
  std::vector<const Question*> unanswered;
  bool complete() const { return unanswered.empty(); }
};

/// One answer that made a material needed.
struct Reason {
  const Question* question = nullptr;
  const Answer* answer = nullptr;
};

/// Undecided as long as an unanswered question can still change it; unknown keys count as unanswered.
Need need_of(const Item& item, const Material& material, const Answers& answers);

Checklist needed_materials(const Item& item, const Answers& answers);

/// Why a needed material is needed: the answers of the first circumstance that holds; empty when always needed.
std::vector<Reason> reasons_for(const Item& item, const Material& material, const Answers& answers);

/// UnknownQuestion or UnknownAnswer (where: the question's key) for foreign keys; Unanswered when one is left open.
Expected<void> check_answers(const Item& item, const Answers& answers);

/// The first answer of every question: the usual case, for a guide that nobody has answered yet.
Answers usual_answers(const Item& item);

const Question* find_question(const Item& item, std::string_view key);
const Answer* find_answer(const Question& question, std::string_view key);

}  // namespace tongban::catalogue
