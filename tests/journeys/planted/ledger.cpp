#include "tests/journeys/planted/bugs.h"

namespace tongban::journeys {
namespace {

struct AnswersBeforeTheSync : Practice {
  bool answers_before_the_sync(Asker) override { return true; }
};

template <Asker One>
struct AnswersOneBeforeTheSync : Practice {
  bool answers_before_the_sync(Asker asker) override { return asker == One; }
};

struct SendsBeforeTheSync : Practice {
  bool sends_before_the_sync() override { return true; }
};

struct FailedCommitPraised : Practice {
  Expected<Effects> after_a_failed_commit(const Expected<Effects>& step, const Error&) override { return step; }
};

/// These rows go into a transaction of their own, after the others.
template <auto Rows>
struct WrittenLater : Practice {
  std::vector<Batch> transactions(Batch batch) override {
    Batch later;
    std::swap(batch.*Rows, later.*Rows);
    if (later.empty()) return {std::move(batch)};
    return {std::move(batch), std::move(later)};
  }
};

template <auto Rows>
struct NeverWritten : Practice {
  std::vector<Batch> transactions(Batch batch) override {
    (batch.*Rows).clear();
    return {std::move(batch)};
  }
};

}  // namespace

std::vector<PlantedBug> bugs_of_the_ledger() {
  return {
      planted<AnswersBeforeTheSync>("the answer goes out before the disk has synced"),
      planted<AnswersOneBeforeTheSync<Asker::Resident>>("a resident is answered before the disk has synced"),
      planted<AnswersOneBeforeTheSync<Asker::Staff>>("a window or a reviewer is answered before the disk has synced"),
      planted<AnswersOneBeforeTheSync<Asker::Centre>>("another centre is answered before the disk has synced"),
      planted<SendsBeforeTheSync>("a letter goes out before the disk has synced"),
      planted<FailedCommitPraised>("a commit that failed is answered as if it had not"),
      planted<WrittenLater<&Batch::outbox>>("the outbox is written in a transaction of its own"),
      planted<WrittenLater<&Batch::inbox>>("the inbox is written in a transaction of its own"),
      planted<WrittenLater<&Batch::events>>("events are written in a transaction of their own"),
      planted<NeverWritten<&Batch::inbox>>("the inbox is not kept"),
      planted<NeverWritten<&Batch::claims>>("what another window was told to go on with is not kept"),
      planted<NeverWritten<&Batch::lanes>>("the order between two centres is not kept"),
  };
}

}  // namespace tongban::journeys
