#include "server/store/postgres/migrations.h"

#include <array>
#include <cstdlib>

namespace tongban::store {
namespace {

// The tables of sqlite/migrations.cpp at its third step, in PostgreSQL's types: every number is a bigint, and text is
// compared by its octets, so that both engines order and find alike. `rowid` is SQLite's own order of insertion. Only one
// index of a table begins with a column that a row is looked up by: plans are made once, while the tables are empty, and the
// planner must not take a centre's whole list for the way to one of its cases.
constexpr const char* first = R"sql(
CREATE TABLE case_file (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  holder TEXT COLLATE "C" NOT NULL, submission BYTEA NOT NULL, number TEXT COLLATE "C" NOT NULL, item TEXT COLLATE "C" NOT NULL,
  content BYTEA NOT NULL, access BYTEA NOT NULL, applicant TEXT COLLATE "C" NOT NULL,
  stage BIGINT NOT NULL, list BIGINT NOT NULL,
  received_by TEXT COLLATE "C" NOT NULL, decided_by TEXT COLLATE "C" NOT NULL, custodian TEXT COLLATE "C" NOT NULL, passing_to TEXT COLLATE "C" NOT NULL,
  custody_since BIGINT NOT NULL, arrived_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
  event_count BIGINT NOT NULL, last_event BYTEA NOT NULL,
  due_kind BIGINT, due_date TEXT COLLATE "C", due_provisional BIGINT,
  missing BIGINT NOT NULL,
  application BYTEA NOT NULL,
  UNIQUE (submission, holder));
CREATE UNIQUE INDEX case_by_number ON case_file (number, holder);
CREATE INDEX case_by_list ON case_file (list, holder, changed_at);

CREATE TABLE case_event (
  case_id BIGINT NOT NULL REFERENCES case_file (id), seq BIGINT NOT NULL, bytes BYTEA NOT NULL,
  PRIMARY KEY (case_id, seq));
CREATE TABLE receipt (
  case_id BIGINT NOT NULL REFERENCES case_file (id), kind BIGINT NOT NULL, at BIGINT NOT NULL, bytes BYTEA NOT NULL,
  PRIMARY KEY (case_id, kind));
CREATE TABLE lane (
  case_id BIGINT NOT NULL REFERENCES case_file (id), peer TEXT COLLATE "C" NOT NULL,
  sent BIGINT NOT NULL, taken BIGINT NOT NULL, known BIGINT NOT NULL, gap BIGINT,
  PRIMARY KEY (case_id, peer));

CREATE TABLE outbox (
  id BYTEA PRIMARY KEY, case_id BIGINT NOT NULL REFERENCES case_file (id),
  destination TEXT COLLATE "C" NOT NULL, seq BIGINT NOT NULL, kind BIGINT NOT NULL,
  attachments BYTEA NOT NULL, events_known BIGINT NOT NULL, request BYTEA NOT NULL,
  created_at BIGINT NOT NULL, state BIGINT NOT NULL, settled_at BIGINT NOT NULL, refusal TEXT COLLATE "C" NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0, next_at BIGINT NOT NULL DEFAULT 0, fault TEXT COLLATE "C" NOT NULL DEFAULT '',
  bytes BYTEA NOT NULL, answer BYTEA NOT NULL DEFAULT '',
  rowid BIGINT GENERATED ALWAYS AS IDENTITY);
CREATE INDEX outbox_due ON outbox (next_at, created_at) WHERE state = 0;
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE state = 0;
CREATE INDEX outbox_by_case ON outbox (case_id);
CREATE TABLE inbox (
  holder TEXT COLLATE "C" NOT NULL, id BYTEA NOT NULL, digest BYTEA NOT NULL, sender TEXT COLLATE "C" NOT NULL, submission BYTEA NOT NULL,
  seq BIGINT NOT NULL, at BIGINT NOT NULL, answer BYTEA NOT NULL,
  PRIMARY KEY (holder, id));
CREATE TABLE exchange_log (
  seq BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind BIGINT NOT NULL, holder TEXT COLLATE "C" NOT NULL, envelope BYTEA NOT NULL,
  octets BYTEA NOT NULL, previous BYTEA NOT NULL, digest BYTEA NOT NULL);

CREATE TABLE staff_account (
  account TEXT COLLATE "C" PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, role BIGINT NOT NULL, centre TEXT COLLATE "C" NOT NULL,
  password_hash TEXT COLLATE "C" NOT NULL, locked BIGINT NOT NULL, created BIGINT NOT NULL);
CREATE TABLE staff_session (
  token BYTEA PRIMARY KEY, account TEXT COLLATE "C" NOT NULL REFERENCES staff_account (account), csrf TEXT COLLATE "C" NOT NULL,
  created BIGINT NOT NULL, expires BIGINT NOT NULL);
CREATE INDEX session_by_account ON staff_session (account);
CREATE TABLE reading (
  seq BIGINT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT COLLATE "C" NOT NULL, what TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL,
  previous BYTEA NOT NULL, digest BYTEA NOT NULL);
)sql";

// As SQLite's fourth step.
constexpr const char* second = R"sql(
DROP INDEX outbox_due;
CREATE INDEX outbox_by_destination ON outbox (destination, next_at, created_at, seq) WHERE state = 0;
)sql";

