#include "tests/journeys/portal.h"

#include "shared/usecases/errors.h"
#include "shared/wire/application.h"

namespace tongban::journeys {
namespace {

constexpr int most_days_off = 3'650;

Bytes to_octets(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

}  // namespace

Portal::Portal(casework::Application draft, World& world, Practice& practice)
    : draft_(std::move(draft)), world_(world), practice_(practice),
      skew_(std::chrono::hours(24) * (static_cast<int>(world.random.below(2 * most_days_off)) - most_days_off)) {}

void Portal::seal() {
  if (sealed_once_) return;
  const auto result = usecases::seal_submission(draft_, world_.catalogue, world_.clock.now() + skew_, world_.random);
  first_ = kept_ = *result.sealed;
  secret_ = result.sealed->secret;
  sealed_once_ = true;
}

void Portal::send(Office& to, Network& network) {
  seal();
  if (!kept_) return;
  const Sealed sent = practice_.sealed_to_send(*kept_, world_.random);
  kept_ = practice_.kept_after_sending(*kept_);
  network.send({}, to.centre(), "the portal submits", sent.bytes, [this, &to, &network](ByteView octets) {
    const auto application = wire::decode_application(octets);
    if (!application) return;
    to.submit(*application, [this, &to, &network](const Expected<Effects>& stored) {
      if (!stored) {
        world_.note(std::string("submission: ") + stored.error().code->name);
        return network.send(to.centre(), {}, "refusal", to_octets(stored.error().code->name), [this](ByteView refusal) { take_refusal(refusal); });
      }
      network.send(to.centre(), {}, "receipt", stored->receipt, [this](ByteView receipt) { take_answer(receipt); });
    });
  });
}

void Portal::send_changed(Office& to, Network& network) {
  casework::Application changed = application();
  changed.statement += "（改）";
  network.send({}, to.centre(), "another device submits other words", wire::encode(changed), [this, &to, &network](ByteView octets) {
    const auto application = wire::decode_application(octets);
    if (!application || !to.row(application->submission_id)) return;
    to.submit(*application, [this, &to, &network](const Expected<Effects>& stored) {
      if (!stored) return world_.note(std::string("other words: ") + stored.error().code->name);
      other_words_praised_ = true;
      network.send(to.centre(), {}, "receipt of other words", stored->receipt, [this](ByteView receipt) { take_answer(receipt); });
    });
  });
}

void Portal::take_refusal(ByteView octets) {
  sent_elsewhere_ = sent_elsewhere_ || as_text(octets) == usecases::step_errors::Elsewhere.name;
}

void Portal::take_answer(ByteView octets) {
  if (!sealed_once_ || has_receipt_) return;
  const Sealed& mine = kept_ ? *kept_ : *first_;
  has_receipt_ = practice_.is_receipt_of(mine, octets, world_.directory.keys());
}

}  // namespace tongban::journeys
