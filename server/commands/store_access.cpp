#include "server/commands/store_access.h"

#include <iostream>

#include "server/commands/commands.h"
#include "server/node/prepare.h"
#include "server/store/sqlite/ledger.h"

namespace tongban::server {
namespace {

/// Commands answer on whatever thread has the answer.
class HereLane final : public Lane {
 public:
  void run(Task task) override { task(); }
};

}  // namespace

int with_store(const std::string& data, const Ledger::Work& work) {
  const DataPaths paths(data);
  if (!std::filesystem::exists(paths.store)) {
    std::cerr << "tongban: there is no database in " << data << "; start the node once with: tongban serve --data " << data << '\n';
    return 1;
  }
  HereLane here;
  auto ledger = store::SqliteLedger::open(paths.store, here);
  if (!ledger) return fail(ledger.error());
  const auto done = (*ledger)->write_now(work);
  return done ? 0 : fail(done.error());
}

}  // namespace tongban::server
