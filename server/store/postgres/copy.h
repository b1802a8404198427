// A database copied and put back by PostgreSQL's own programs, pg_dump and pg_restore, which must be on the path. What they
// are told (password included) travels in their environment, never on their command line.
#pragma once

#include <filesystem>

#include "server/store/postgres/address.h"

namespace tongban::store {

namespace copy_errors {
inline constexpr ErrorCode NotRun{"backup.no_program", "数据库的备份程序没有成功，请确认已安装 pg_dump 和 pg_restore，且版本不低于数据库。",
                                  "The database's own copying program failed: pg_dump and pg_restore must be installed, as new as the server at least."};
}  // namespace copy_errors

/// As it is at one moment, while others write to it; without sign-ins. The file is made with mode 600, and synced. NotRun.
Expected<void> dump_database(const PostgresAddress& address, const std::filesystem::path& file);
/// Nothing of ours is there yet. Unavailable.
Expected<bool> is_empty_database(const PostgresAddress& address);
/// Into an empty database; all of it or nothing. NotRun.
Expected<void> fill_database(const PostgresAddress& address, const std::filesystem::path& file);

}  // namespace tongban::store
