#include "server/store/sqlite/copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "server/store/disk.h"
#include "server/store/sqlite/checked_pages.h"
#include "server/store/sqlite/database.h"

namespace tongban::store {
namespace fs = std::filesystem;

namespace {

constexpr int pages_a_step = 2'048;
constexpr int little = 1'024;  ///< pages of the log, which the node brings over without keeping anybody waiting
constexpr int tries_to_help = 100;
constexpr int before_trying_again_ms = 20;

std::uint64_t log_of(const fs::path& database) {
  std::error_code none;
  const auto size = fs::file_size(database.string() + "-wal", none);
  return none ? 0 : size;
}

/// All steps see one moment: what others commit meanwhile lies in the log, which can't begin again as long.
Expected<void> copy_pages(Database& from, Database& to, const fs::path& source, const Copying& how) {
  TRY_VOID(from.run("BEGIN; SELECT 1 FROM sqlite_schema"));
  const auto most = std::max(how.longest_log, log_of(source));
  sqlite3_backup* copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (!copy) return to.fault("copying");
  int code = SQLITE_OK;
  bool overtaken = false;
  while (!overtaken && (code = sqlite3_backup_step(copy, pages_a_step)) == SQLITE_OK) {
    how.after_step();
    overtaken = log_of(source) > most;
  }
  // To the end of a copy that somebody's lock has stopped SQLite says OK, too.
  if (sqlite3_backup_finish(copy) != SQLITE_OK) return to.fault("copying");
  TRY_VOID(from.run("COMMIT"));
  if (overtaken) return Error(store_errors::Overtaken, source.string());
  return code == SQLITE_DONE ? Expected<void>() : Error(store_errors::Failed, "copying", sqlite3_errstr(code));
}

/// What has gathered in the log meanwhile comes into the database here, while the node goes on: in its own step everybody would wait
/// for all of it. What fails is left to the node, which learns of a failed sync as well: the kernel tells everybody who has the file open.
void help_with_the_log(Database& database) {
  for (int i = 0; i < tries_to_help; ++i) {
    int in_log = 0, moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(database.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
    if (code == SQLITE_OK && in_log - moved <= little) return;
    if (code != SQLITE_OK && code != SQLITE_BUSY) return;
    sqlite3_sleep(before_trying_again_ms);
  }
}

Expected<void> check_whole(Database& database) {
  auto row = database.prepare("PRAGMA quick_check(1)");
  if (!row.next() || row.text() != "ok") return Error(store_errors::Failed, "quick_check", "the copy is damaged");
  return {};
}

/// All of it is in the file afterwards: the log is gone with the connection.
Expected<void> forget_sign_ins(const fs::path& database) {
  TRY(auto opened, Database::open(database.string()));
  TRY_VOID(opened.run("DELETE FROM staff_session"));
  return opened.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

Expected<void> copy_database(const fs::path& from, const fs::path& to, const Copying& how) {
  const int made = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return Error(store_errors::Failed, to.string(), "it is there already, or cannot be made");
  ::close(made);
  TRY(auto source, Database::open(from.string()));
  // Pages without room for a checksum would lose their last octets to it.
  TRY(auto target, Database::open(to.string(), are_pages_checked(source.handle()) ? Pages::Checked : Pages::Plain));
  const auto copied = copy_pages(source, target, from, how);
  help_with_the_log(source);
  TRY_VOID(copied);
  TRY_VOID(check_whole(target));
  return target.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

Expected<void> put_database_back(const fs::path& from, const fs::path& to) {
  const fs::path coming = to.string() + ".coming";
  for (const char* left : {"", "-journal", "-wal", "-shm"}) fs::remove(coming.string() + left);
  TRY_VOID(copy_database(from, coming));
  TRY_VOID(forget_sign_ins(coming));
  TRY_VOID(sync_path(coming));
  // A log that a database before it has left would be played into this one.
  for (const char* left : {"-journal", "-wal", "-shm"}) fs::remove(to.string() + left);
  TRY_VOID(sync_path(to.parent_path()));
  fs::rename(coming, to);
  return sync_path(to.parent_path());
}

}  // namespace tongban::store
