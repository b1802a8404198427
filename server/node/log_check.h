// Whether a node's rows are still what was once written: every reading, letter, answer, event and receipt.
#pragma once

#include <string>
#include <vector>

#include "server/ports/ledger.h"
#include "shared/wire/directory.h"

namespace tongban::server {

struct LogCheck {
  std::uint64_t readings = 0, letters_and_answers = 0, cases = 0, events = 0, receipts = 0;
  std::vector<std::string> faults;  ///< "case TB…, 310109010: the events don't follow one another"; never personal data
};

/// Goes through all of it, page by page, also while others write. An error only when the store itself can't be read.
Expected<LogCheck> check_log(Ledger& ledger, const wire::Directory& directory);

}  // namespace tongban::server
