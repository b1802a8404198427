// The schema, as the row of steps that led to it. Steps are only ever added; a file from any release is brought
// forward, a file from a newer program is refused.
#pragma once

#include "server/store/sqlite/database.h"

namespace tongban::store {

Expected<void> migrate(Database& db);
int schema_version();

}  // namespace tongban::store
