// Nodes that have every file that anybody names, or none.
#pragma once

#include "shared/ports/files.h"

namespace tongban::fakes {

struct EveryFile final : ports::Files {
  bool has(const crypto::Digest&) const override { return true; }
};

struct NoFile final : ports::Files {
  bool has(const crypto::Digest&) const override { return false; }
};

}  // namespace tongban::fakes
