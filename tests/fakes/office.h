// A node without a network and a disk: the production steps over rows in memory, one commit at a time.
#pragma once

#include <set>

#include "shared/usecases/act.h"
#include "shared/usecases/intake.h"
#include "shared/usecases/mail.h"
#include "shared/usecases/view_case.h"
#include "tests/fakes/centre_keys.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/memory_store.h"
#include "tests/fakes/seeded_random.h"

namespace tongban::fakes {

class Office final : private ports::Files {
 public:
  Office(std::vector<CentreId> centres, const catalogue::Catalogue& catalogue, const wire::Directory& directory,
         const ManualClock& clock, SeededRandom& random)
      : centres_(centres), keys_(centres), catalogue_(catalogue), directory_(directory), clock_(clock), random_(random) {}

  usecases::Ground ground() const { return {clock_.now(), catalogue_, directory_, keys_, random_, *this}; }
  bool serves(const CentreId& centre) const { return std::find(centres_.begin(), centres_.end(), centre) != centres_.end(); }
  MemoryStore& store() { return store_; }
  const MemoryStore& store() const { return store_; }
  const FixedCentreKeys& keys() const { return keys_; }

  crypto::PublicKey renew_signing_key(const CentreId& centre) { return keys_.renew_signing(centre); }
  /// What goes over the wire when a letter is sent.
  Expected<Bytes> octets_of(const EnvelopeId& id) const { return usecases::envelope_to_send(store_.letter(id), ground()); }

  void put_file(const casework::Digest& digest) { files_.insert(digest); }
  /// Restored from a backup: takes what it is reminded of, and nothing else.
  void heal(bool healing) { healing_ = healing; }
  void lose_files() { files_.clear(); }
  bool has_file(const casework::Digest& digest) const { return files_.contains(digest); }

  Expected<usecases::Effects> submit(const casework::Application& application) {
    return commit(usecases::receive_submission(application, known_of(application.submission_id), ground()));
  }
  /// `chosen`: for which it was sealed, when it was carried to the window.
  Expected<usecases::Effects> walk_in(const casework::Application& application, const casework::Actor& actor, const CentreId& chosen = {}) {
    return commit(usecases::begin_walk_in(application, chosen, actor, known_of(application.submission_id), ground()));
  }
  Expected<usecases::Effects> act(casework::Verb verb, const usecases::CaseKey& key, const casework::EventPayload& payload,
                                  const casework::Actor& actor) {
    return commit(usecases::act(verb, *store_.find(key), payload, actor, ground()));
  }

  /// The effects, not yet committed: a crash can come between.
  Expected<usecases::Effects> receive(ByteView envelope) {
    TRY(const usecases::Mail mail, usecases::open_mail(envelope, ground()));
    usecases::MailState state;
    state.healing = healing_;
    state.seen = store_.find_inbox(mail.to, mail.id);
    if (mail.letter) state.record = store_.find(mail.key());
    if (mail.letter) state.known = known_of(mail.letter->submission_id);
    return usecases::receive_mail(mail, state, ground());
  }
  /// The consequences of an answer, committed; gives the answer back.
  Expected<wire::Answer> settle(const EnvelopeId& id, ByteView answer) {
    const usecases::OutboxRow row = store_.letter(id);
    TRY(const wire::Answer read, usecases::verify_answer(row, answer, ground()));
    TRY_VOID(commit(usecases::settle_mail(row, read, *store_.find(row.key), ground())));
    return read;
  }

  Expected<usecases::Effects> commit(Expected<usecases::Effects> effects) {
    if (effects) store_.commit(effects->batch);
    return effects;
  }

 private:
  usecases::IntakeState known_of(const SubmissionId& submission) const {
    return {store_.copies(submission), store_.find_claim(submission), 0};
  }
  bool has(const casework::Digest& digest) const override { return has_file(digest); }

  std::vector<CentreId> centres_;
  FixedCentreKeys keys_;
  const catalogue::Catalogue& catalogue_;
  const wire::Directory& directory_;
  const ManualClock& clock_;
  SeededRandom& random_;
  MemoryStore store_;
  std::set<casework::Digest> files_;
  bool healing_ = false;
};

}  // namespace tongban::fakes
