// A statement over a PostgreSQL connection: binds from left to right, then either reads rows or is queued. All values
// travel in PostgreSQL's binary formats: int8, text, bytea.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/store/postgres/libpq.h"
#include "shared/base/bytes.h"
#include "shared/base/expected.h"

namespace tongban::store {

class PostgresConnection;

/// What is bound, as libpq takes it. Texts and octets are the caller's until the statement is sent.
struct PostgresParameters {
  static constexpr std::size_t most = 32;
  std::array<const char*, most> values{};
  std::array<int, most> lengths{}, formats{};
  std::array<std::array<char, 8>, most> numbers{};
  std::size_t count = 0;
};

class PostgresStatement {
 public:
  struct Clear {
    void operator()(PGresult* result) const { libpq().PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Clear>;

  PostgresStatement(PostgresConnection& db, const char* sql) : db_(db), sql_(sql) {}
  PostgresStatement(const PostgresStatement&) = delete;
  PostgresStatement& operator=(const PostgresStatement&) = delete;

  PostgresStatement& bind(std::int64_t value);
  PostgresStatement& bind(std::string_view text);  ///< must outlive the sending
  PostgresStatement& bind(ByteView blob);          ///< must outlive the sending
  PostgresStatement& bind_nothing();

  /// Asks the first time, with all that was queued before; true when there is a row.
  bool next();
  /// Queues a statement that gives no rows: its own fault shows when somebody asks, or at the commit.
  Expected<void> done();
  /// The fault, after next() has returned false.
  Expected<void> status() const;

  std::int64_t number();
  std::string text();
  Bytes blob();
  bool is_nothing() const { return libpq().PQgetisnull(result_.get(), row_, column_) != 0; }
  void skip() { ++column_; }

  template <std::size_t Size>
  std::array<std::uint8_t, Size> octets() {
    std::array<std::uint8_t, Size> out{};
    const auto bytes = cell();
    std::copy_n(bytes.begin(), std::min(Size, bytes.size()), out.begin());
    return out;
  }

 private:
  PostgresStatement& bind(const char* data, std::size_t size, int format);
  /// The next column's octets, as long as the statement lives.
  ByteView cell();

  PostgresConnection& db_;
  const char* sql_;
  PostgresParameters parameters_;
  Result result_;
  bool asked_ = false;
  int row_ = -1, column_ = 0;
};

}  // namespace tongban::store
