#include "server/store/postgres/statement.h"

#include "server/store/postgres/connection.h"

namespace tongban::store {

PostgresStatement& PostgresStatement::bind(const char* data, std::size_t size, int format) {
  auto& to = parameters_;
  to.values[to.count] = data;
  to.lengths[to.count] = static_cast<int>(size);
  to.formats[to.count++] = format;
  return *this;
}

PostgresStatement& PostgresStatement::bind(std::int64_t value) {
  auto& octets = parameters_.numbers[parameters_.count];
  auto bits = static_cast<std::uint64_t>(value);
  for (auto at = octets.rbegin(); at != octets.rend(); ++at, bits >>= 8) *at = static_cast<char>(bits & 0xff);
  return bind(octets.data(), octets.size(), 1);
}

PostgresStatement& PostgresStatement::bind(std::string_view text) { return bind(text.data() ? text.data() : "", text.size(), 1); }

PostgresStatement& PostgresStatement::bind(ByteView blob) {
  return bind(blob.empty() ? "" : reinterpret_cast<const char*>(blob.data()), blob.size(), 1);
}

PostgresStatement& PostgresStatement::bind_nothing() { return bind(nullptr, 0, 1); }

bool PostgresStatement::next() {
  column_ = 0;
  if (!std::exchange(asked_, true)) {
    db_.queue(db_.prepared(sql_), parameters_);
    result_ = db_.answers();
  }
  return result_ && ++row_ < libpq().PQntuples(result_.get());
}

Expected<void> PostgresStatement::done() {
  db_.queue_write(db_.prepared(sql_), parameters_);
  return status();
}

Expected<void> PostgresStatement::status() const {
  if (db_.fault()) return *db_.fault();
  return {};
}

ByteView PostgresStatement::cell() {
  const auto* data = reinterpret_cast<const std::uint8_t*>(libpq().PQgetvalue(result_.get(), row_, column_));
  const auto size = static_cast<std::size_t>(libpq().PQgetlength(result_.get(), row_, column_++));
  return {data, size};
}

std::int64_t PostgresStatement::number() {
  const auto octets = cell();
  std::uint64_t bits = 0;
  for (const auto octet : octets) bits = bits << 8 | octet;
  return static_cast<std::int64_t>(bits);
}

std::string PostgresStatement::text() { return std::string(as_text(cell())); }

Bytes PostgresStatement::blob() {
  const auto octets = cell();
  return Bytes(octets.begin(), octets.end());
}

}  // namespace tongban::store
