#include "server/node/backup.h"

#include <charconv>

#include "server/node/prepare.h"
#include "server/platform/files.h"
#include "server/platform/folder_lock.h"
#include "server/store/postgres/copy.h"
#include "server/store/sqlite/copy.h"
#include "shared/usecases/recollect.h"

namespace tongban::server {
namespace fs = std::filesystem;
using platform::Mode;

namespace {

constexpr const char* made_name = "backup.made";
constexpr const char* note_name = "restored.from";
constexpr const char* last_key = "centres.key";

Expected<void> copy_file(const fs::path& from, const fs::path& to, Mode mode) {
  TRY(const auto bytes, platform::read_file(from));
  return platform::replace_file(to, bytes, mode);
}

/// All files of a folder, none of its folders.
Expected<void> copy_files(const fs::path& from, const fs::path& to, Mode mode) {
  if (!fs::exists(from)) return {};
  TRY_VOID(platform::make_folder(to, mode));
  for (const auto& entry : fs::directory_iterator(from))
    if (entry.is_regular_file()) TRY_VOID(copy_file(entry.path(), to / entry.path().filename(), mode));
  return {};
}

/// The centres' own last: as long as they are missing, another attempt copies all.
Expected<void> copy_keys(const fs::path& from, const fs::path& to) {
  if (fs::exists(to / last_key)) return {};
  TRY_VOID(platform::make_folder(to, Mode::Private));
  for (const auto& entry : fs::directory_iterator(from))
    if (entry.is_regular_file() && entry.path().filename() != last_key) TRY_VOID(copy_file(entry.path(), to / entry.path().filename(), Mode::Private));
  return copy_file(from / last_key, to / last_key, Mode::Private);
}

Expected<void> write_moment(const fs::path& file, Instant moment) { return platform::replace_file(file, as_bytes(std::to_string(moment.ms) + '\n'), Mode::Private); }

/// Nothing when there is no such file. BadNote.
Expected<std::optional<Instant>> read_moment(const fs::path& file) {
  TRY(const bool there, platform::is_there(file));
  if (!there) return std::optional<Instant>();
  TRY(const auto bytes, platform::read_file(file));
  Instant moment;
  const auto text = as_text(bytes);
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, moment.ms);
  if (read.ec != std::errc() || std::string_view(read.ptr, static_cast<std::size_t>(end - read.ptr)) != "\n") return Error(backup_errors::BadNote, file.string());
  return std::optional(moment);
}

Expected<void> copy_store(const DataPaths& from, const ElsewhereStored& database, const DataPaths& to) {
  return database ? store::dump_database(*database, to.dump) : store::copy_database(from.store, to.store);
}

Expected<bool> is_empty_store(const DataPaths& data, const ElsewhereStored& database) {
  if (database) return store::is_empty_database(*database);
  TRY(const bool there, platform::is_there(data.store));
  return !there;
}

/// Before anything is written.
Expected<void> check_target(const DataPaths& backup, const DataPaths& target, const ElsewhereStored& database) {
  if (!fs::exists(database ? backup.dump : backup.store)) return backup_errors::OtherStore;
  if (!database) return fs::exists(target.store) ? Expected<void>(Error(backup_errors::InUse, target.store.string())) : Expected<void>();
  TRY(const bool empty, store::is_empty_database(*database));
  return empty ? Expected<void>() : Expected<void>(backup_errors::InUse);
}

Expected<void> put_store_back(const DataPaths& backup, const DataPaths& target, const ElsewhereStored& database) {
  if (database) return store::fill_database(*database, backup.dump);
  return store::put_database_back(backup.store, target.store);
}

template <typename Act>
Expected<BackupReport> translated(Act act) {
  try {
    return act();
  } catch (const fs::filesystem_error& failed) {
    return Error(backup_errors::Failed, failed.path1().string(), platform::reason(failed.code().value()));
  }
}

}  // namespace

Expected<BackupReport> back_up(const fs::path& data, const fs::path& to, WithKeys keys, Instant now, const ElsewhereStored& database, CopyAs materials) {
  return translated([&]() -> Expected<BackupReport> {
    const DataPaths from(data), target(to);
    if (fs::exists(to) && !fs::is_empty(to)) return Error(backup_errors::NotEmpty, to.string());
    if (!database && !fs::exists(from.store)) return Error(backup_errors::Failed, from.store.string(), "there is no database");
    TRY_VOID(platform::make_folder(to, Mode::Private));
    // Of a node that is being healed it is as old as what that was restored from.
    TRY(const auto restored, read_moment(data / note_name));
    BackupReport report{{}, now};
    // Before the rows: what is written into them meanwhile stands in both, and nothing in neither.
    if (fs::exists(from.owed)) TRY_VOID(copy_file(from.owed, target.owed, Mode::Private));
    TRY_VOID(copy_store(from, database, target));
    TRY(report.copied, copy_materials(from.materials, target.materials, materials));
    TRY_VOID(copy_files(from.catalogue, target.catalogue, Mode::Public));
    if (fs::exists(from.directory)) TRY_VOID(copy_file(from.directory, target.directory, Mode::Public));
    if (keys == WithKeys::Yes) TRY_VOID(copy_files(from.keys, target.keys, Mode::Private));
    // Last: a folder without it is no backup.
    TRY_VOID(write_moment(to / made_name, restored.value_or(now)));
    return report;
  });
}

Expected<BackupReport> restore(const fs::path& backup, const fs::path& data, const ElsewhereStored& database) {
  return translated([&]() -> Expected<BackupReport> {
    const DataPaths from(backup), target(data);
    TRY(const auto made_at, read_moment(backup / made_name));
    if (!made_at) return Error(backup_errors::NoBackup, backup.string());
    TRY_VOID(check_target(from, target, database));
    if (!fs::exists(from.keys / last_key) && !fs::exists(target.keys / last_key)) return Error(backup_errors::NoKeys, target.keys.string());
    TRY_VOID(platform::make_folder(data, Mode::Private));
    TRY(const auto lock, platform::FolderLock::take(data));
    BackupReport report{{}, *made_at};
    // The note first and the rows last: in between, a node doesn't start here.
    TRY_VOID(write_moment(data / note_name, *made_at));
    TRY_VOID(copy_keys(from.keys, target.keys));
    TRY(report.copied, copy_materials(from.materials, target.materials, CopyAs::Copies));
    if (fs::exists(from.owed)) TRY_VOID(copy_file(from.owed, target.owed, Mode::Private));
    TRY_VOID(copy_files(from.catalogue, target.catalogue, Mode::Public));
    if (fs::exists(from.directory) && !fs::exists(target.directory)) TRY_VOID(copy_file(from.directory, target.directory, Mode::Public));
    TRY_VOID(put_store_back(from, target, database));
    return report;
  });
}

Expected<void> check_restored(const fs::path& data, const ElsewhereStored& database) {
  TRY(const auto begun, read_moment(data / note_name));
  if (!begun) return {};
  TRY(const bool empty, is_empty_store(DataPaths(data), database));
  return empty ? Error(backup_errors::Unfinished, data.string()) : Expected<void>();
}

Expected<std::optional<Instant>> restored_from(const fs::path& data) {
  TRY(const auto made_at, read_moment(data / note_name));
  return made_at ? std::optional(*made_at + -usecases::recall_overlap) : std::nullopt;
}

void forget_restore(const fs::path& data) {
  std::error_code ignored;
  fs::remove(data / note_name, ignored);
}

}  // namespace tongban::server
