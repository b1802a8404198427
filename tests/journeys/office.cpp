#include "tests/journeys/office.h"

#include "shared/wire/application.h"
#include "shared/wire/event.h"

namespace tongban::journeys {
namespace {

constexpr ErrorCode Restoring{"http.restoring", "系统正在从备份恢复，现在只能查看。", "The system is being restored; for now cases can only be read."};
constexpr ErrorCode DiskFailed{"store.failed", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};

}  // namespace

Ground Office::ground() {
  const Instant now = world_.clock.now() + skew_;
  world_.earliest = std::min(world_.earliest, now);
  world_.latest = std::max(world_.latest, now);
  return {now, world_.catalogue, world_.directory, keys_, world_.random, *this};
}

std::optional<usecases::CaseRow> Office::row(const SubmissionId& submission) const {
  const auto record = rows().find({centre_, submission});
  return record ? std::optional(record->row) : std::nullopt;
}

// As a store gives it to a step: no letter has its octets.
std::optional<CaseRecord> Office::record(const usecases::CaseKey& key) const {
  auto record = rows().find(key);
  if (!record) return record;
  for (OutboxRow& row : record->outbox) row.bytes.clear();
  return record;
}

usecases::IntakeState Office::known_of(const SubmissionId& submission) const {
  return {rows().copies(submission), rows().find_claim(submission), 0};
}

void Office::submit(const casework::Application& application, Reply reply) {
  if (is_closed()) return reply(Error(Restoring));
  play(practice_.receive_submission(application, known_of(application.submission_id), ground()), promising(std::move(reply)), Asker::Resident);
}

void Office::begin_walk_in(const casework::Application& application, const CentreId& chosen, Reply reply) {
  if (is_closed()) return reply(Error(Restoring));
  const casework::Actor window{casework::Role::Window, centre_, "staff"};
  play(practice_.begin_walk_in(application, chosen, window, known_of(application.submission_id), ground()), telling_staff(std::move(reply)), Asker::Staff);
  begun_ = disk_.journal().size();
}

void Office::act(casework::Verb verb, const SubmissionId& submission, const casework::EventPayload& payload, casework::Role role,
                 Reply reply) {
  const auto held = record({centre_, submission});
  if (!held) return;
  if (is_closed()) return reply(Error(Restoring));
  const bool resident = role == casework::Role::Resident;
  const casework::Actor actor{role, resident ? CentreId() : centre_, resident ? "" : "staff"};
  auto done = practice_.act(verb, *held, payload, actor, ground());
  if (resident) return play(std::move(done), promising(std::move(reply)), Asker::Resident);
  play(std::move(done), telling_staff(std::move(reply)), Asker::Staff);
}

void Office::renew_access(const SubmissionId& submission, std::function<void(const casework::AccessSecret&)> told) {
  const auto held = record({centre_, submission});
  if (!held || is_closed()) return;
  const auto renewed = practice_.renew_access(*held, {casework::Role::Window, centre_, "staff"}, ground());
  if (!renewed) return;
  play(renewed->effects, promising([told = std::move(told), secret = renewed->secret](const Expected<Effects>& done) {
         if (done) told(secret);
       }), Asker::Staff);
}

bool Office::opens(const SubmissionId& submission, const casework::AccessSecret& secret) {
  const auto held = row(submission);
  return held && practice_.opens(secret, *held);
}

bool Office::says_duplicate(ByteView octets) const {
  const auto answer = wire::read_answer(octets, world_.directory.find_last(centre_, world_.clock.now())->signing);
  return answer && answer->kind == wire::AnswerKind::Duplicate;
}

void Office::receive(ByteView envelope, Reply reply) {
  const auto mail = practice_.open_mail(envelope, ground());
  if (!mail) return reply(mail.error());
  usecases::MailState state;
  state.healing = is_healing();
  state.seen = rows().find_inbox(mail->to, mail->id);
  if (mail->letter) state.record = record(mail->key());
  if (mail->letter) state.known = known_of(mail->letter->submission_id);
  play(practice_.receive_mail(*mail, state, ground()), [this, id = mail->id, reply = std::move(reply)](const Expected<Effects>& taken) {
    // Whoever's copy ends for one that is here relies on it, as a resident does who has a receipt.
    if (taken && says_duplicate(taken->answer)) promised_ = disk_.journal().size();
    reply(taken);
    if (taken && rows().find_inbox(centre_, id)) came(id);
  });
}

void Office::settle(const EnvelopeId& letter, ByteView octets, std::function<void(const wire::Answer&)> settled) {
  if (!rows().has_letter(letter)) return;
  const OutboxRow row = rows().letter(letter);
  const auto answer = practice_.verify_answer(row, octets, ground());
  if (!answer || (answer->is_final() && is_healing() && !practice_.settles_while_healing())) return;
  play(practice_.settle_mail(row, *answer, *record(row.key), ground()),
       [settled = std::move(settled), answer = *answer](const Expected<Effects>& done) {
         if (done) settled(answer);
       });
}

void Office::write_off_files(const EnvelopeId& letter) {
  if (!rows().has_letter(letter)) return;
  const OutboxRow row = rows().letter(letter);
  play(practice_.write_off_files(row, *record(row.key), ground()), [](const Expected<Effects>&) {});
}

bool Office::damage_file(fakes::SeededRandom& chance) {
  if (files_.empty()) return false;
  const auto file = std::next(files_.begin(), static_cast<std::ptrdiff_t>(chance.below(files_.size())));
  damaged_.insert(file->first);
  files_.erase(file);
  return true;
}

// A courier reads between rounds.
std::vector<OutboxRow> Office::waiting() const {
  if (!disk_.is_synced() && !practice_.sends_before_the_sync()) return {};
  auto letters = rows().waiting();
  if (is_healing()) std::erase_if(letters, [&](const OutboxRow& letter) { return !practice_.sends_while_healing(letter); });
  return letters;
}

Bytes Office::send(const OutboxRow& letter) {
  if (const Batch batch = practice_.when_sent(letter); !batch.empty()) write(batch);
  return practice_.octets_of(letter, ground());
}

// All but the last of several transactions are synced on their own: what a bug that splits one leaves behind.
bool Office::write(const Batch& batch) {
  const std::vector<Batch> parts = practice_.transactions(batch);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!disk_.write(parts[i])) return false;
    if (i + 1 < parts.size()) disk_.sync();
  }
  return true;
}

