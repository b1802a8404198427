// An office whose disk is lost: a backup takes its place, and the other offices tell what came since.
#include "shared/usecases/recollect.h"
#include "tests/journeys/office.h"

namespace tongban::journeys {
namespace {

NodeId node_of(const CentreId& centre) { return NodeId(centre.text()); }

std::deque<usecases::Healing::Question> questions(const CentreId& from) {
  std::deque<usecases::Healing::Question> questions;
  for (const CentreId& centre : centres())
    if (centre != from) questions.push_back({node_of(centre), from});
  return questions;
}

}  // namespace

bool Office::restore() {
  std::erase_if(backups_, [&](const Backup& backup) { return backup.writes < promised_; });
  if (backups_.empty()) return false;
  const Backup backup = backups_[world_.random.below(backups_.size())];
  std::erase_if(backups_, [&](const Backup& other) { return other.writes > backup.writes; });
  round_.clear();
  disk_.restore(backup.writes);
  for (auto& [submission, told] : told_) std::erase_if(told, [&](const Told& one) { return one.writes > backup.writes; });
  std::erase_if(files_, [&](const auto& file) { return file.second > backup.writes; });
  restored_from_ = backup.made_at;
  healing_.emplace(questions(centre_));
  waits_for_page_ = false;
  ++life_;
  return true;
}

Office::Recall Office::recall() {
  if (std::exchange(waits_for_page_, true)) healing_->unanswered();
  const usecases::Healing::Question& question = *healing_->question();
  return {CentreId(question.to.text()), *wire::write_recall({centre_, restored_from_ + -usecases::recall_overlap, world_.clock.now(), question.after}, keys_), ++asked_};
}

void Office::take_page(ByteView octets, const Recall& asked) {
  const auto page = wire::read_recall_page(octets, asked.octets, world_.directory.keys(), ground().now);
  if (!page || asked.number != asked_ || page->by != asked.to || !std::exchange(waits_for_page_, false)) return;
  healing_->answered(*page);
  for (const EnvelopeId& letter : page->letters)
    if (rows().find_inbox(centre_, letter)) healing_->came(letter);
  look_whether_healed();
}

void Office::came(const EnvelopeId& letter) {
  if (!healing_) return;
  healing_->came(letter);
  look_whether_healed();
}

void Office::look_whether_healed() {
  if (!practice_.has_healed(*healing_)) return;
  Effects all;
  for (const usecases::CaseRow& row : rows().rows()) {
    auto resumed = practice_.resume(*rows().find(row.key), rows().find_claim(row.key.submission), ground());
    if (!resumed) continue;
    const auto move = [](auto& from, auto& to) { to.insert(to.end(), from.begin(), from.end()); };
    move(resumed->batch.cases, all.batch.cases);
    move(resumed->batch.events, all.batch.events);
    move(resumed->batch.receipts, all.batch.receipts);
    move(resumed->batch.lanes, all.batch.lanes);
    move(resumed->batch.outbox, all.batch.outbox);
    move(resumed->batch.inbox, all.batch.inbox);
    move(resumed->batch.claims, all.batch.claims);
  }
  play(std::move(all), [this, life = life_](const Expected<Effects>& written) {
    if (!written || !healing_ || life != life_) return;
    healing_.reset();
    world_.note(std::string{this->letter()} + " has been told everything");
  });
}

// A recall that is older than some minutes is refused, so this one is made and read by right clocks.
void Office::remind(ByteView octets, std::function<void(const Bytes&)> reply) {
  const auto recall = wire::read_recall(octets, world_.directory.keys(), world_.clock.now());
  if (!recall) return;
  wire::RecallPage page;
  page.by = centre_;
  const auto write = [this, recall = Bytes(octets.begin(), octets.end())](const wire::RecallPage& told) { return *wire::write_recall_page(told, recall, keys_); };
  page.later = healing_ && !healing_->can_tell();
  if (page.later) return reply(write(page));
  for (const usecases::CaseKey& key : rows().cases_since(recall->since, recall->from, {recall->after.holder, recall->after.submission})) {
    auto effects = practice_.recollect(*rows().find(key), recall->from, ground());
    if (!effects || effects->batch.empty()) continue;
    page.more_after = wire::Bookmark{key.submission, key.holder};
    for (const OutboxRow& letter : effects->batch.outbox)
      if (wire::is_reminder(letter.kind)) page.letters.push_back(letter.id);
    return play(std::move(effects), [page = write(page), reply = std::move(reply)](const Expected<Effects>& written) {
      if (written) reply(page);
    });
  }
  reply(write(page));
}

}  // namespace tongban::journeys
