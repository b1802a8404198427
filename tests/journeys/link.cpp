#include "tests/journeys/link.h"

namespace tongban::journeys {

Faults Faults::from(fakes::SeededRandom& random) {
  const auto some = [&](unsigned most) { return random.chance(30) ? 0u : static_cast<unsigned>(random.below(most)); };
  return {some(60), some(40), some(50), some(60), some(30), some(50)};
}

bool Link::fault(unsigned percent) {
  const bool happens = random_.chance(percent);
  played_ += happens ? 1 : 0;
  return happens;
}

fakes::Office* Link::office_of(const CentreId& centre) const {
  for (fakes::Office* office : offices_) {
    if (office->serves(centre)) return office;
  }
  return nullptr;
}

void Link::step() {
  if (!late_.empty() && random_.chance(30)) return step_late();
  fakes::Office& from = *offices_[random_.below(offices_.size())];
  const auto letters = from.store().waiting();
  if (!letters.empty()) send(from, letters[random_.below(letters.size())]);
}

void Link::step_late() {
  const std::size_t at = random_.below(late_.size());
  const Late late = late_[at];
  if (!random_.chance(faults_.doubled)) late_.erase(late_.begin() + static_cast<std::ptrdiff_t>(at));
  if (late.is_answer) {
    answer(*late.from, late.id, late.bytes);
  } else {
    arrive(*late.from, late.id, late.bytes);
  }
}

void Link::send(fakes::Office& from, const usecases::OutboxRow& letter) {
  if (fault(faults_.lost)) return;
  if (fault(faults_.doubled)) late_.push_back({letter.id, &from, letter.bytes, false});
  if (fault(faults_.late)) {
    late_.push_back({letter.id, &from, letter.bytes, false});
    return;
  }
  arrive(from, letter.id, letter.bytes);
}

void Link::arrive(fakes::Office& from, const EnvelopeId& id, ByteView envelope) {
  fakes::Office* to = office_of(from.store().letter(id).to);
  auto effects = to->receive(envelope);
  if (!effects) return;
  if (fault(faults_.crash)) return;  // before the commit: nothing has happened
  to->store().commit(effects->batch);
  if (fault(faults_.answer_lost)) return;
  if (fault(faults_.late)) {
    late_.push_back({id, &from, effects->answer, true});
    return;
  }
  answer(from, id, effects->answer);
}

void Link::answer(fakes::Office& from, const EnvelopeId& id, ByteView bytes) {
  if (fault(faults_.crash)) return;  // the sender, before it has settled
  const auto read = from.settle(id, bytes);
  if (read && read->kind == wire::AnswerKind::Lacking) send_files(*read, from, *office_of(from.store().letter(id).to));
}

void Link::send_files(const wire::Answer& answer, fakes::Office& from, fakes::Office& to) {
  for (const casework::Digest& file : answer.lacking) {
    if (from.has_file(file) && !fault(faults_.file_lost)) to.put_file(file);
  }
}

bool Link::drain() {
  faults_ = Faults::none();
  constexpr int rounds = 200;
  for (int round = 0; round < rounds; ++round) {
    while (!late_.empty()) step_late();
    bool waits = false;
    for (fakes::Office* office : offices_) {
      for (const usecases::OutboxRow& letter : office->store().waiting()) {
        if (office->store().letter(letter.id).state != usecases::OutboxState::Waiting) continue;
        waits = true;
        send(*office, letter);
      }
    }
    if (!waits) return true;
  }
  return false;
}

}  // namespace tongban::journeys
