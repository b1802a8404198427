// SQLite, as much of it as the store needs: a connection, prepared statements kept ready, typed columns.
// A connection belongs to one thread. Faults of the disk are told apart, because they need different answers.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/store/errors.h"
#include "shared/base/bytes.h"
#include "shared/base/expected.h"

namespace tongban::store {

class Statement;

/// Whether the pages of a database that is yet to be made get checksums (checked_pages.h).
enum class Pages : bool { Plain, Checked };

class Database {
 public:
  static Expected<Database> open(const std::string& path, Pages pages = Pages::Checked);
  Database(Database&&) = default;
  Database& operator=(Database&&) = default;

  Expected<void> run(std::string_view sql);
  /// A statement prepared once for each text and reset here; valid until the same text is asked for again.
  Statement prepare(const char* sql);
  std::int64_t changes() const { return sqlite3_changes64(handle_.get()); }
  /// Rows that were ever changed over this connection.
  std::int64_t total_changes() const { return sqlite3_total_changes64(handle_.get()); }
  sqlite3* handle() const { return handle_.get(); }
  /// What the last failed call means.
  Error fault(std::string_view where) const;

 private:
  Database() = default;
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> prepared_;
};

/// Binds from left to right, steps, reads columns from left to right. The first fault sticks.
class Statement {
 public:
  Statement(Database& db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
  ~Statement() {
    if (statement_) sqlite3_reset(statement_);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);  ///< must outlive the stepping
  Statement& bind(ByteView blob);          ///< must outlive the stepping
  Statement& bind_nothing();

  /// True when there is a row.
  bool next();
  /// Runs a statement that gives no rows.
  Expected<void> done();
  /// The fault, after next() has returned false.
  Expected<void> status() const;

  std::int64_t number();
  std::string text();
  Bytes blob();
  bool is_nothing() const { return sqlite3_column_type(statement_, column_) == SQLITE_NULL; }
  void skip() { ++column_; }

  template <std::size_t Size>
  std::array<std::uint8_t, Size> octets() {
    std::array<std::uint8_t, Size> out{};
    const auto bytes = cell();
    std::copy_n(bytes.begin(), std::min(Size, bytes.size()), out.begin());
    return out;
  }

 private:
  void note(int code);
  /// The next column's octets, as long as the statement stands on its row.
  ByteView cell();

  Database& db_;
  sqlite3_stmt* statement_;
  int bound_ = 0, column_ = 0;
  int code_ = SQLITE_OK;
};

}  // namespace tongban::store
