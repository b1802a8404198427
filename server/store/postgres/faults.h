// What PostgreSQL says went wrong, as one of our errors. Never with the values that came in the way: those may be personal.
#pragma once

#include <string_view>

#include "server/store/postgres/libpq.h"
#include "shared/base/error.h"

namespace tongban::store {

/// `where`: the statement.
Error fault_of(const PGresult* result, std::string_view where);
/// The server is going, or has said that it serves nobody now.
bool ends_connection(const PGresult* result);

}  // namespace tongban::store
