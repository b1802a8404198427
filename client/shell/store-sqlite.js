// Records in SQLite over OPFS (its own opfs-sahpool VFS). One worker of one tab may have it open: the caller holds
// the lock. Committed means on disk: synchronous=FULL, and a rollback journal that is truncated, never deleted, so
// the pool's own file headers are written once in a database's life.
import sqlite3_init from './sqlite3.mjs';
import { StoreError } from './store-protocol.js';

const schema = `
  CREATE TABLE IF NOT EXISTS record(
    space TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, writer TEXT NOT NULL, blob BLOB NOT NULL,
    UNIQUE(space, key)) STRICT`;

let sqlite3;
let disk_full = false;  // what the browser said of the last failed write; SQLite only learns that it failed

async function load() {
  // No other VFS is wanted. What the library would say to the console helps nobody, but holds the browser's reason.
  const listen = (...said) => { disk_full ||= said.some((what) => what?.name === 'QuotaExceededError'); };
  globalThis.sqlite3ApiConfig = {
    disable: { vfs: { kvvfs: true, opfs: true, 'opfs-vfs': true, 'opfs-wl': true } },
    ...Object.fromEntries(['log', 'debug', 'warn', 'error'].map((level) => [level, listen])),
  };
  return (sqlite3 ??= await sqlite3_init({ print() {}, printErr() {} }));
}

export class SqliteRecords {
  /// Opens the database, or throws: DOMException NoModificationAllowedError while another worker has it.
  static async open(folder) {
    const library = await load();
    // Without preserveOnInitFailure the VFS deletes its folder, and so all drafts, when it can't open it.
    const pool = await library.installOpfsSAHPoolVfs({
      name: 'tongban', directory: `/${folder}`, initialCapacity: 4,
      preserveOnInitFailure: true, forceReinitIfPreviouslyFailed: true,
    });
    if (pool.isPaused()) await pool.unpauseVfs();
    try {
      return new SqliteRecords(library, pool, new pool.OpfsSAHPoolDb('/store.db'));
    } catch (error) {
      pool.pauseVfs();
      throw error;
    }
  }

  constructor(library, pool, database) {
    this.capi_ = library.capi;
    this.pool_ = pool;
    this.database_ = database;
    try {
      database.exec('PRAGMA page_size=8192; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL');
      database.exec(schema);
      const prepare = (sql) => database.prepare(sql);
      this.read_ = prepare('SELECT key, version, writer, blob FROM record WHERE space = ?1 AND key = ?2');
      this.list_ = prepare('SELECT key, version, writer, blob FROM record WHERE space = ?1 AND substr(key, 1, length(?2)) = ?2 ORDER BY key');
      this.write_ = prepare(`INSERT INTO record(space, key, version, writer, blob) VALUES(?1, ?2, ?3, ?4, ?5)
        ON CONFLICT(space, key) DO UPDATE SET version = excluded.version, writer = excluded.writer, blob = excluded.blob`);
      this.remove_ = prepare('DELETE FROM record WHERE space = ?1 AND key = ?2');
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /// Lets another worker open it.
  close() {
    for (const statement of [this.read_, this.list_, this.write_, this.remove_]) statement.finalize();
    this.database_.close();
    this.pool_.pauseVfs();
  }

  read(space, key) { return this.rows_(this.read_, space, key)[0]; }
  list(space, prefix) { return this.rows_(this.list_, space, prefix); }
  write(space, key, version, writer, blob) { this.run_(this.write_, space, key, version, writer, blob); }
  remove(space, key) { this.run_(this.remove_, space, key); }

  erase(space) {
    // Overwritten, not only unlinked: what is erased must not be found in the file.
    this.database_.exec('PRAGMA secure_delete=ON');
    try {
      this.atomically(() => space
        ? this.database_.exec({ sql: 'DELETE FROM record WHERE space = ?', bind: [space] })
        : this.database_.exec('DELETE FROM record'));
      if (!space) this.database_.exec('VACUUM');
    } finally {
      this.database_.exec('PRAGMA secure_delete=OFF');
    }
  }

  atomically(work) {
    disk_full = false;
    try {
      this.database_.exec('BEGIN IMMEDIATE');
      const result = work();
      this.database_.exec('COMMIT');
      return result;
    } catch (error) {
      // Some faults have rolled back already.
      if (!this.capi_.sqlite3_get_autocommit(this.database_.pointer)) this.database_.exec('ROLLBACK');
      throw disk_full || error.resultCode === this.capi_.SQLITE_FULL ? new StoreError('storage_full', error.message) : error;
    }
  }

  rows_(statement, ...values) {
    statement.bind(values);
    const rows = [];
    try {
      while (statement.step()) {
        const [key, version, writer, blob] = statement.get([]);
        rows.push({ key, version, writer, blob: blob ?? new Uint8Array(0) });
      }
    } finally {
      statement.reset(true);
    }
    return rows;
  }

  run_(statement, ...values) {
    try {
      statement.bind(values).step();
    } finally {
      statement.reset(true);
    }
  }
}
