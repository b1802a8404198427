#include "tests/journeys/stranger.h"

namespace tongban::journeys {
namespace {

/// Signs for every centre, with a key that is nobody's.
class FalseKeys : public ports::CentreKeys {
 public:
  std::optional<crypto::KeyId> signing_key_id(const CentreId& centre) const override {
    const auto* entry = directory_.find(centre, {0});
    return entry ? std::optional(crypto::key_id(entry->signing)) : std::nullopt;
  }
  std::optional<crypto::Signature> sign(const CentreId&, ByteView message) const override { return crypto::sign(own_, message); }
  std::optional<Bytes> open(const CentreId&, ByteView) const override { return std::nullopt; }
  explicit FalseKeys(const wire::Directory& directory) : directory_(directory), own_(crypto::Seed{13}) {}

 private:
  const wire::Directory& directory_;
  crypto::SigningKey own_;
};

void forge_withdrawal(Office& to, const SubmissionId& submission, World& world) {
  const auto row = to.row(submission);
  if (!row || row->received_by == to.centre()) return;
  wire::Letter letter;
  letter.kind = wire::LetterKind::Request;
  letter.from = row->received_by;
  letter.to = to.centre();
  letter.submission_id = submission;
  letter.number = row->number;
  letter.seq = letter.first = 1'000;
  letter.request = wire::Request{casework::EventKind::Withdrawn, {}, "假", "resident", world.clock.now()};
  const auto* entry = world.directory.find(to.centre(), world.clock.now());
  const FalseKeys keys(world.directory);
  const auto envelope = wire::write_envelope(ports::fresh<EnvelopeId>(world.random), letter, entry->sealing, keys, world.random);
  world.note(std::string("a forged withdrawal comes to ") + to.letter());
  to.receive(*envelope, [](const Expected<Effects>&) {});
}

void forge_refusal(Office& from, const OutboxRow& letter, World& world) {
  wire::Answer answer;
  answer.kind = wire::AnswerKind::Refused;
  answer.envelope = letter.id;
  answer.digest = crypto::digest(letter.bytes);
  answer.by = letter.to;
  answer.code = "exchange.not_custodian";
  world.note(std::string("a forged refusal comes to ") + from.letter());
  from.settle(letter.id, *wire::write_answer(answer, FalseKeys(world.directory)), [](const wire::Answer&) {});
}

}  // namespace

void meddle(const std::vector<Office*>& offices, const Post& post, Portal& portal, World& world) {
  Office& office = *offices[world.random.below(offices.size())];
  const auto letters = office.waiting();
  switch (world.random.below(4)) {
    case 0: return portal.take_answer(as_bytes("<html>欢迎使用免费网络</html>"));
    case 1: return forge_withdrawal(office, portal.submission(), world);
    case 2:
      if (!letters.empty()) forge_refusal(office, letters[world.random.below(letters.size())], world);
      return;
    default:
      if (letters.empty() || post.answers_seen().empty()) return;
      world.note(std::string("an answer to something else comes to ") + office.letter());
      office.settle(letters[world.random.below(letters.size())].id, post.answers_seen()[world.random.below(post.answers_seen().size())],
                    [](const wire::Answer&) {});
  }
}

}  // namespace tongban::journeys
