// The real ledger of a centre, with people who hand in and staff who act; and what they were told.
#pragma once

#include <future>
#include <memory>

#include "server/store/sqlite/ledger.h"
#include "shared/casework/view.h"
#include "shared/usecases/act.h"
#include "tests/fakes/centre_keys.h"
#include "tests/fakes/files.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/people.h"

namespace tongban::faults {

/// What somebody was promised.
struct Promise {
  casework::Application application;
  Bytes receipt;
  std::size_t events = 1;
  std::optional<casework::CaseView> seen;
};

/// What lists tell without anybody opening a case.
struct Lists {
  std::vector<usecases::CaseRow> work, custody;
  std::vector<usecases::OutboxRow> letters;
  bool operator==(const Lists&) const = default;
};

class Intake {
 public:
  explicit Intake(std::uint64_t seed) : random_(seed) {}

  /// False when the store can't be opened as the disk is.
  bool open();
  void close() { ledger_.reset(); }
  /// The process has ended (process_end.h): its ledger neither finishes nor closes anything.
  void abandon();

  /// So many hand in at once; the window then takes each in, checks it and transfers it. What succeeds is promised.
  void work(std::size_t count);
  /// Remembers how every case is shown and what the lists say, as the truth to compare with.
  void look();
  /// True when a new application is stored.
  bool takes_one();
  /// Empty when every promise is kept, and what is shown is so.
  std::string broken(bool may_refuse = false);

  const std::vector<Promise>& promises() const { return promises_; }
  /// The last code that something was refused with.
  const std::string& last_refusal() const { return last_refusal_; }

 private:
  usecases::Ground ground() { return {clock_.now(), catalogue_, directory_, keys_, random_, files_}; }
  Expected<usecases::Effects> store(server::Transaction& tx, const casework::Application& application);
  Expected<usecases::Effects> step(server::Transaction& tx, const usecases::CaseKey& key, casework::Verb verb);
  Expected<casework::CaseView> view(server::Transaction& tx, const Promise& promise);
  std::string check(server::Transaction& tx, const Promise& promise, bool may_refuse);
  Expected<Lists> lists(server::Transaction& tx);
  std::future<Expected<void>> write(server::Ledger::Work work);
  bool act_on(Promise& promise, casework::Verb verb);
  void note(const Expected<void>& ended);

  server::HereLane here_;
  fakes::SeededRandom random_;
  fakes::ManualClock clock_{from_shanghai(*parse_date("2026-11-24"), 600)};
  catalogue::Catalogue catalogue_ = fakes::small_catalogue();
  wire::Directory directory_ = fakes::fixed_directory({fakes::quyang, fakes::wujiaochang});
  fakes::FixedCentreKeys keys_{{fakes::quyang}};
  fakes::NoFile files_;
  std::vector<Promise> promises_;
  std::optional<Lists> lists_;
  std::string last_refusal_;
  std::unique_ptr<store::SqliteLedger> ledger_;
};

}  // namespace tongban::faults
