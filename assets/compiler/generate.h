// A catalogue several times as large as the real one, for benchmarks and tests of scale: nothing in it is true.
#pragma once

#include <cstdint>

#include "shared/catalogue/model.h"

namespace tongban::compiler {

/// The real items first, then invented ones in their likeness: texts made by a chain over the real texts' characters,
/// so that they are new to a packer and yet of the same language. The same seed gives the same catalogue.
catalogue::Catalogue generate(const catalogue::Catalogue& real, int times, std::uint64_t seed);

/// `count` items with a changed text or paper, and the version raised: what a monthly update looks like.
catalogue::Catalogue with_changes(const catalogue::Catalogue& catalogue, int count);

}  // namespace tongban::compiler
