#include "server/store/sqlite/migrations.h"

#include <array>

namespace tongban::store {
namespace {

// Children refer to a case by its row number, so that a nine-digit centre and sixteen octets stand only once.
constexpr const char* first = R"sql(
CREATE TABLE case_file (
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL, submission BLOB NOT NULL, number TEXT NOT NULL, item TEXT NOT NULL,
  content BLOB NOT NULL, access BLOB NOT NULL, applicant TEXT NOT NULL,
  stage INTEGER NOT NULL, list INTEGER NOT NULL,
  received_by TEXT NOT NULL, decided_by TEXT NOT NULL, custodian TEXT NOT NULL, passing_to TEXT NOT NULL,
  custody_since INTEGER NOT NULL, arrived_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
  event_count INTEGER NOT NULL, last_event BLOB NOT NULL,
  due_kind INTEGER, due_date TEXT, due_provisional INTEGER,
  missing INTEGER NOT NULL,
  application BLOB NOT NULL,
  UNIQUE (holder, submission)) STRICT;
CREATE UNIQUE INDEX case_by_number ON case_file (number) WHERE received_by = holder;
CREATE INDEX case_by_holder_number ON case_file (holder, number);
CREATE INDEX case_by_list ON case_file (holder, list, changed_at);
CREATE INDEX case_by_submission ON case_file (submission);

CREATE TABLE case_event (
  case_id INTEGER NOT NULL REFERENCES case_file (id), seq INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (case_id, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (
  case_id INTEGER NOT NULL REFERENCES case_file (id), kind INTEGER NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (case_id, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE lane (
  case_id INTEGER NOT NULL REFERENCES case_file (id), peer TEXT NOT NULL,
  sent INTEGER NOT NULL, taken INTEGER NOT NULL, known INTEGER NOT NULL, gap INTEGER,
  PRIMARY KEY (case_id, peer)) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  id BLOB PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_file (id),
  destination TEXT NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL,
  attachments BLOB NOT NULL, events_known INTEGER NOT NULL, request BLOB NOT NULL,
  created_at INTEGER NOT NULL, state INTEGER NOT NULL, settled_at INTEGER NOT NULL, refusal TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL DEFAULT 0, fault TEXT NOT NULL DEFAULT '',
  bytes BLOB NOT NULL) STRICT;
CREATE INDEX outbox_due ON outbox (next_at, created_at) WHERE state = 0;
CREATE INDEX outbox_by_case ON outbox (case_id);
CREATE TABLE inbox (
  holder TEXT NOT NULL, id BLOB NOT NULL, digest BLOB NOT NULL, sender TEXT NOT NULL, submission BLOB NOT NULL,
  seq INTEGER NOT NULL, at INTEGER NOT NULL, answer BLOB NOT NULL,
  PRIMARY KEY (holder, id)) STRICT, WITHOUT ROWID;

CREATE TABLE staff_account (
  account TEXT PRIMARY KEY, name TEXT NOT NULL, role INTEGER NOT NULL, centre TEXT NOT NULL,
  password_hash TEXT NOT NULL, locked INTEGER NOT NULL, created INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE staff_session (
  token BLOB PRIMARY KEY, account TEXT NOT NULL REFERENCES staff_account (account), csrf TEXT NOT NULL,
  created INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_account ON staff_session (account);
CREATE TABLE reading (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL, record TEXT NOT NULL,
  previous BLOB NOT NULL, digest BLOB NOT NULL) STRICT;
)sql";

// The addressee's signed answer stays beside its letter, and every letter and answer stands in a chain.
constexpr const char* second = R"sql(
ALTER TABLE outbox ADD COLUMN answer BLOB NOT NULL DEFAULT x'';
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE state = 0;
CREATE TABLE exchange_log (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL, holder TEXT NOT NULL, envelope BLOB NOT NULL,
  octets BLOB NOT NULL, previous BLOB NOT NULL, digest BLOB NOT NULL) STRICT;
)sql";

// Submissions and numbers are random: each of their indexes dirties a page of its own for every case, so that one of
// either must do. The order of a table's own index can't be changed: the table is built anew, its rows keep their numbers.
constexpr const char* third = R"sql(
CREATE TABLE case_file_anew (
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL, submission BLOB NOT NULL, number TEXT NOT NULL, item TEXT NOT NULL,
  content BLOB NOT NULL, access BLOB NOT NULL, applicant TEXT NOT NULL,
  stage INTEGER NOT NULL, list INTEGER NOT NULL,
  received_by TEXT NOT NULL, decided_by TEXT NOT NULL, custodian TEXT NOT NULL, passing_to TEXT NOT NULL,
  custody_since INTEGER NOT NULL, arrived_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
  event_count INTEGER NOT NULL, last_event BLOB NOT NULL,
  due_kind INTEGER, due_date TEXT, due_provisional INTEGER,
  missing INTEGER NOT NULL,
  application BLOB NOT NULL,
  UNIQUE (submission, holder)) STRICT;
INSERT INTO case_file_anew SELECT * FROM case_file;
DROP TABLE case_file;
ALTER TABLE case_file_anew RENAME TO case_file;
CREATE UNIQUE INDEX case_by_number ON case_file (number, holder);
CREATE INDEX case_by_list ON case_file (holder, list, changed_at);
)sql";

// Letters are found by whom they are for, so that the backlog of one centre is never gone through on behalf of another.
constexpr const char* fourth = R"sql(
DROP INDEX outbox_due;
CREATE INDEX outbox_by_destination ON outbox (destination, next_at, created_at, seq) WHERE state = 0;
)sql";

// Lanes with a gap are few, and are counted every few seconds: never by going through all lanes that there have been.
constexpr const char* fifth = R"sql(
CREATE INDEX lane_with_gap ON lane (gap) WHERE gap IS NOT NULL;
)sql";

// What windows of other nodes have been told to go on with. Asked for at each new application: few rows, and no index but their own.
// And a number is the receiving node's: two of them may give two cases the same, and a third takes both in.
constexpr const char* sixth = R"sql(
CREATE TABLE claim (
  submission BLOB PRIMARY KEY, holder TEXT NOT NULL, claimant TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
DROP INDEX case_by_number;
CREATE UNIQUE INDEX case_by_number ON case_file (number) WHERE received_by = holder;
CREATE INDEX passed_on_by_number ON case_file (number, holder) WHERE received_by <> holder;
)sql";

// Whoever opens the overview has the cases counted: those that are open from an index of their own, and those that are done, of which
// there are more each day, as they come and go. A recall finds the letters that a peer has brought lately.
constexpr const char* seventh = R"sql(
CREATE INDEX open_case ON case_file (holder, list, custody_since) WHERE list <> 5;
CREATE TABLE done_count (holder TEXT PRIMARY KEY, cases INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO done_count SELECT holder, count(*) FROM case_file WHERE list = 5 GROUP BY holder;
CREATE TRIGGER case_comes_done AFTER INSERT ON case_file WHEN new.list = 5 BEGIN
  INSERT INTO done_count VALUES (new.holder, 1) ON CONFLICT (holder) DO UPDATE SET cases = cases + 1;
END;
CREATE TRIGGER case_is_done AFTER UPDATE OF list ON case_file WHEN new.list = 5 AND old.list <> 5 BEGIN
  INSERT INTO done_count VALUES (new.holder, 1) ON CONFLICT (holder) DO UPDATE SET cases = cases + 1;
END;
CREATE TRIGGER case_goes_on AFTER UPDATE OF list ON case_file WHEN new.list <> 5 AND old.list = 5 BEGIN
  UPDATE done_count SET cases = cases - 1 WHERE holder = new.holder;
END;
CREATE INDEX inbox_by_sender ON inbox (sender, at);
)sql";

constexpr std::array steps{first, second, third, fourth, fifth, sixth, seventh};

/// Steps may build a table anew that others refer to; what they refer to is looked at again before the commit.
Expected<void> check_references(Database& db) {
  auto broken = db.prepare("PRAGMA foreign_key_check");
  if (broken.next()) return Error(store_errors::Failed, broken.text(), "a row refers to nothing");
  return broken.status();
}

Expected<void> take(Database& db, std::size_t step) {
  TRY_VOID(db.run("BEGIN IMMEDIATE"));
  TRY_VOID(db.run(steps[step]));
  TRY_VOID(check_references(db));
  TRY_VOID(db.run("PRAGMA user_version=" + std::to_string(step + 1)));
  return db.run("COMMIT");
}

}  // namespace

int schema_version() { return static_cast<int>(steps.size()); }

Expected<void> migrate(Database& db) {
  std::int64_t version = 0;
  {
    auto asked = db.prepare("PRAGMA user_version");
    if (asked.next()) version = asked.number();
    TRY_VOID(asked.status());
  }
  if (version > schema_version()) return Error(store_errors::Newer, "user_version", std::to_string(version));
  TRY_VOID(db.run("PRAGMA foreign_keys=OFF"));
  for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step) TRY_VOID(take(db, step));
  return db.run("PRAGMA foreign_keys=ON");
}

}  // namespace tongban::store
