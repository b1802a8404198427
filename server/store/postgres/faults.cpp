#include "server/store/postgres/faults.h"

#include <string>

#include "server/store/errors.h"

namespace tongban::store {
namespace {

std::string_view field(const PGresult* result, int code) {
  const char* text = libpq().PQresultErrorField(result, code);
  return text ? text : "";
}

// https://www.postgresql.org/docs/15/errcodes-appendix.html
const ErrorCode& code_of(std::string_view state) {
  if (state == "53100") return store_errors::Full;                                           // disk_full
  if (state == "40001" || state == "40P01" || state == "55P03") return store_errors::Conflict;  // serialization, deadlock, lock
  if (state == "57014") return store_errors::Slow;                                           // statement_timeout
  // Without a state it was libpq that lost the server. 08: connection, 53: resources, 57P: the operator, a crash.
  if (state.empty() || state.starts_with("08") || state.starts_with("53") || state.starts_with("57P")) return store_errors::Unavailable;
  return store_errors::Failed;
}

}  // namespace

Error fault_of(const PGresult* result, std::string_view where) {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  std::string detail(state);
  // Data exceptions (22) and rejected rows (23) quote what was given; the constraint's name says enough.
  if (!state.starts_with("22") && !state.starts_with("23")) detail += ' ' + std::string(field(result, PG_DIAG_MESSAGE_PRIMARY));
  if (const auto constraint = field(result, PG_DIAG_CONSTRAINT_NAME); !constraint.empty()) detail += ' ' + std::string(constraint);
  return Error(code_of(state), std::string(where.substr(0, 60)), detail);
}

bool ends_connection(const PGresult* result) {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  return state.empty() || state.starts_with("08") || state.starts_with("57P");
}

}  // namespace tongban::store
