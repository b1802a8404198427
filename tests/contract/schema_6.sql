-- The store as steps 1 to 6 made it: what a node of that time has on its disk.
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
  UNIQUE (submission, holder)) STRICT;
CREATE UNIQUE INDEX case_by_number ON case_file (number) WHERE received_by = holder;
CREATE INDEX passed_on_by_number ON case_file (number, holder) WHERE received_by <> holder;
CREATE INDEX case_by_list ON case_file (holder, list, changed_at);

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
CREATE INDEX outbox_by_destination ON outbox (destination, next_at, created_at, seq) WHERE state = 0;
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

ALTER TABLE outbox ADD COLUMN answer BLOB NOT NULL DEFAULT x'';
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE state = 0;
CREATE TABLE exchange_log (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL, holder TEXT NOT NULL, envelope BLOB NOT NULL,
  octets BLOB NOT NULL, previous BLOB NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE INDEX lane_with_gap ON lane (gap) WHERE gap IS NOT NULL;
CREATE TABLE claim (
  submission BLOB PRIMARY KEY, holder TEXT NOT NULL, claimant TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = 6;
