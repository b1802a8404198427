// Runs a test program, and then looks at what went on. For the people of its stories, where nobody may be named: in what the nodes
// have logged, in their metrics, and in the addresses that were asked for. And for what was asked and answered otherwise than the
// node's own description says. Line by line, as a long run leaves millions.
// Run: node watched.mjs [--whole | --people] PROGRAM ARGUMENT…
//   --whole   every JSON answer of the description must have been seen
//   --people  looks for people only
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Description } from './description.mjs';
import { lines_with_people, must_bear } from './marks.mjs';

const SKIPPED = 77;
const borne = ['演示', '31011019500101', '13800000000'];
must_bear(join(import.meta.dirname, 'town.cpp'), borne);
must_bear(join(import.meta.dirname, '../../server/drill/people.cpp'), borne);

/// Takes what the nodes say, line by line.
class People {
  lines = 0;
  named = 0;
  looked = false;

  see(line) {
    if (!line) return;
    this.lines += 1;
    this.looked ||= line.startsWith('# TYPE');
    if (lines_with_people([line]).length === 0) return;
    this.named += 1;
    console.error(`names a person: ${line}`);
  }
  fine() {
    if (!this.looked) console.error('no metrics were seen: this test would find nothing');
    console.error(`${this.lines} lines of logs, metrics and addresses, ${this.named} with a person in them`);
    return this.looked && this.named === 0;
  }
}

/// Takes what raw_client.cpp leaves behind: a line for each request and its answer.
class Exchanges {
  seen = 0;
  faults = new Map();

  constructor(description) { this.description = description; }
  see(line) {
    if (!line) return;
    this.seen += 1;
    const [method, target, status, type, asked, answered] = line.split(' ');
    const text = (octets) => Buffer.from(octets, 'base64url').toString();
    const exchange = { method, path: target.split('?')[0], status: Number(status), type, asked: text(asked), answered: text(answered) };
    for (const fault of this.description.faults(exchange)) {
      const sentence = `not as described: ${exchange.method} ${exchange.path} ${exchange.status}: ${fault}`;
      this.faults.set(sentence, (this.faults.get(sentence) ?? 0) + 1);
    }
  }
  fine(whole) {
    for (const [fault, times] of this.faults) console.error(`${fault} (${times} times)`);
    const unseen = whole ? this.description.unseen() : [];
    for (const one of unseen) console.error(`described, but never answered in these tests: ${one}`);
    if (this.seen === 0) console.error('no exchange was seen: this test would find nothing');
    console.error(`${this.seen} exchanges, ${this.faults.size} of them not as described`);
    return this.seen > 0 && this.faults.size === 0 && unseen.length === 0;
  }
}

async function each_line(file, see) {
  if (existsSync(file)) for await (const line of createInterface({ input: createReadStream(file) })) see(line);
}

const mode = process.argv[2].startsWith('--') ? process.argv[2] : '';
const [program, ...options] = process.argv.slice(mode ? 3 : 2);
const folder = mkdtempSync(join(tmpdir(), 'tongban-watched-'));
const traces = join(folder, 'traces'), exchanged = join(folder, 'exchanges');
const kept = mode === '--people' ? {} : { TONGBAN_EXCHANGES: exchanged };
const child = spawn(program, options, { env: { ...process.env, TONGBAN_TRACES: traces, ...kept }, stdio: ['ignore', 'inherit', 'pipe'] });
const people = new People();
child.stderr.pipe(process.stderr);
createInterface({ input: child.stderr }).on('line', (line) => people.see(line));
const [code, signal] = await once(child, 'close');

await each_line(traces, (line) => people.see(line));
const checks = [people.fine()];
if (mode !== '--people') {
  const exchanges = new Exchanges(new Description(join(process.env.TONGBAN_SOURCE_DIR, 'server/openapi.yaml')));
  await each_line(exchanged, (line) => exchanges.see(line));
  checks.push(exchanges.fine(mode === '--whole'));
}
rmSync(folder, { recursive: true });

if (signal) console.error(`ended by ${signal}`);
if (signal) process.exit(1);
process.exit(code === SKIPPED || code > 0 || checks.every(Boolean) ? code : 1);
