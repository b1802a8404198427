// Which PostgreSQL, and as whom. A password is never taken from the command line, where everybody on the machine could
// read it.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "shared/base/expected.h"

namespace tongban::store {

namespace address_errors {
inline constexpr ErrorCode Malformed{"store.address", "数据库地址写得不对。", "The database's address is malformed."};
inline constexpr ErrorCode PasswordShown{"store.password_shown", "密码不能写在命令行上，请用密码文件（PGPASSFILE）或 --database-file。",
                                         "A password on the command line can be read by everybody on this machine. Use a password file (PGPASSFILE) or --database-file."};
inline constexpr ErrorCode FileUnsafe{"store.address_file", "写数据库地址的文件必须只有本用户可读（权限 600）。",
                                      "The file with the database's address must be there, with mode 600."};
inline constexpr ErrorCode NoLibrary{"store.no_library", "这台机器上没有 libpq，请安装 libpq5。", "libpq is not on this machine: install libpq5."};
}  // namespace address_errors

struct PostgresAddress {
  std::map<std::string, std::string> parameters;  ///< as libpq names them
};

/// From `postgresql://…` or `host=… dbname=…`, with our defaults for what it leaves open: short time-outs, and on the way
/// to another machine TLS with a verified name. Malformed, PasswordShown, NoLibrary.
Expected<PostgresAddress> postgres_address(const std::string& text);
/// From the first line of a file that nobody else can read; there a password may stand. Malformed, FileUnsafe, NoLibrary.
Expected<PostgresAddress> postgres_address_in(const std::filesystem::path& file);

}  // namespace tongban::store
