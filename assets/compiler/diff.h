// What changed between two catalogues, for the person who publishes the newer one.
#pragma once

#include <string>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/catalogue/model.h"

namespace tongban::compiler {

/// One line a change: added, gone, or which fields of what changed.
std::string describe_difference(const catalogue::Catalogue& from, const catalogue::Catalogue& to);

/// Canonical bytes of a catalogue.bin or of a snapshot whose signature is not asked for: to look at, never to serve.
Expected<Bytes> read_unverified(const std::string& path);

}  // namespace tongban::compiler
