// better-sqlite3, as durable as our node: WAL and synchronous=FULL. Natural: a transaction for each submission.
// Batched by hand: what has come in meanwhile shares one, up to 64.
import { from_npm } from './machinery.mjs';

const largest_batch = 64;

export function open_store(file, { batched }) {
  const Database = from_npm('better-sqlite3');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`
    CREATE TABLE IF NOT EXISTS submission (id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, item TEXT NOT NULL, centre TEXT NOT NULL,
      digest TEXT NOT NULL, received_at TEXT NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS event (submission TEXT NOT NULL REFERENCES submission (id), seq INTEGER NOT NULL, kind TEXT NOT NULL,
      at TEXT NOT NULL, PRIMARY KEY (submission, seq)) STRICT, WITHOUT ROWID;`);
  const insert = db.prepare(`INSERT INTO submission VALUES (@id, @number, @item, @centre, @digest, @received_at, @content) ON CONFLICT (id) DO NOTHING`);
  const event = db.prepare(`INSERT INTO event VALUES (@id, 0, 'submitted', @received_at)`);
  const find = db.prepare('SELECT id, number, digest, received_at FROM submission WHERE id = ?');

  const write = (record) => {
    const fresh = insert.run(record).changes === 1;
    if (fresh) event.run(record);
    return { stored: fresh ? record : find.get(record.id), fresh };
  };
  const write_one = db.transaction(write);
  const write_many = db.transaction((records) => records.map(write));

  let waiting = [];
  const flush = () => {
    const batch = waiting.splice(0, largest_batch);
    if (waiting.length) setImmediate(flush);
    try {
      write_many(batch.map(({ record }) => record)).forEach((result, at) => batch[at].resolve(result));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const take_later = (record) => new Promise((resolve, reject) => {
    if (waiting.push({ record, resolve, reject }) === 1) setImmediate(flush);
  });
  return { take: batched ? take_later : (record) => write_one(record), close: () => db.close() };
}
