// The rows as SQL, over SQLite.
#pragma once

#include "server/store/sql/transaction.h"
#include "server/store/sqlite/database.h"

namespace tongban::store {

extern template class SqlTransaction<Database>;
using SqliteTransaction = SqlTransaction<Database>;

}  // namespace tongban::store
