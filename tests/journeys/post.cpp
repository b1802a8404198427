#include "tests/journeys/post.h"

namespace tongban::journeys {
namespace {

std::string_view name_of(wire::LetterKind kind) {
  switch (kind) {
    case wire::LetterKind::Transfer: return "transfer";
    case wire::LetterKind::Progress: return "progress";
    case wire::LetterKind::GiveBack: return "give-back";
    case wire::LetterKind::Request: return "request";
    case wire::LetterKind::Recollection: return "recollection";
    case wire::LetterKind::Enquiry: return "enquiry";
    case wire::LetterKind::Claim: return "claim";
  }
  return "?";
}

std::string_view name_of(wire::AnswerKind kind) {
  switch (kind) {
    case wire::AnswerKind::Taken: return "taken";
    case wire::AnswerKind::Refused: return "refused";
    case wire::AnswerKind::Duplicate: return "duplicate";
    case wire::AnswerKind::Held: return "held";
    case wire::AnswerKind::Lacking: return "lacking";
    case wire::AnswerKind::Later: return "later";
  }
  return "?";
}

std::string line(const Office& from, const Office& to, const OutboxRow& letter) {
  return std::string{from.letter(), '>', to.letter(), ' '} + std::string(name_of(letter.kind)) + ' ' + std::to_string(letter.seq);
}

}  // namespace

Office* Post::office_of(const CentreId& centre) const {
  const auto at = std::find_if(offices_.begin(), offices_.end(), [&](const Office* one) { return one->centre() == centre; });
  return at == offices_.end() ? nullptr : *at;
}

void Post::try_one() {
  Office& from = *offices_[world_.random.below(offices_.size())];
  if (from.only_waits() && world_.random.chance(10)) from.lose_patience();
  if (from.has_questions() && world_.random.chance(70)) return ask(from);
  const auto letters = from.waiting();
  if (!letters.empty()) send(from, letters[world_.random.below(letters.size())]);
}

bool Post::try_all() {
  for (Office* office : offices_)
    if (office->only_waits() && !is_reminded(*office)) office->lose_patience();
  std::vector<std::pair<Office*, OutboxRow>> letters;
  for (Office* from : offices_) {
    for (OutboxRow& letter : from->waiting()) letters.emplace_back(from, std::move(letter));
  }
  for (const auto& [from, letter] : letters) send(*from, letter);
  bool asked = false;
  for (Office* from : offices_) {
    if (from->has_questions()) ask(*from);
    asked = asked || from->is_healing();
  }
  return asked || !letters.empty();
}

bool Post::is_reminded(const Office& office) const {
  return std::any_of(offices_.begin(), offices_.end(), [&](const Office* one) {
    const auto letters = one->rows().waiting();
    return std::any_of(letters.begin(), letters.end(), [&](const OutboxRow& letter) {
      const bool reminds = letter.to == office.centre() && wire::is_reminder(letter.kind);
      return reminds && !office.rows().find_inbox(office.centre(), letter.id);
    });
  });
}

void Post::ask(Office& from) {
  const Office::Recall recall = from.recall();
  Office& to = *office_of(recall.to);
  const std::string what = std::string{from.letter(), '>', to.letter()} + " recall";
  network_.send(from.centre(), to.centre(), what, recall.octets, [this, &from, &to, what, recall](ByteView octets) {
    to.remind(octets, [this, &from, &to, what, recall](const Bytes& page) {
      network_.send(to.centre(), from.centre(), what + ", the page", page, [&from, recall](ByteView answer) { from.take_page(answer, recall); });
    });
  });
}

void Post::send(Office& from, const OutboxRow& letter) {
  Office& to = *office_of(letter.to);
  const std::string what = line(from, to, letter);
  network_.send(from.centre(), to.centre(), what, from.send(letter), [this, &from, &to, letter, what, life = from.life()](ByteView envelope) {
    to.receive(envelope, [this, &from, &to, letter, what, life](const Expected<Effects>& taken) {
      if (!taken) return world_.note(what + " is turned away: " + taken.error().code->name);
      answers_.push_back(taken->answer);
      network_.send(to.centre(), from.centre(), what + ", the answer", taken->answer, [this, &from, &to, letter, life](ByteView answer) {
        if (from.life() != life) return;
        from.settle(letter.id, answer, [this, &from, &to, letter](const wire::Answer& said) { answered(from, to, letter, said); });
      });
    });
  });
}

void Post::answered(Office& from, Office& to, const OutboxRow& letter, const wire::Answer& answer) {
  world_.note(line(from, to, letter) + ": " + std::string(name_of(answer.kind)) + (answer.code.empty() ? "" : " " + answer.code));
  const auto is_gone = [&](const casework::Digest& file) { return !from.has_file(file); };
  if (std::any_of(answer.lacking.begin(), answer.lacking.end(), is_gone)) from.write_off_files(letter.id);
  for (const casework::Digest& file : answer.lacking) {
    if (from.has_file(file) && !network_.fault(network_.faults().file_lost)) to.put_file(file);
  }
}

}  // namespace tongban::journeys
