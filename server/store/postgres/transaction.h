// The rows as SQL, over PostgreSQL.
#pragma once

#include "server/store/postgres/connection.h"
#include "server/store/sql/transaction.h"

namespace tongban::store {

extern template class SqlTransaction<PostgresConnection>;
using PostgresTransaction = SqlTransaction<PostgresConnection>;

}  // namespace tongban::store
