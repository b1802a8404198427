#include "server/store/postgres/transaction.h"

#include "server/store/sql/exchange.h"
#include "server/store/sql/read_cases.h"
#include "server/store/sql/staff.h"
#include "server/store/sql/write_cases.h"

namespace tongban::store {

template class SqlTransaction<PostgresConnection>;

}  // namespace tongban::store
