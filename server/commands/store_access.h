// How commands reach the store of a data folder, also while the node runs: SQLite keeps the two apart.
#pragma once

#include <string>

#include "server/ports/ledger.h"

namespace tongban::server {

/// Runs `work` and says on the terminal what went wrong; the program's exit code.
int with_store(const std::string& data, const Ledger::Work& work);

}  // namespace tongban::server
