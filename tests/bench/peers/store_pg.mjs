// PostgreSQL through a pool: one prepared statement, one round trip and one commit a submission (synchronous_commit is on).
import { from_npm } from './machinery.mjs';

// More wait for one another on two cores than they gain.
const pool_size = 16;

export async function open_store(url) {
  const { Pool } = from_npm('pg');
  const pool = new Pool({ connectionString: url, max: pool_size });
  await pool.query(`
    CREATE TABLE IF NOT EXISTS submission (id text PRIMARY KEY, number text NOT NULL UNIQUE, item text NOT NULL, centre text NOT NULL,
      digest text NOT NULL, received_at text NOT NULL, content jsonb NOT NULL);
    CREATE TABLE IF NOT EXISTS event (submission text NOT NULL REFERENCES submission (id), seq integer NOT NULL, kind text NOT NULL,
      at text NOT NULL, PRIMARY KEY (submission, seq));`);
  const insert = {
    name: 'insert',
    text: `WITH taken AS (INSERT INTO submission VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING RETURNING id),
             begun AS (INSERT INTO event SELECT id, 0, 'submitted', $6 FROM taken)
           SELECT id FROM taken`,
  };
  const find = { name: 'find', text: 'SELECT id, number, digest, received_at FROM submission WHERE id = $1' };
  return {
    async take(record) {
      const { id, number, item, centre, digest, received_at, content } = record;
      const fresh = (await pool.query({ ...insert, values: [id, number, item, centre, digest, received_at, content] })).rowCount === 1;
      return { stored: fresh ? record : (await pool.query({ ...find, values: [id] })).rows[0], fresh };
    },
    close: () => pool.end(),
  };
}
