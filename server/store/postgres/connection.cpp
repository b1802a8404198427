#include "server/store/postgres/connection.h"

#include <poll.h>

#include <cerrno>

#include "server/store/postgres/faults.h"

namespace tongban::store {
namespace {

/// `?` as PostgreSQL writes it: $1, $2, …
std::string numbered(const char* sql) {
  std::string text;
  int number = 0;
  for (; *sql; ++sql) {
    if (*sql == '?') text += '$' + std::to_string(++number);
    else text += *sql;
  }
  return text;
}

std::string last_words(const PGconn* connection) {
  std::string words = libpq().PQerrorMessage(connection);
  while (!words.empty() && words.back() == '\n') words.pop_back();
  return words;
}

bool went_well(const PGresult* result) {
  const auto status = libpq().PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

}  // namespace

Expected<PostgresConnection> PostgresConnection::open(const PostgresAddress& address) {
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : address.parameters) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  PostgresConnection db;
  db.connection_.reset(libpq().PQconnectdbParams(keywords.data(), values.data(), 0));
  auto* connection = db.connection_.get();
  if (libpq().PQstatus(connection) != CONNECTION_OK) return Error(store_errors::Unavailable, "connecting", last_words(connection));
  libpq().PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
  return db;
}

Expected<void> PostgresConnection::run(const std::string& sql) {
  const Result result(libpq().PQexec(connection_.get(), sql.c_str()));
  if (!went_well(result.get())) return fault_of(result.get(), sql);
  return {};
}

Expected<std::vector<std::optional<std::string>>> PostgresConnection::ask(const std::string& sql) {
  const Result result(libpq().PQexec(connection_.get(), sql.c_str()));
  if (!went_well(result.get())) return fault_of(result.get(), sql);
  std::vector<std::optional<std::string>> row;
  for (int column = 0; libpq().PQntuples(result.get()) > 0 && column < libpq().PQnfields(result.get()); ++column) {
    const bool nothing = libpq().PQgetisnull(result.get(), 0, column) != 0;
    row.push_back(nothing ? std::nullopt : std::optional<std::string>(libpq().PQgetvalue(result.get(), 0, column)));
  }
  return row;
}

Expected<void> PostgresConnection::begin_pipeline() {
  if (libpq().PQsetnonblocking(connection_.get(), 1) == 0 && libpq().PQenterPipelineMode(connection_.get()) == 1) return {};
  return Error(store_errors::Unavailable, "pipeline", last_words(connection_.get()));
}

PostgresStatement PostgresConnection::prepare(const char* sql) { return PostgresStatement(*this, sql); }

PostgresConnection::Prepared& PostgresConnection::prepared(const char* sql) {
  auto& statement = prepared_[sql];
  if (statement.name.empty()) statement = {'s' + std::to_string(prepared_.size()), numbered(sql), State::New};
  return statement;
}

void PostgresConnection::command(const char* sql) { queue(prepared(sql), {}); }

void PostgresConnection::queue(Prepared& statement, const PostgresParameters& parameters) {
  if (fault_) return;
  if (statement.state == State::New) {
    if (libpq().PQsendPrepare(connection_.get(), statement.name.c_str(), statement.text.c_str(), 0, nullptr) == 0) return lose("not sent");
    statement.state = State::Sent;
    awaited_.push_back({Kind::Prepare, &statement});
  }
  const int sent = libpq().PQsendQueryPrepared(connection_.get(), statement.name.c_str(), static_cast<int>(parameters.count), parameters.values.data(),
                                       parameters.lengths.data(), parameters.formats.data(), 1);
  if (sent == 0) return lose("not sent");
  awaited_.push_back({Kind::Run, &statement});
}

void PostgresConnection::queue_write(Prepared& statement, const PostgresParameters& parameters) {
  ++writes_;
  queue(statement, parameters);
}

void PostgresConnection::post() {
  if (lost_ || awaited_.empty()) return;
  if (awaited_.back().kind != Kind::Sync) {
    if (libpq().PQpipelineSync(connection_.get()) == 0) return lose("not sent");
    awaited_.push_back({Kind::Sync, nullptr});
  }
  flush();
}

PostgresConnection::Result PostgresConnection::answers() {
  Result last;
  post();
  while (!awaited_.empty() && !lost_) {
    const auto awaited = awaited_.front();
    awaited_.pop_front();
    auto result = answer(awaited);
    if (awaited.kind != Kind::Sync) last = std::move(result);
  }
  if (fault_) last.reset();
  return last;
}

/// A statement's answer ends with nothing; a sync is an answer of its own.
PostgresConnection::Result PostgresConnection::answer(const Awaited& awaited) {
  auto result = next_result();
  if (lost_) return nullptr;
  if (!result) {
    lose("an answer is missing");
    return nullptr;
  }
  take(awaited, result.get());
  while (awaited.kind != Kind::Sync && !lost_ && next_result()) {
  }
  return result;
}

void PostgresConnection::take(const Awaited& awaited, const PGresult* result) {
  const auto status = libpq().PQresultStatus(result);
  if (awaited.kind == Kind::Sync && status == PGRES_PIPELINE_SYNC) return;
  const bool well = went_well(result);
  if (awaited.kind == Kind::Prepare) awaited.statement->state = well ? State::Ready : State::New;
  // What came after a fault was skipped by the server.
  if (well || status == PGRES_PIPELINE_ABORTED) return;
  if (!fault_) fault_ = fault_of(result, awaited.statement ? std::string_view(awaited.statement->text) : "sync");
  if (awaited.kind == Kind::Sync || ends_connection(result)) lose("ended by the server");
}

PostgresConnection::Result PostgresConnection::next_result() {
  while (libpq().PQisBusy(connection_.get()) != 0) {
    if (!wait(POLLIN)) return nullptr;
    if (libpq().PQconsumeInput(connection_.get()) == 0) {
      lose("lost while waiting");
      return nullptr;
    }
  }
  return Result(libpq().PQgetResult(connection_.get()));
}

/// While the server can take no more, what it says is taken, so that the two don't wait for one another.
bool PostgresConnection::flush() {
  while (true) {
    const int left = libpq().PQflush(connection_.get());
    if (left == 0) return true;
    if (left < 0 || !wait(POLLIN | POLLOUT) || libpq().PQconsumeInput(connection_.get()) == 0) {
      lose("lost while sending");
      return false;
    }
  }
}

bool PostgresConnection::wait(short events) {
  pollfd socket{libpq().PQsocket(connection_.get()), events, 0};
  int ready = 0;
  do {
    ready = ::poll(&socket, 1, static_cast<int>(std::chrono::milliseconds(patience).count()));
  } while (ready < 0 && errno == EINTR);
  if (ready > 0) return true;
  lose("no answer in time");
  return false;
}

bool PostgresConnection::hung_up() const {
  pollfd socket{libpq().PQsocket(connection_.get()), POLLRDHUP, 0};
  return ::poll(&socket, 1, 0) > 0;
}

void PostgresConnection::lose(const char* why) {
  if (!fault_ || fault_->is(store_errors::Failed)) fault_ = Error(store_errors::Unavailable, why, last_words(connection_.get()));
  lost_ = true;
  awaited_.clear();
}

Expected<void> PostgresConnection::settle() {
  answers();
  if (fault_) return *fault_;
  return {};
}

Expected<void> PostgresConnection::commit() {
  command("COMMIT");
  const auto last = answers();
  if (fault_) return *fault_;
  // A transaction that had failed already "commits" by rolling back.
  if (last && std::string_view(libpq().PQcmdStatus(last.get())) == "COMMIT") return {};
  return Error(store_errors::Failed, "COMMIT", "rolled back");
}

Expected<void> PostgresConnection::roll_back() {
  answers();
  if (lost_) return *fault_;
  forgive();
  if (libpq().PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return {};
  command("ROLLBACK");
  return settle();
}

}  // namespace tongban::store
