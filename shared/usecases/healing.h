// What a node that was restored from a backup has still to ask, and to be told, before it works again. A node asks for each
// of its centres at each other node, page by page, one question at a time; a page names the letters to wait for.
#pragma once

#include <deque>
#include <map>

#include "shared/wire/recall.h"

namespace tongban::usecases {

class Healing {
 public:
  struct Question {
    NodeId to;
    CentreId from;
    wire::Bookmark after{};
  };

  explicit Healing(std::deque<Question> questions) : questions_(std::move(questions)) {}

  /// To be asked now; null when all have been answered.
  const Question* question() const { return questions_.empty() ? nullptr : &questions_.front(); }
  /// A page has come in answer to the question.
  void answered(const wire::RecallPage& page);
  /// No answer: the others first.
  void unanswered();
  /// A letter has been taken, or was here already: often before the page that names it.
  void came(const EnvelopeId& letter) { expected_.erase(letter); }
  /// What was announced doesn't come: its sender may have been restored itself meanwhile. Asks once more.
  void ask_again();

  bool complete() const { return questions_.empty() && expected_.empty(); }

 private:
  std::deque<Question> questions_;
  std::map<EnvelopeId, Question> expected_;  ///< by the question that it answers
};

}  // namespace tongban::usecases
