// Runs a test program, and then looks at what went on. For the people of its stories, where nobody may be named: in what the nodes
// have logged, in their metrics, and in the addresses that were asked for. And for what was asked and answered otherwise than the
// node's own description says.
// Run: node watched.mjs [--whole] PROGRAM…     --whole: every JSON answer of the description must have been seen
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Description } from './description.mjs';
import { lines_with_people, must_bear } from './marks.mjs';

must_bear(join(import.meta.dirname, 'town.cpp'), ['演示', '31011019500101', '13800000000']);

const whole = process.argv[2] === '--whole';
const [program, ...options] = process.argv.slice(whole ? 3 : 2);
const folder = mkdtempSync(join(tmpdir(), 'tongban-watched-'));
const traces = join(folder, 'traces'), exchanges = join(folder, 'exchanges');
const child = spawn(program, options, {
  env: { ...process.env, TONGBAN_TRACES: traces, TONGBAN_EXCHANGES: exchanges }, stdio: ['ignore', 'inherit', 'pipe'],
});
let logged = '';
child.stderr.setEncoding('utf8').on('data', (text) => {
  logged += text;
  process.stderr.write(text);
});

const left = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function names_nobody(traced) {
  const lines = [...logged.split('\n'), ...traced.split('\n')].filter(Boolean);
  const named = lines_with_people(lines);
  for (const line of named) console.error(`names a person: ${line}`);
  const looked = traced.includes('tongban_connections') || traced.includes('# TYPE');
  if (!looked) console.error('no metrics were seen: this test would find nothing');
  console.error(`${lines.length} lines of logs, metrics and addresses, ${named.length} with a person in them`);
  return looked && named.length === 0;
}

function read(line) {
  const [method, target, status, type, asked, answered] = line.split(' ');
  const text = (octets) => Buffer.from(octets, 'base64url').toString();
  return { method, path: target.split('?')[0], status: Number(status), type, asked: text(asked), answered: text(answered) };
}

function is_as_described(left_lines) {
  const description = new Description(join(process.env.TONGBAN_SOURCE_DIR, 'server/openapi.yaml'));
  const lines = left_lines.split('\n').filter(Boolean);
  const faults = new Map();
  for (const exchange of lines.map(read))
    for (const fault of description.faults(exchange)) {
      const sentence = `not as described: ${exchange.method} ${exchange.path} ${exchange.status}: ${fault}`;
      faults.set(sentence, (faults.get(sentence) ?? 0) + 1);
    }
  for (const [fault, times] of faults) console.error(`${fault} (${times} times)`);
  const unseen = whole ? description.unseen() : [];
  for (const one of unseen) console.error(`described, but never answered in these tests: ${one}`);
  if (lines.length === 0) console.error('no exchange was seen: this test would find nothing');
  console.error(`${lines.length} exchanges, ${faults.size} of them not as described`);
  return lines.length > 0 && faults.size === 0 && unseen.length === 0;
}

child.on('close', (code) => {
  const traced = left(traces), exchanged = left(exchanges);
  rmSync(folder, { recursive: true });
  const fine = [names_nobody(traced), is_as_described(exchanged)].every(Boolean);
  process.exit(code || (fine ? 0 : 1));
});
