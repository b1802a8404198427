#include "shared/wire/application.h"
#include "tests/journeys/planted/bugs.h"

namespace tongban::journeys {
namespace {

struct ContentNotCompared : Practice {
  Expected<Effects> receive_submission(const casework::Application& application, usecases::IntakeState state, Ground ground) override {
    const CaseRecord* copy = usecases::received_copy(state.copies);
    if (!copy) return Practice::receive_submission(application, std::move(state), ground);
    Effects effects;
    effects.receipt = copy->receipts.front().bytes;
    return effects;
  }
};

struct DevicesClock : Practice {
  Expected<Effects> receive_submission(const casework::Application& application, usecases::IntakeState state, Ground ground) override {
    ground.now = application.sealed_at;
    return Practice::receive_submission(application, std::move(state), ground);
  }
};

struct SentTwiceIsNew : Practice {
  Expected<Effects> receive_submission(const casework::Application& application, usecases::IntakeState state, Ground ground) override {
    state.copies.clear();
    return Practice::receive_submission(application, std::move(state), ground);
  }
};

struct ClaimForgotten : Practice {
  Expected<Effects> receive_submission(const casework::Application& application, usecases::IntakeState state, Ground ground) override {
    state.claim.reset();
    return Practice::receive_submission(application, std::move(state), ground);
  }
};

struct NobodyAsked : Practice {
  Expected<Effects> begin_walk_in(const casework::Application& application, const CentreId&, const casework::Actor& actor,
                                  usecases::IntakeState state, Ground ground) override {
    return Practice::begin_walk_in(application, {}, actor, std::move(state), ground);
  }
};

struct ReceiptNotStored : Practice {
  Expected<Effects> receive_submission(const casework::Application& application, usecases::IntakeState state, Ground ground) override {
    auto effects = Practice::receive_submission(application, std::move(state), ground);
    if (effects) effects->batch.receipts.clear();
    return effects;
  }
};

struct AnySecretOpens : Practice {
  bool opens(const casework::AccessSecret&, const usecases::CaseRow&) override { return true; }
};

struct OldSecretStillOpens : Practice {
  Expected<usecases::RenewedAccess> renew_access(const CaseRecord& record, const casework::Actor& actor, Ground ground) override {
    auto renewed = Practice::renew_access(record, actor, ground);
    if (renewed) {
      for (usecases::CaseRow& row : renewed->effects.batch.cases) row.access = record.row.access;
    }
    return renewed;
  }
};

struct SealedAnew : Practice {
  Sealed sealed_to_send(const Sealed& kept, ports::Random& random) override {
    Sealed anew = kept;
    anew.application.submission_id = ports::fresh<SubmissionId>(random);
    anew.bytes = wire::encode(anew.application);
    return anew;
  }
};

struct ForgottenOnceSent : Practice {
  std::optional<Sealed> kept_after_sending(const Sealed&) override { return std::nullopt; }
};

struct AnyAnswerIsAReceipt : Practice {
  bool is_receipt_of(const Sealed&, ByteView, const wire::KeyOf&) override { return true; }
};

}  // namespace

std::vector<PlantedBug> bugs_of_intake() {
  return {
      planted<ContentNotCompared>("other words under the same id get the first one's receipt"),
      planted<DevicesClock>("the device's clock dates the case"),
      planted<SentTwiceIsNew>("an application that is sent twice is stored as new"),
      planted<ClaimForgotten>("an application is taken in although a window was told to go on with it"),
      planted<NobodyAsked>("the window asks nobody whether what was carried to it was sent as well"),
      planted<ReceiptNotStored>("the receipt is given, and not kept"),
      planted<AnySecretOpens>("a case is opened without looking at the secret"),
      planted<OldSecretStillOpens>("a lost secret goes on opening the case"),
      planted<SealedAnew>("the portal seals anew at each attempt"),
      planted<ForgottenOnceSent>("the portal forgets an application once it is sent"),
      planted<AnyAnswerIsAReceipt>("the portal takes any answer for a receipt"),
  };
}

}  // namespace tongban::journeys
