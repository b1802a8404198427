// A connection made ready for the ledger: it keeps what it promises, nobody else writes, the schema is ours.
#pragma once

#include <chrono>

#include "server/store/postgres/connection.h"

namespace tongban::store {

/// A node is alone on its database; a command works beside it, and leaves the schema as it is.
enum class Presence { Alone, Beside };

/// Unavailable; Unsafe: the server doesn't sync; Taken: another node still writes after `patience`; Newer, Absent.
Expected<PostgresConnection> open_session(const PostgresAddress& address, Presence presence, std::chrono::milliseconds patience);

}  // namespace tongban::store
