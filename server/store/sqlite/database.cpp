#include "server/store/sqlite/database.h"

#include <algorithm>
#include <array>

#include "server/store/sqlite/checked_pages.h"
#include "server/store/sqlite/opening.h"

namespace tongban::store {

Expected<Database> Database::open(const std::string& path, Pages pages) {
  static const int started = sqlite3_initialize();
  if (started != SQLITE_OK) return Error(store_errors::Failed, path, sqlite3_errstr(started));
  const char* layer = pages == Pages::Checked ? checked_pages() : nullptr;
  if (pages == Pages::Checked && !layer) return Error(store_errors::Failed, path, sqlite3_errstr(SQLITE_NOMEM));
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, layer);
  Database db;
  db.handle_.reset(raw);
  if (opened != SQLITE_OK) return opening_fault(path, opened);
  int room = page_checksum_octets;  // counts where the database is yet to be made
  if (pages == Pages::Checked) sqlite3_file_control(raw, "main", SQLITE_FCNTL_RESERVE_BYTES, &room);
  sqlite3_busy_timeout(raw, 5'000);
  // Plans must not depend on what is bound: beside partial indexes SQLite would else prepare a statement anew each time.
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  return db;
}

Expected<void> Database::run(std::string_view sql) {
  const std::string text(sql);
  if (sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return fault(text.substr(0, 60));
  return {};
}

Statement Database::prepare(const char* sql) {
  auto& slot = prepared_[sql];
  if (!slot) {
    sqlite3_stmt* raw = nullptr;
    sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    slot.reset(raw);
  } else {
    sqlite3_reset(slot.get());
    sqlite3_clear_bindings(slot.get());
  }
  return Statement(*this, slot.get());
}

Error Database::fault(std::string_view where) const {
  const int code = sqlite3_extended_errcode(handle_.get());
  const std::string detail = std::string(sqlite3_errstr(code)) + " (" + std::to_string(code) + "): " + sqlite3_errmsg(handle_.get());
  if ((code & 0xff) == SQLITE_FULL) return Error(store_errors::Full, std::string(where), detail);
  if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC) return Error(store_errors::Unsynced, std::string(where), detail);
  return Error(store_errors::Failed, std::string(where), detail);
}

void Statement::note(int code) {
  if (code_ == SQLITE_OK) code_ = code;
}

Statement& Statement::bind(std::int64_t value) {
  note(sqlite3_bind_int64(statement_, ++bound_, value));
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  note(sqlite3_bind_text64(statement_, ++bound_, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(ByteView blob) {
  static constexpr std::uint8_t nothing = 0;
  note(sqlite3_bind_blob64(statement_, ++bound_, blob.empty() ? &nothing : blob.data(), blob.size(), SQLITE_STATIC));
  return *this;
}

Statement& Statement::bind_nothing() {
  note(sqlite3_bind_null(statement_, ++bound_));
  return *this;
}

bool Statement::next() {
  column_ = 0;
  if (code_ != SQLITE_OK) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) note(code);
  return false;
}

Expected<void> Statement::done() {
  while (next()) {
  }
  return status();
}

Expected<void> Statement::status() const {
  if (!statement_ || code_ != SQLITE_OK) return db_.fault(statement_ ? sqlite3_sql(statement_) : "prepare");
  return {};
}

std::int64_t Statement::number() { return sqlite3_column_int64(statement_, column_++); }

std::string Statement::text() {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column_));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_++));
  return data ? std::string(data, size) : std::string();
}

ByteView Statement::cell() {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column_));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_++));
  return data ? ByteView(data, size) : ByteView();
}

Bytes Statement::blob() {
  const auto octets = cell();
  return {octets.begin(), octets.end()};
}

}  // namespace tongban::store
