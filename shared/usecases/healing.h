// What a node that was restored from a backup has still to ask, and to be told, before it works again. A node asks for each
// of its centres at each other node, page by page, one question at a time; a page names the letters to wait for.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "shared/wire/recall.h"

namespace tongban::usecases {

class Healing {
 public:
  struct Question {
    NodeId to;
    CentreId from;
    wire::Bookmark after{};
    std::optional<wire::Bookmark> until{};  ///< the last copy that is asked about; nothing: all after the first
    bool put_off = false;  ///< by a node that is being restored itself
  };

  explicit Healing(std::deque<Question> questions) : questions_(std::move(questions)) {}

  /// To be asked now; null when all have been answered.
  const Question* question() const { return questions_.empty() ? nullptr : &questions_.front(); }
  /// A page has come in answer to the question.
  void answered(const wire::RecallPage& page);
  /// No answer: the others first.
  void unanswered();
  /// A letter has been taken, or was here already: often before the page that names it. False: it was not waited for.
  bool came(const EnvelopeId& letter) { return expected_.erase(letter) > 0; }
  std::size_t open_questions() const { return questions_.size(); }
  const std::map<EnvelopeId, Question>& expected() const { return expected_; }
  /// Nobody is left to ask but nodes that are being restored themselves, if any.
  bool only_waits() const;
  /// What was announced doesn't come: its sender may have been restored itself meanwhile. Asks for the same pages once more, and for
  /// no others: each has its sender write letters anew.
  void ask_again();

  /// Has heard everything but from nodes that are being restored themselves, and can tell these. Each of them waits for the others
  /// only, so none waits for ever.
  bool can_tell() const { return expected_.empty() && only_waits(); }
  bool complete() const { return questions_.empty() && expected_.empty(); }

 private:
  std::deque<Question> questions_;
  std::map<EnvelopeId, Question> expected_;  ///< by a question about the page that named it
};

}  // namespace tongban::usecases
