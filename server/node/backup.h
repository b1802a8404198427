// A node's data as they were at one moment, in a folder of their own, and back.
//
//   tongban.db      copied while the node runs, before the materials: those that it names are there already; of rows in a
//                   PostgreSQL tongban.dump instead, as pg_dump writes it
//   materials/      copies, each compared with its name on the way; hard links only where they are asked for
//   readings.owed   what the rows had no room for
//   catalogue/, directory.bin
//   keys/           only when asked for: whoever has them can sign as these centres
//   backup.made     the moment, RFC 3339
#pragma once

#include <filesystem>
#include <optional>

#include "server/node/material_copy.h"
#include "server/store/postgres/address.h"
#include "shared/base/expected.h"
#include "shared/base/time.h"

namespace tongban::server {

enum class WithKeys : bool { No, Yes };

namespace backup_errors {
inline constexpr ErrorCode NotEmpty{"backup.not_empty", "目标文件夹不是空的。", "The target folder is not empty."};
inline constexpr ErrorCode NoBackup{"backup.none", "这里没有备份。", "There is no backup here."};
inline constexpr ErrorCode NoKeys{"backup.no_keys", "备份里没有密钥，请先把 keys 文件夹放到数据文件夹里。",
                                  "The backup has no keys. Put the keys folder into the data folder first."};
inline constexpr ErrorCode InUse{"backup.in_use", "数据文件夹里已有数据库。", "The data folder has a database already."};
inline constexpr ErrorCode OtherStore{"backup.other_store", "这份备份是另一种数据库的：PostgreSQL 的要用 --database，文件的不要用。",
                                      "This backup is of the other kind of store: one of a PostgreSQL needs --database, one of a file must not have it."};
inline constexpr ErrorCode Unfinished{"backup.unfinished", "上次恢复没有做完，请再运行一次 tongban restore。",
                                      "A restore into this data folder was not finished. Run tongban restore again."};
inline constexpr ErrorCode BadNote{"backup.bad_note", "这个文件读不懂。它记着备份是什么时候的，请再恢复一次。",
                                   "This file cannot be read. It keeps when the backup was made: restore it once more."};
inline constexpr ErrorCode Failed{"backup.failed", "备份没有做成。", "The backup could not be made."};
}  // namespace backup_errors

struct BackupReport {
  CopiedMaterials copied;
  Instant made_at;
};

/// A node's rows where they are not in its data folder.
using ElsewhereStored = std::optional<store::PostgresAddress>;

/// From a data folder, also while its node runs, into an empty or new folder.
Expected<BackupReport> back_up(const std::filesystem::path& data, const std::filesystem::path& to, WithKeys keys, Instant now, const ElsewhereStored& database = {},
                              CopyAs materials = CopyAs::Copies);
/// Into a data folder without a database, or an empty database. Signs everybody out, and leaves a note for the next start: the node then asks
/// the others for what came after the backup. Killed at any moment it leaves no database, and can be done again. folder.taken while a node
/// runs there.
Expected<BackupReport> restore(const std::filesystem::path& from, const std::filesystem::path& data, const ElsewhereStored& database = {});

/// Unfinished: a restore has begun here and put no rows back. A node that started now would be one without its older cases.
Expected<void> check_restored(const std::filesystem::path& data, const ElsewhereStored& database);
/// When the backup was made that this folder was restored from; nothing once that is healed. BadNote: a node that doesn't know whether
/// it has everything must not go on as if it had.
Expected<std::optional<Instant>> restored_from(const std::filesystem::path& data);
/// The others have told all: nothing is left to ask for.
void forget_restore(const std::filesystem::path& data);

}  // namespace tongban::server
