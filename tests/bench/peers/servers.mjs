// Each peer as a server on loopback with a scratch folder of its own; `unavailable` says in a sentence why it can't be here.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { free_port, program as tongban } from '../../browser/lib/nodes.mjs';
import { has_npm, launch, peers, postgres_program, program, run, scratch_folder } from './machinery.mjs';

const fastify_server = join(import.meta.dirname, 'fastify_server.mjs');
const as_ourselves = { uid: undefined, gid: undefined };   // who needs no other user

/// Stops all that was started, the last first, and removes the scratch folder.
const ending = (scratch, ...started) => async () => {
  for (const one of started.reverse()) await one.stop();
  scratch.remove();
};

export async function start_tongban(options = []) {
  const scratch = scratch_folder('tongban'), port = await free_port();
  const node = await launch(tongban, ['serve', '--data', join(scratch.folder, 'data'), '--port', String(port), '--rate', '0', '--submission-rate', '0', '--max-connections-each', '0', ...options],
    { folder: scratch.folder, port, ...as_ourselves });
  return { ...node, stop: ending(scratch, node) };
}

async function start_fastify({ folder }, kind, database) {
  const port = await free_port();
  return launch(process.execPath, [fastify_server, String(port), kind, database], { folder, port });
}

async function start_fastify_sqlite(kind) {
  const scratch = scratch_folder(kind);
  const app = await start_fastify(scratch, kind, join(scratch.folder, 'peer.db'));
  return { ...app, stop: ending(scratch, app) };
}

async function start_postgres(scratch) {
  const port = await free_port(), data = join(scratch.folder, 'data');
  run(postgres_program('initdb'), ['-D', data, '-U', 'peer', '-A', 'trust', '-E', 'UTF8', '--no-locale'], { cwd: scratch.folder });
  const server = await launch(postgres_program('postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', scratch.folder, '-c', 'fsync=on', '-c', 'synchronous_commit=on'],
    { folder: scratch.folder, port, end: 'SIGINT', cwd: scratch.folder });
  return { ...server, url: `postgres://peer@127.0.0.1:${port}/postgres` };
}

async function start_fastify_pg() {
  const scratch = scratch_folder('pg');
  const database = await start_postgres(scratch);
  const app = await start_fastify(scratch, 'pg', database.url);
  return { ...app, works: [app.pid, database.pid], stop: ending(scratch, database, app) };
}

/// Our node over the very same database server.
async function start_tongban_pg() {
  const scratch = scratch_folder('tongban-pg');
  const database = await start_postgres(scratch);
  const node = await start_tongban(['--database', database.url]);
  return { ...node, works: [node.pid, database.pid], stop: async () => { await node.stop(); await ending(scratch, database)(); } };
}

/// Keep-alive without an end and no access log, as our node has it; the same folder of files.
export async function start_nginx(files) {
  const scratch = scratch_folder('nginx'), port = await free_port(), configuration = join(scratch.folder, 'nginx.conf');
  mkdirSync(join(scratch.folder, 'temp'), { mode: 0o777 });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(scratch.folder, 'temp', kind)};`).join(' ');
  writeFileSync(configuration, `daemon off; worker_processes auto; pid ${join(scratch.folder, 'pid')}; error_log stderr;
    events { worker_connections 1024; }
    http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100; ${temporary}
      server { listen 127.0.0.1:${port} backlog=1024; root ${files}; } }\n`);
  const server = await launch(program('usr/sbin/nginx'), ['-p', scratch.folder, '-e', 'stderr', '-c', configuration], { folder: scratch.folder, port, end: 'SIGQUIT', ...as_ourselves });
  return { ...server, stop: ending(scratch, server) };
}

/// One node on its own names and ports, Erlang's port mapper included.
export async function start_rabbitmq() {
  const scratch = scratch_folder('rabbitmq'), [port, mapper, distribution] = [await free_port(), await free_port(), await free_port()];
  const { folder } = scratch;
  writeFileSync(join(folder, 'rabbitmq.conf'), `listeners.tcp.1 = 127.0.0.1:${port}\n`);
  const env = {
    HOME: folder, ERL_EPMD_ADDRESS: '127.0.0.1', ERL_EPMD_PORT: String(mapper), RABBITMQ_NODENAME: 'peer@localhost', RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'), RABBITMQ_LOG_BASE: join(folder, 'log'), RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'), RABBITMQ_CONF_ENV_FILE: join(folder, 'none'), RABBITMQ_LOGS: '-',
  };
  const names = await launch(program('usr/lib/erlang/bin/epmd') ?? program('usr/bin/epmd'), ['-address', '127.0.0.1', '-port', String(mapper)], { folder, port: mapper, env });
  const broker = await launch(program('usr/lib/rabbitmq/bin/rabbitmq-server'), [], { folder, port, env, cwd: folder }).catch(async (error) => {
    await ending(scratch, names)();
    throw error;
  });
  return { ...broker, stop: ending(scratch, names, broker) };
}

const lacks = (what, there) => there ? undefined : `${what} is not here: deploy/bench --peers fetches it`;

/// Who takes submissions in; how many each is given, so that each is busy for some seconds.
export const intakes = [
  { name: 'tongban', ours: true, count: 12_000, start: start_tongban },
  { name: 'fastify_sqlite', count: 2_000, start: () => start_fastify_sqlite('sqlite'), unavailable: lacks('Fastify with better-sqlite3', has_npm('fastify') && has_npm('better-sqlite3')) },
  { name: 'fastify_sqlite_batched', count: 12_000, start: () => start_fastify_sqlite('sqlite-batched'), unavailable: lacks('Fastify with better-sqlite3', has_npm('fastify') && has_npm('better-sqlite3')) },
  { name: 'tongban_pg', ours: true, count: 12_000, start: start_tongban_pg, unavailable: lacks('PostgreSQL', postgres_program('initdb')) },
  { name: 'fastify_pg', count: 4_000, start: start_fastify_pg, unavailable: lacks('Fastify with PostgreSQL', has_npm('fastify') && has_npm('pg') && postgres_program('initdb')) },
];
export const nginx_unavailable = lacks('nginx', program('usr/sbin/nginx'));
export const rabbitmq_unavailable = lacks('RabbitMQ', has_npm('amqplib') && program('usr/lib/rabbitmq/bin/rabbitmq-server'));
export const nobody_here = !existsSync(peers);
