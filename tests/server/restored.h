// A node that was restored from a backup, while it asks the others and after.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>

#include "server/node/backup.h"

namespace tongban::tests {

/// Everybody has told it what came since.
inline bool is_healed(const std::filesystem::path& data) {
  const auto since = server::restored_from(data);
  REQUIRE(since);
  return !*since;
}

}  // namespace tongban::tests