Office::Reply Office::promising(Reply reply) {
  return [this, reply = std::move(reply)](const Expected<Effects>& done) {
    if (done) promised_ = disk_.journal().size();
    reply(done);
  };
}

Office::Reply Office::telling_staff(Reply reply) {
  return [this, reply = std::move(reply)](const Expected<Effects>& done) {
    reply(done);
    if (!done) return;
    for (const usecases::EventRow& row : done->batch.events) {
      if (row.key.holder == centre_) told_[row.key.submission].push_back({row.seq, wire::decode_event(row.bytes)->digest, disk_.journal().size()});
    }
  };
}

const std::vector<Told>& Office::told_of(const SubmissionId& submission) const {
  static const std::vector<Told> nothing;
  const auto found = told_.find(submission);
  return found == told_.end() ? nothing : found->second;
}

void Office::play(Expected<Effects> effects, Reply reply, Asker asker) {
  if (effects && !effects->batch.empty() && !write(effects->batch)) effects = Error(DiskFailed);
  if (practice_.answers_before_the_sync(asker)) reply(effects);
  else round_.push_back({std::move(reply), std::move(effects)});
}

void Office::end_round(RoundEnd end) {
  const std::vector<Piece> round = std::exchange(round_, {});
  const bool kept = end == RoundEnd::Synced || end == RoundEnd::CutAfter;
  if (kept) disk_.sync();
  else disk_.lose_unsynced();
  if (const std::size_t begun = std::exchange(begun_, 0); kept) promised_ = std::max(promised_, begun);
  const bool cut = end == RoundEnd::CutBefore || end == RoundEnd::CutAfter;
  if (!cut)
    for (const Piece& piece : round) piece.reply(kept ? piece.effects : practice_.after_a_failed_commit(piece.effects, DiskFailed));
  if (end != RoundEnd::Synced && healing_) look_whether_healed();
}

}  // namespace tongban::journeys
