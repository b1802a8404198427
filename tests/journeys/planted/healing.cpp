// What a restored office, or one that is asked by it, can do wrongly.
#include "tests/journeys/planted/bugs.h"

namespace tongban::journeys {
namespace {

using usecases::Mail;
using usecases::MailState;
using wire::LetterKind;

struct OpenWhileHealing : Practice {
  bool works_while_healing() override { return true; }
};

struct LettersTakenWhileHealing : Practice {
  Expected<Effects> receive_mail(Mail mail, MailState state, Ground ground) override {
    if (mail.letter && mail.letter->kind != LetterKind::Recollection) state.healing = false;
    return Practice::receive_mail(std::move(mail), std::move(state), ground);
  }
};

struct SettlesWhileHealing : Practice {
  bool sends_while_healing(const OutboxRow&) override { return true; }
  bool settles_while_healing() override { return true; }
};

struct HealedByPromises : Practice {
  bool has_healed(const usecases::Healing& healing) override { return !healing.question(); }
};

struct NeverAsks : Practice {
  bool has_healed(const usecases::Healing&) override { return true; }
};

struct NothingResumed : Practice {
  Expected<Effects> resume(CaseRecord, std::optional<usecases::ClaimRow>, Ground) override { return Effects{}; }
};

struct RequestsForgotten : Practice {
  Expected<Effects> recollect(CaseRecord record, CentreId to, Ground ground) override {
    std::erase_if(record.outbox, [](const OutboxRow& row) { return row.kind == LetterKind::Request && row.state == usecases::OutboxState::Taken; });
    return Practice::recollect(std::move(record), to, ground);
  }
};

struct ClaimsForgotten : Practice {
  Expected<Effects> recollect(CaseRecord record, CentreId to, Ground ground) override {
    std::erase_if(record.outbox, [](const OutboxRow& row) { return row.kind == LetterKind::Enquiry; });
    return Practice::recollect(std::move(record), to, ground);
  }
};

struct OldLaneGoesOn : Practice {
  Expected<Effects> recollect(CaseRecord record, CentreId to, Ground ground) override {
    auto effects = Practice::recollect(record, to, ground);
    if (effects) std::erase_if(effects->batch.outbox, [&](const OutboxRow& row) { return !wire::is_reminder(row.kind); });
    return effects;
  }
};

}  // namespace

std::vector<PlantedBug> bugs_of_healing() {
  return {
      planted<OpenWhileHealing>("a restored office works before it has been told everything"),
      planted<LettersTakenWhileHealing>("a restored office takes any letter before it has been told everything"),
      planted<SettlesWhileHealing>("a restored office sends and settles its old letters before it has been told everything"),
      planted<HealedByPromises>("a restored office doesn't wait for what was announced to it"),
      planted<NeverAsks>("a restored office asks nobody"),
      planted<NothingResumed>("what a restored office had begun is not gone on with"),
      planted<RequestsForgotten>("what a restored office took and told nothing about is not sent again"),
      planted<ClaimsForgotten>("a restored office isn't told which windows it let go on"),
      planted<OldLaneGoesOn>("letters that a restored office may have forgotten are waited for"),
  };
}

}  // namespace tongban::journeys
