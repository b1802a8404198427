// Tongban beside its peers in the same run, under the same load, turn by turn: figures are medians of the turns, ratios
// medians of each turn's own ratio, since a machine is not equally quiet all the time. Durable intake against
// Fastify over better-sqlite3 and PostgreSQL, static files against nginx; RabbitMQ's forwarding and bare signing as figures
// to lay others against. `deploy/bench --peers` fetches the peers; one that isn't here is left out.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../browser/lib/chromium.mjs';
import { program } from '../browser/lib/nodes.mjs';
import { median, not_here, quantile, report, round, talk } from './lib/figures.mjs';
import { forward } from './peers/forward_rabbitmq.mjs';
import { cpu_seconds } from './peers/machinery.mjs';
import { intakes, nginx_unavailable, nobody_here, rabbitmq_unavailable, start_nginx, start_rabbitmq, start_tongban } from './peers/servers.mjs';

const turns = 3, connections = 64, warm_up = 500;
const files = [{ key: 'static_1k', path: '/small.bin', size: 1024, count: 40_000 }, { key: 'static_1m', path: '/large.bin', size: 1 << 20, count: 2_000 }];
const letter_size = 3_000, letters = [{ window: 1, count: 1_000 }, { window: 64, count: 5_000 }];

const build = process.env.TONGBAN_BUILD ?? join(root, 'build'), tool = join(build, 'native/tests/bench/peer_load');
for (const needed of [tool, program]) if (!existsSync(needed)) not_here(`${needed} is not built`);
if (nobody_here) not_here('no peers are here: deploy/bench --peers fetches them');

const load = (...words) => JSON.parse(execFileSync(tool, words.map(String), { encoding: 'utf8', maxBuffer: 1 << 20 }));
const here = (name, reason) => {
  if (reason) console.error(`   ${name} is left out: ${reason}`);
  return !reason;
};
const medians = (taken) => Object.fromEntries(Object.keys(taken[0]).map((key) => [key, median(taken.map((one) => one[key]))]));
const ratio = (ours, theirs, key) => median(ours.map((one, turn) => one[key] / theirs[turn][key]));
const in_words = (one) => Object.entries(one).map(([key, value]) => `${key} ${round(value, 2)}`).join(', ');

/// Lets each of `sides` have its turn, `turns` times; gives what each turn returned, by name.
async function turn_by_turn(sides, measure) {
  const taken = Object.fromEntries(sides.map(({ name }) => [name, []]));
  for (let turn = 0; turn < turns; ++turn) {
    for (const side of sides) {
      const server = await side.start();
      try { taken[side.name].push(await measure(server, side)); } finally { await server.stop(); }
      talk(`turn ${turn + 1}, ${side.name}: ${in_words(taken[side.name].at(-1))}`);
    }
  }
  return taken;
}

/// Our node with its rows in PostgreSQL; what the database itself uses is counted on either side.
function report_postgres({ tongban, tongban_pg, fastify_pg }) {
  const { per_second, p99_ms, cpu_us } = medians(tongban_pg);
  report({
    'server.submit_pg_per_s': round(per_second, 0), 'server.submit_pg_p99_ms_saturated': round(p99_ms, 2), 'server.submit_pg_cpu_us': round(cpu_us, 0),
    'server.submit_pg_ratio_to_sqlite': round(ratio(tongban_pg, tongban, 'per_second'), 2),
  });
  if (!fastify_pg) return;
  report({ 'server.submit_pg_ratio_to_fastify_pg': round(ratio(tongban_pg, fastify_pg, 'per_second'), 2), 'peers.fastify_pg_cpu_us': round(medians(fastify_pg).cpu_us, 0) });
}

async function intake(scratch) {
  const bodies = join(scratch, 'bodies'), sides = intakes.filter(({ name, unavailable }) => here(name, unavailable));
  const { octets } = load('bodies', bodies, warm_up + Math.max(...intakes.map(({ count }) => count)));
  talk(`an application is ${octets} octets of JSON`);
  const measured = await turn_by_turn(sides, ({ port, pid, works = [pid] }, { count }) => {
    load('post', port, bodies, 0, warm_up, connections, 0);
    const before = cpu_seconds(works);
    const { seconds, p50_ms, p99_ms } = load('post', port, bodies, warm_up, count, connections, 0);
    return { per_second: count / seconds, p50_ms, p99_ms, cpu_us: 1e6 * (cpu_seconds(works) - before) / count };
  });
  if (measured.tongban_pg) report_postgres(measured);
  for (const { name, ours } of sides) {
    if (ours) continue;
    const theirs = measured[name];
    const { per_second, p99_ms } = medians(theirs);
    report({
      [`peers.${name}_submissions_per_s`]: round(per_second, 0), [`peers.${name}_p99_ms_saturated`]: round(p99_ms, 2),
      [`server.submit_ratio_to_${name}`]: round(ratio(measured.tongban, theirs, 'per_second'), 2),
    });
  }
}

async function static_files(scratch) {
  if (!here('nginx', nginx_unavailable)) return;
  // nginx reads as another user.
  const folder = join(scratch, 'site');
  chmodSync(scratch, 0o755);
  mkdirSync(folder);
  for (const { path, size } of files) writeFileSync(join(folder, path), Buffer.alloc(size, 'tongban '));
  const manifest = Object.fromEntries(files.map(({ path }) => [path, { file: path.slice(1), type: 'application/octet-stream', etag: path.slice(1), encodings: {} }]));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const sides = [{ name: 'tongban', start: () => start_tongban(['--site', folder]) }, { name: 'nginx', start: () => start_nginx(folder) }];
  const measured = await turn_by_turn(sides, ({ port }) => Object.fromEntries(files.map(({ key, path, count }) => {
    load('get', port, path, Math.ceil(count / 20), connections);
    return [key, count / load('get', port, path, count, connections).seconds];
  })));
  for (const { key } of files) {
    report({ [`server.${key}_ratio_to_nginx`]: round(ratio(measured.tongban, measured.nginx, key), 3), [`peers.nginx_${key}_per_s`]: round(medians(measured.nginx)[key], 0) });
  }
}

async function forwarding() {
  if (!here('rabbitmq', rabbitmq_unavailable)) return;
  const measured = await turn_by_turn([{ name: 'rabbitmq', start: start_rabbitmq }], async ({ port }) => {
    const figures = {};
    for (const { window, count } of letters) {
      await forward(port, { count: Math.ceil(count / 5), size: letter_size, window });
      const times = await forward(port, { count, size: letter_size, window });
      Object.assign(figures, { [`p50_ms_window_${window}`]: median(times), [`p99_ms_window_${window}`]: quantile(times, 0.99) });
    }
    return figures;
  });
  report(Object.fromEntries(Object.entries(medians(measured.rabbitmq)).map(([key, value]) => [`peers.rabbitmq_forward_${key}`, round(value, 2)])));
}

function signing() {
  const { sign_us, verify_us } = medians(Array.from({ length: turns }, () => load('sign', 5_000)));
  report({ 'server.sign_us': sign_us, 'server.verify_us': verify_us });
}

const scratch = mkdtempSync(join(tmpdir(), 'tongban-peers-'));
try {
  signing();
  await intake(scratch);
  await static_files(scratch);
  await forwarding();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
