// A checksum in every page of the database, so that an octet which the disk has turned is never taken for data: whatever
// reads the page fails (SQLITE_IOERR_DATA), and nobody is shown a list without a case that is there. The log's frames have
// checksums of SQLite's own.
//
// A layer over SQLite's default VFS (https://sqlite.org/vfs.html), after the idea of SQLite's own checksum VFS. The last
// eight octets of a page hold XXH3-64 of those before them, less that of a page of zeros: a page that SQLite has only
// reserved is zeros, and not wrong. A database made before there was this layer has no room for them and is not checked.
// Other programs that write to the database (the sqlite3 shell) don't keep the checksums: what they write counts as damaged.
#pragma once

#include <sqlite3.h>

namespace tongban::store {

inline constexpr int page_checksum_octets = 8;

/// Registers the layer over what is SQLite's default VFS now, and names it; the same one as long as that stays.
/// From any thread. Nothing when memory fails.
const char* checked_pages();
/// Of a connection over the layer: whether its database has room for checksums.
bool are_pages_checked(sqlite3* database);

}  // namespace tongban::store
