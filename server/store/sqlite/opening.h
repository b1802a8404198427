// What SQLite's codes mean to an operator while a database is being opened. Later only what meets the fault fails.
#pragma once

#include <sqlite3.h>

#include <string>

#include "server/store/errors.h"

namespace tongban::store {

/// Damaged, Unreadable or Unwritable, with the file's path; Failed otherwise.
inline Error opening_fault(const std::string& path, int code) {
  const std::string detail = std::string(sqlite3_errstr(code)) + " (" + std::to_string(code) + ')';
  if (code == SQLITE_IOERR_DATA) return Error(store_errors::Damaged, path, detail);  // a page that is not what its checksum says
  switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return Error(store_errors::Damaged, path, detail);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM: return Error(store_errors::Unreadable, path, detail);
    case SQLITE_READONLY: return Error(store_errors::Unwritable, path, detail);
    default: return Error(store_errors::Failed, path, detail);
  }
}

}  // namespace tongban::store
