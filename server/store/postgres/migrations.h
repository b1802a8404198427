// PostgreSQL's schema, as the row of steps that led to it. Steps are only ever added; each is taken whole or not at all, and
// written down in the table `tongban_schema`.
#pragma once

#include <span>

#include "server/store/postgres/connection.h"

namespace tongban::store {

/// Brings the schema up to date. Newer: a newer program was here.
Expected<void> migrate(PostgresConnection& db);
/// The same with other steps, for tests: `steps[n]` leads to version n + 1.
Expected<void> migrate(PostgresConnection& db, std::span<const char* const> steps);
/// The schema is the one that this program makes. Newer, Absent.
Expected<void> check_schema(PostgresConnection& db);
std::span<const char* const> schema_steps();

}  // namespace tongban::store
