// The engines on which a program of tests runs the contract.
#pragma once

#include <functional>

#include "server/ports/ledger.h"

namespace tongban::tests {

/// Runs the sentence on each engine, on an empty store of its own.
void on_each_store(const std::function<void(server::Ledger&)>& sentence);

}  // namespace tongban::tests
