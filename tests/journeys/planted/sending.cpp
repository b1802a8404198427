#include "shared/wire/envelope.h"
#include "tests/fakes/centre_keys.h"
#include "tests/journeys/planted/bugs.h"

namespace tongban::journeys {
namespace {

using casework::Verb;
using usecases::OutboxState;
using wire::AnswerKind;
using wire::LetterKind;

struct MarkedWhenSent : Practice {
  Batch when_sent(const OutboxRow& letter) override {
    Batch batch;
    batch.outbox = {letter};
    batch.outbox[0].state = OutboxState::Taken;
    return batch;
  }
};

struct NewIdEachTime : Practice {
  Bytes octets_of(const OutboxRow& letter, const Ground& ground) override {
    const fakes::FixedCentreKeys reader({letter.to});
    const auto inside = wire::open_letter(*wire::read_envelope(letter.bytes), reader);
    const auto* to = ground.directory.find(letter.to, ground.now);
    return *wire::write_envelope(ports::fresh<EnvelopeId>(ground.random), *inside, to->sealing, ground.keys, ground.random);
  }
  Expected<wire::Answer> verify_answer(const OutboxRow&, ByteView bytes, const Ground& ground) override {
    TRY(const auto signer, wire::answer_signer(bytes));
    const auto key = ground.directory.keys()(signer.by, signer.key, ground.now);
    if (!key) return wire::envelope_errors::NoKey;
    return wire::read_answer(bytes, *key);
  }
};

struct AnyAnswerEnds : Practice {
  Expected<Effects> settle_mail(OutboxRow row, wire::Answer answer, CaseRecord record, Ground ground) override {
    if (answer.is_final()) return Practice::settle_mail(std::move(row), std::move(answer), std::move(record), ground);
    Effects effects;
    row.state = OutboxState::Taken;
    effects.batch.outbox = {std::move(row)};
    return effects;
  }
};

struct AnswerUnsigned : Practice {
  Expected<wire::Answer> verify_answer(const OutboxRow& row, ByteView bytes, const Ground& ground) override {
    // What reads an answer also verifies it: signed again by the key that can be had, it passes.
    const fakes::FixedCentreKeys all({row.to});
    if (bytes.size() < crypto::Signature{}.size()) return wire::envelope_errors::Malformed;
    Bytes signed_anew(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(crypto::Signature{}.size()));
    const auto signature = all.sign(row.to, signed_anew);
    signed_anew.insert(signed_anew.end(), signature->begin(), signature->end());
    return Practice::verify_answer(row, signed_anew, ground);
  }
};

struct AnswerToAnything : Practice {
  Expected<wire::Answer> verify_answer(const OutboxRow& row, ByteView bytes, const Ground& ground) override {
    TRY(const auto signer, wire::answer_signer(bytes));
    const auto key = ground.directory.keys()(row.to, signer.key, ground.now);
    if (!key) return wire::envelope_errors::NoKey;
    return wire::read_answer(bytes, *key);
  }
};

struct CustodyBeforeReceipt : Practice {
  Expected<Effects> act(Verb verb, CaseRecord record, const casework::EventPayload& payload, const casework::Actor& actor,
                        Ground ground) override {
    auto effects = Practice::act(verb, std::move(record), payload, actor, ground);
    if (!effects) return effects;
    for (usecases::CaseRow& row : effects->batch.cases) {
      if (!row.passing_to.empty()) row.custodian = row.passing_to;
    }
    return effects;
  }
};

/// Letters of one kind are never put into the outbox.
template <LetterKind Kind>
struct NeverPosted : Practice {
  Expected<Effects> act(Verb verb, CaseRecord record, const casework::EventPayload& payload, const casework::Actor& actor,
                        Ground ground) override {
    return without(Practice::act(verb, std::move(record), payload, actor, ground));
  }
  static Expected<Effects> without(Expected<Effects> effects) {
    if (effects) std::erase_if(effects->batch.outbox, [](const OutboxRow& row) { return row.kind == Kind && row.state == OutboxState::Waiting; });
    return effects;
  }
};

struct AnswerNotWaitedFor : Practice {
  Expected<Effects> act(Verb verb, CaseRecord record, const casework::EventPayload& payload, const casework::Actor& actor,
                        Ground ground) override {
    std::erase_if(record.outbox, [](const OutboxRow& row) { return row.kind == LetterKind::Enquiry; });
    return Practice::act(verb, std::move(record), payload, actor, ground);
  }
};

struct DuplicateTakenForNotOurs : Practice {
  Expected<Effects> settle_mail(OutboxRow row, wire::Answer answer, CaseRecord record, Ground ground) override {
    if (answer.kind == AnswerKind::Duplicate) answer.kind = AnswerKind::Refused;
    return Practice::settle_mail(std::move(row), std::move(answer), std::move(record), ground);
  }
};

struct MisroutedRequestDropped : Practice {
  Expected<Effects> settle_mail(OutboxRow row, wire::Answer answer, CaseRecord record, Ground ground) override {
    const bool request = row.kind == LetterKind::Request;
    auto effects = Practice::settle_mail(std::move(row), std::move(answer), std::move(record), ground);
    if (!effects || !request) return effects;
    effects->batch.events.clear();
    return NeverPosted<LetterKind::Request>::without(std::move(effects));
  }
};

struct GivenUpAfterRefusal : Practice {
  Expected<Effects> settle_mail(OutboxRow row, wire::Answer answer, CaseRecord record, Ground ground) override {
    if (row.kind != LetterKind::Transfer || answer.kind == AnswerKind::Taken) {
      return Practice::settle_mail(std::move(row), std::move(answer), std::move(record), ground);
    }
    if (!answer.is_final()) return Effects{};
    Effects effects;
    row.state = OutboxState::Refused;
    row.refusal = answer.code;
    effects.batch.outbox = {std::move(row)};
    return effects;
  }
};

struct LostFileWaitedFor : Practice {
  Expected<Effects> write_off_files(OutboxRow, CaseRecord, Ground) override { return Effects{}; }
};

}  // namespace

std::vector<PlantedBug> bugs_of_sending() {
  return {
      planted<MarkedWhenSent>("a letter is marked as taken when it is sent"),
      planted<NewIdEachTime>("a letter that is sent again gets a new id"),
      planted<AnyAnswerEnds>("a letter leaves the outbox at any answer"),
      planted<AnswerUnsigned>("the signature of an answer is not checked"),
      planted<AnswerToAnything>("an answer to one letter settles another"),
      planted<CustodyBeforeReceipt>("custody is given away before the receipt is there"),
      planted<NeverPosted<LetterKind::Request>>("a supplement that meets a transfer is dropped"),
      planted<NeverPosted<LetterKind::Progress>>("what the deciding centre does is not reported"),
      planted<NeverPosted<LetterKind::GiveBack>>("a case that isn't ours is said to be, and not given back"),
      planted<AnswerNotWaitedFor>("the window goes on before the other centre has said whether it has the application"),
      planted<DuplicateTakenForNotOurs>("a duplicate is sent on to the next centre"),
      planted<MisroutedRequestDropped>("a request that meets the wrong centre is not sent on"),
      planted<GivenUpAfterRefusal>("a transfer that is refused is only noted"),
      planted<LostFileWaitedFor>("a letter waits for a file that is on no disk any more"),
  };
}

}  // namespace tongban::journeys
