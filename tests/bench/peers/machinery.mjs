// How a peer comes and goes: programs that deploy/bench --peers has unpacked (or the machine has), a scratch folder, a free
// port of loopback, and an end by its process id.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { deps } from '../../browser/lib/chromium.mjs';

export const peers = process.env.TONGBAN_PEERS ?? join(deps, 'peers');
const unpacked = join(peers, 'root');
export const from_npm = createRequire(join(peers, 'npm/'));

/// The program at that path, unpacked or installed; nothing when it is neither.
export const program = (path) => [join(unpacked, path), join('/', path)].find(existsSync);
/// The newest of Debian's PostgreSQLs.
export function postgres_program(name) {
  const folders = [join(unpacked, 'usr/lib/postgresql'), '/usr/lib/postgresql'].filter(existsSync);
  const versions = folders.flatMap((folder) => readdirSync(folder).map((version) => join(folder, version, 'bin', name))).filter(existsSync);
  return versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}
export function has_npm(name) {
  try { return Boolean(from_npm.resolve(name)); } catch { return false; }
}

const environment = {
  ...process.env,
  PATH: [join(unpacked, 'tongban'), join(unpacked, 'usr/bin'), join(unpacked, 'usr/sbin'), process.env.PATH].join(delimiter),
  LD_LIBRARY_PATH: ['usr/lib', 'lib'].flatMap((folder) => ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((machine) => join(unpacked, folder, machine))).join(delimiter),
};
// Databases and brokers refuse to be root, and should.
const nobody = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};

export function scratch_folder(name) {
  const folder = mkdtempSync(join(tmpdir(), `tongban-peer-${name}-`));
  if (nobody.uid) chownSync(folder, nobody.uid, nobody.gid);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/// Runs a program of the set-up to its end.
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', ...nobody, ...options, env: { ...environment, ...options.env } });
  if (done.status !== 0) throw new Error(`${command} ended with ${done.status ?? done.error}: ${done.stderr?.slice(-500)}`);
  return done.stdout;
}

const listens = (port) => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); }).on('error', () => resolve(false));
});

/// Starts a program and waits until it listens at `port`. `end` is the signal that stops it in good order. What it says goes
/// to a file: nobody would empty a pipe while the load runs.
export async function launch(command, args, { folder, port, end = 'SIGTERM', patience_s = 60, ...options }) {
  const log = join(folder, `${basename(command)}.log`), said = openSync(log, 'a', 0o666);
  const child = spawn(command, args, { stdio: ['ignore', said, said], ...nobody, ...options, env: { ...environment, ...options.env } });
  closeSync(said);
  const words = () => readFileSync(log, 'utf8').slice(-2000);
  const ended = new Promise((resolve) => { child.on('exit', resolve); child.on('error', resolve); });
  let gone = false;
  ended.then(() => { gone = true; });
  const stop = async () => {
    if (gone) return;
    child.kill(end);
    const stubborn = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(stubborn);
  };
  for (const last = Date.now() + patience_s * 1000; !(await listens(port));) {
    if (gone) throw new Error(`${command} ended: ${words()}`);
    if (Date.now() > last) { await stop(); throw new Error(`${command} does not listen: ${words()}`); }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, pid: child.pid, stop };
}

/// CPU that the processes and their children have used, user and system, in seconds; those that ended among the children
/// included.
export function cpu_seconds(pids) {
  const processes = new Map();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      // The name, in parentheses, may hold anything; the parent is the 2nd field after it, the times the 12th to 15th.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      processes.set(Number(name), { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0) });
    } catch { /* it has ended meanwhile */ }
  }
  const belongs = (pid) => pids.includes(pid) || (processes.has(pid) && belongs(processes.get(pid).parent));
  const ticks = [...processes].filter(([pid]) => belongs(pid)).reduce((sum, [, one]) => sum + one.ticks, 0);
  return ticks / 100;   // Linux counts for us in hundredths
}
