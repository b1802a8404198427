// Real nodes for browser tests: the built program on loopback, with a data folder of its own that goes at the end.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lines_with_people } from '../../server/marks.mjs';
import { root } from './chromium.mjs';

const native = process.env.TONGBAN_BINARY_DIR ?? join(root, 'build/native');
export const program = process.env.TONGBAN_PROGRAM ?? join(native, 'tongban');
export const site = process.env.TONGBAN_SITE ?? join(native, '../site');
/// The portal with its page of components.
export const site_development = join(native, '../site-development');
/// Where screenshots go: beside the build they show.
export const screens = join(native, '../screens');

/// What is missing for tests with a node, in a sentence; undefined when all is there.
export function missing() {
  if (!existsSync(program)) return `${program} is not built: run deploy/build`;
  if (!existsSync(join(site, 'manifest.json'))) return `${site} is not built: run deploy/build all`;
}

export function free_port() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/// Passwords are printed once, at a node's first start: "  quyang-window       PASSWORD   窗口 window  name".
function passwords_in(text) {
  const found = {};
  for (const [, account, password] of text.matchAll(/^ {2}([a-z][a-z0-9-]+) +(\S+) {3}\S/gm)) found[account] = password;
  return found;
}

export class Node {
  constructor(name, port, args) {
    Object.assign(this, { name, port, args, url: `http://localhost:${port}`, output: '', log: '', passwords: {} });
  }

  async start() {
    const child = spawn(program, this.args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { this.output += chunk; });
    child.stderr.on('data', (chunk) => { this.log += chunk; });
    this.ended = new Promise((resolve) => child.on('close', resolve));
    const dead = this.ended.then((status) => { throw new Error(`node ${this.name} ended (${status}): ${this.output.slice(-2000)}`); });
    dead.catch(() => {});
    await Promise.race([this.ready_(), dead]);
    this.passwords = { ...this.passwords, ...passwords_in(this.output) };
    return this;
  }

  async ready_() {
    for (let tries = 0, why; ; ++tries) {
      try {
        if ((await fetch(`${this.url}/readyz`)).ok) return;
      } catch (error) { why = error.cause ?? error; }
      if (tries > 600) throw new Error(`node ${this.name} does not answer at ${this.url}: ${why}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async stop(signal = 'SIGTERM') {
    if (!this.child || this.child.exitCode !== null) return;
    this.child.kill(signal);
    await this.ended;
  }

  /// Whoever stood before a browser, their words are in no log.
  names_nobody_() {
    const lines = this.log.split('\n'), named = lines_with_people(lines);
    if (!lines.some((line) => line.includes('stopped'))) throw new Error(`node ${this.name} has logged nothing: ${this.output.slice(-2000)}`);
    if (named.length) throw new Error(`node ${this.name} names a person in its log: ${named[0]}`);
  }
}

/// One node that is the whole city, or two that exchange over the wire (`names` = ['a', 'b']), handing out `portal`.
export async function start_nodes(names = ['city'], options = [], portal = site) {
  const data = mkdtempSync(join(tmpdir(), 'tongban-nodes-'));
  const ports = [];
  for (const _ of names) ports.push(await free_port());
  const directory = join(data, 'directory.bin');
  if (names.length > 1) {
    const nodes = names.flatMap((name, at) => ['--node', `${name}=http://127.0.0.1:${ports[at]}`]);
    execFileSync(program, ['directory', 'make', '--data', data, '--out', directory, ...nodes], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const nodes = names.map((name, at) => new Node(name, ports[at], ['serve', '--data', join(data, name), '--node', name, '--port', String(ports[at]),
    '--site', portal, ...(names.length > 1 ? ['--directory', directory] : []), '--rate', '0', '--submission-rate', '0', ...options]));
  try {
    await Promise.all(nodes.map((node) => node.start()));
  } catch (error) {
    await Promise.all(nodes.map((node) => node.stop('SIGKILL')));
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
  return {
    nodes, data,
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
      rmSync(data, { recursive: true, force: true });
      for (const node of nodes) node.names_nobody_();
    },
  };
}
