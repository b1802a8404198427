// Thousands of clients that are slow on purpose (Debian's slowhttptest): slow heads, slow bodies, slow readers. Others must
// hardly feel them: the p99 of submissions at a paced 200 a second stays within twice what it is without.
// Run: node slow_clients.mjs LOAD (LOAD: the program peer_load)
import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, scratch_folder } from '../bench/peers/machinery.mjs';
import { start_tongban } from '../bench/peers/servers.mjs';
import { median, report, round } from '../bench/lib/figures.mjs';

const clients = 5_000, a_second = 1_000, pace = 200, measured_s = 8, times = 3, most_slower = 2;
const large = 1 << 20;

const slow = program('usr/bin/slowhttptest'), load_program = process.argv[2];
if (!slow) {
  console.error('slowhttptest is not installed: deploy/setup long');
  process.exit(77);
}

const attacks = [
  { name: 'slow heads', options: ['-H', '-i', '5'], path: '/' },
  { name: 'slow bodies', options: ['-B', '-i', '5', '-s', '8192', '-f', 'application/json', '-t', 'POST'], path: '/api/v1/submissions' },
  { name: 'slow readers', options: ['-X', '-n', '2', '-w', '256', '-y', '512', '-z', '16', '-k', '1'], path: '/large.bin' },
];

const { folder, remove } = scratch_folder('slow');
writeFileSync(join(folder, 'large.bin'), Buffer.alloc(large, 'tongban '));
writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ '/large.bin': { file: 'large.bin', type: 'application/octet-stream', etag: 'a', encodings: {} } }));
const load = (...words) => JSON.parse(execFileSync(load_program, words.map(String), { encoding: 'utf8' }));
const bodies = join(folder, 'bodies'), each = pace * measured_s;
load('bodies', bodies, each * times * (2 * attacks.length + 2));

// Heads, bodies and readers are given long, so that the slow ones stand through the measurement and are not shut out before it.
const node = await start_tongban(['--header-time', '60', '--body-time', '180', '--write-time', '180', '--site', folder]);
const open_connections = async () => Number(/^tongban_http_connections (\d+)/m.exec(await (await fetch(`http://127.0.0.1:${node.port}/metrics`)).text())?.[1]);
let handed_in = 0;
/// The median of some measurements, since disks have moods of their own.
const p99 = () => median(Array.from({ length: times }, () => {
  const { p99_ms } = load('post', node.port, bodies, handed_in, each, 8, pace);
  handed_in += each;
  return p99_ms;
}));

/// Holds the slow clients while `act` runs. They stand for other machines, so they get only what the node leaves of ours.
async function under(attack, act) {
  const child = spawn('nice', ['-n', '19', slow, ...attack.options, '-c', clients, '-r', a_second, '-l', 600, '-v', '0', '-u', `http://127.0.0.1:${node.port}${attack.path}`].map(String),
    { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  try {
    for (const last = Date.now() + 60_000; !((await open_connections()) >= clients * 0.95);) {
      if (Date.now() > last) throw new Error(`only ${await open_connections()} ${attack.name} came`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const before = await open_connections(), result = act(), after = await open_connections();
    return { result, held: Math.min(before, after) };
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

try {
  p99();
  const quiet = [p99()], figures = {};
  let failed = false;
  for (const attack of attacks) {
    const { result, held } = await under(attack, p99);
    while ((await open_connections()) > 100) await new Promise((resolve) => setTimeout(resolve, 200));
    quiet.push(p99());
    const slower = result / median(quiet.slice(-2));
    figures[`server.p99_ratio_under_${attack.name.replace(' ', '_')}`] = round(slower, 2);
    console.log(`${held} ${attack.name}: p99 ${round(result, 2)} ms, without them ${quiet.slice(-2).map((ms) => round(ms, 2)).join(' and ')} ms: ${round(slower, 2)} times`);
    if (!(slower <= most_slower && held >= clients * 0.9)) failed = true;
  }
  report(figures);
  process.exitCode = failed ? 1 : 0;
} finally {
  await node.stop();
  remove();
}
