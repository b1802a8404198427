// Rows as the tests of stores write and read them, and where SQLite keeps them meanwhile.
#pragma once

#include <filesystem>
#include <functional>

#include "server/ports/ledger.h"
#include "server/ports/threads.h"

namespace tongban::tests {

class HereLane final : public server::Lane {
 public:
  void run(server::Task task) override { task(); }
};

/// A file that is gone with its log when the test ends.
class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline const CentreId a("310109010"), b("310110019");

/// Everything about them tells `n`.
usecases::CaseRow case_row(std::uint8_t n, const CentreId& holder = a);
usecases::OutboxRow letter(std::uint8_t n, const usecases::CaseKey& key, Instant at);
/// A case of `a` with rows of every kind but the inbox's.
usecases::Batch whole_case(std::uint8_t n);

/// Work that must succeed.
void in(server::Ledger& ledger, const std::function<void(server::Transaction&)>& work);
/// Reads and waits: a write that is answered doesn't say that the reads of its round have ended too.
Expected<void> look(server::Ledger& ledger, const server::Ledger::Work& work);

}  // namespace tongban::tests
