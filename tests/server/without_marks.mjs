// Runs a test program, and then looks for the people of its stories where nobody may be named: in what the nodes have
// logged, in their metrics, and in the addresses that were asked for. Line by line, as a long run leaves millions.
// Run: node without_marks.mjs PROGRAM ARGUMENT…
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { lines_with_people, must_bear } from './marks.mjs';

const SKIPPED = 77;
const borne = ['演示', '31011019500101', '13800000000'];
must_bear(join(import.meta.dirname, 'town.cpp'), borne);
must_bear(join(import.meta.dirname, '../../server/drill/people.cpp'), borne);

let lines = 0, named = 0, looked = false;
function look_at(line) {
  if (!line) return;
  lines += 1;
  looked ||= line.startsWith('# TYPE');
  if (lines_with_people([line]).length === 0) return;
  named += 1;
  console.error(`names a person: ${line}`);
}

const folder = mkdtempSync(join(tmpdir(), 'tongban-marks-'));
const traces = join(folder, 'traces');
const child = spawn(process.argv[2], process.argv.slice(3), {
  env: { ...process.env, TONGBAN_TRACES: traces }, stdio: ['ignore', 'inherit', 'pipe'],
});
child.stderr.pipe(process.stderr);
createInterface({ input: child.stderr }).on('line', look_at);
const [code, signal] = await once(child, 'close');
if (existsSync(traces)) for await (const line of createInterface({ input: createReadStream(traces) })) look_at(line);
rmSync(folder, { recursive: true });

if (signal) console.error(`ended by ${signal}`);
if (!looked) console.error('no metrics were seen: this test would find nothing');
console.error(`${lines} lines of logs, metrics and addresses, ${named} with a person in them`);
if (signal || named > 0) process.exit(1);
process.exit(code === SKIPPED || code > 0 || looked ? code : 1);
