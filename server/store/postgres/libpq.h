// libpq, loaded when a PostgreSQL is first asked for: with what it brings along (Kerberos, LDAP, a second TLS) it would cost
// every node over SQLite four megabytes of memory at rest. Only its header is needed to build, for the types.
#pragma once

#include <postgresql/libpq-fe.h>

namespace tongban::store {

#define TONGBAN_LIBPQ(take)                                                                                        \
  take(PQclear) take(PQcmdStatus) take(PQconndefaults) take(PQconnectdbParams)                  \
  take(PQconninfoFree) take(PQconninfoParse) take(PQconsumeInput) take(PQenterPipelineMode) take(PQerrorMessage)   \
  take(PQexec) take(PQfinish) take(PQflush) take(PQfreemem) take(PQgetResult) take(PQgetisnull) take(PQgetlength)  \
  take(PQgetvalue) take(PQisBusy) take(PQnfields) take(PQntuples) take(PQpipelineSync) take(PQresultErrorField)    \
  take(PQresultStatus) take(PQsendPrepare) take(PQsendQueryPrepared) take(PQsetNoticeProcessor)                    \
  take(PQsetnonblocking) take(PQsocket) take(PQstatus) take(PQtransactionStatus)

/// Its functions, under their own names.
struct Libpq {
#define TONGBAN_MEMBER(name) decltype(&::name) name = nullptr;
  TONGBAN_LIBPQ(TONGBAN_MEMBER)
#undef TONGBAN_MEMBER
  bool is_here = false;  ///< else none of them may be called
};

/// Loads it the first time.
const Libpq& libpq();

}  // namespace tongban::store