// As SQLite's fifth step.
constexpr const char* third = R"sql(
CREATE INDEX lane_with_gap ON lane (gap) WHERE gap IS NOT NULL;
)sql";

// As SQLite's sixth step.
constexpr const char* fourth = R"sql(
CREATE TABLE claim (
  submission BYTEA PRIMARY KEY, holder TEXT COLLATE "C" NOT NULL, claimant TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL);
DROP INDEX case_by_number;
CREATE UNIQUE INDEX case_by_number ON case_file (number) WHERE received_by = holder;
CREATE INDEX passed_on_by_number ON case_file (number, holder) WHERE received_by <> holder;
)sql";

// As SQLite's seventh step.
constexpr const char* fifth = R"sql(
CREATE INDEX open_case ON case_file (list, holder, custody_since) WHERE list <> 5;
CREATE TABLE done_count (holder TEXT COLLATE "C" PRIMARY KEY, cases BIGINT NOT NULL);
INSERT INTO done_count SELECT holder, count(*) FROM case_file WHERE list = 5 GROUP BY holder;
CREATE FUNCTION count_done() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO done_count VALUES (NEW.holder, CASE WHEN NEW.list = 5 THEN 1 ELSE -1 END)
    ON CONFLICT (holder) DO UPDATE SET cases = done_count.cases + excluded.cases;
  RETURN NULL;
END $$;
CREATE TRIGGER case_comes_done AFTER INSERT ON case_file FOR EACH ROW WHEN (NEW.list = 5) EXECUTE FUNCTION count_done();
CREATE TRIGGER case_is_done AFTER UPDATE ON case_file FOR EACH ROW WHEN ((NEW.list = 5) <> (OLD.list = 5)) EXECUTE FUNCTION count_done();
CREATE INDEX inbox_by_sender ON inbox (sender, at);
)sql";

constexpr std::array steps{first, second, third, fourth, fifth};

constexpr const char* version_table =
    "CREATE TABLE IF NOT EXISTS tongban_schema (version BIGINT PRIMARY KEY, taken_at TIMESTAMPTZ NOT NULL DEFAULT now())";

/// 0: nothing of ours is there.
Expected<std::size_t> version_of(PostgresConnection& db) {
  TRY(const auto table, db.ask("SELECT to_regclass('tongban_schema')"));
  if (table.empty() || !table.front()) return std::size_t{0};
  TRY(const auto row, db.ask("SELECT max(version) FROM tongban_schema"));
  return row.empty() || !row.front() ? std::size_t{0} : std::strtoul(row.front()->c_str(), nullptr, 10);
}

Error newer(std::size_t version) { return Error(store_errors::Newer, "tongban_schema", std::to_string(version)); }

/// A step may have to go through every row.
Expected<void> take(PostgresConnection& db, const std::string& step, std::size_t version) {
  auto taken = db.run("BEGIN; SET LOCAL statement_timeout = 0;" + step + ";INSERT INTO tongban_schema (version) VALUES (" + std::to_string(version) + "); COMMIT");
  if (!taken) [[maybe_unused]] const auto undone = db.run("ROLLBACK");
  return taken;
}

}  // namespace

std::span<const char* const> schema_steps() { return steps; }

Expected<void> migrate(PostgresConnection& db) { return migrate(db, steps); }

Expected<void> migrate(PostgresConnection& db, std::span<const char* const> steps) {
  TRY(const auto version, version_of(db));
  if (version > steps.size()) return newer(version);
  if (version == 0) TRY_VOID(db.run(version_table));
  for (auto step = version; step < steps.size(); ++step) TRY_VOID(take(db, steps[step], step + 1));
  return {};
}

Expected<void> check_schema(PostgresConnection& db) {
  TRY(const auto version, version_of(db));
  if (version > steps.size()) return newer(version);
  if (version < steps.size()) return Error(store_errors::Absent, "tongban_schema", std::to_string(version) + " of " + std::to_string(steps.size()));
  return {};
}

}  // namespace tongban::store
