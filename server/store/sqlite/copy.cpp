#include "server/store/sqlite/copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/store/disk.h"
#include "server/store/sqlite/checked_pages.h"
#include "server/store/sqlite/database.h"

namespace tongban::store {
namespace fs = std::filesystem;

namespace {

Expected<void> copy_pages(Database& from, Database& to) {
  sqlite3_backup* copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (!copy) return to.fault("copying");
  // All pages in one step: what others commit meanwhile lies in the log, and doesn't disturb this moment.
  sqlite3_backup_step(copy, -1);
  if (sqlite3_backup_finish(copy) != SQLITE_OK) return to.fault("copying");
  return {};
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

Expected<void> copy_database(const fs::path& from, const fs::path& to) {
  const int made = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return Error(store_errors::Failed, to.string(), "it is there already, or cannot be made");
  ::close(made);
  TRY(auto source, Database::open(from.string()));
  // Pages without room for a checksum would lose their last octets to it.
  TRY(auto target, Database::open(to.string(), are_pages_checked(source.handle()) ? Pages::Checked : Pages::Plain));
  TRY_VOID(copy_pages(source, target));
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
