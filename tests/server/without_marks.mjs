// Runs a test program, and then looks for the people of its stories where nobody may be named: in what the nodes have
// logged, in their metrics, and in the addresses that were asked for.
// Run: node without_marks.mjs PROGRAM
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lines_with_people, must_bear } from './marks.mjs';

must_bear(join(import.meta.dirname, 'town.cpp'), ['演示', '31011019500101', '13800000000']);

const folder = mkdtempSync(join(tmpdir(), 'tongban-marks-'));
const traces = join(folder, 'traces');
const child = spawn(process.argv[2], process.argv.slice(3), {
  env: { ...process.env, TONGBAN_TRACES: traces }, stdio: ['ignore', 'inherit', 'pipe'],
});
let logged = '';
child.stderr.setEncoding('utf8').on('data', (text) => {
  logged += text;
  process.stderr.write(text);
});
child.on('close', (code) => {
  const traced = existsSync(traces) ? readFileSync(traces, 'utf8') : '';
  rmSync(folder, { recursive: true });
  const lines = [...logged.split('\n'), ...traced.split('\n')].filter(Boolean);
  const named = lines_with_people(lines);
  for (const line of named) console.error(`names a person: ${line}`);
  const looked = traced.includes('tongban_connections') || traced.includes('# TYPE');
  if (!looked) console.error('no metrics were seen: this test would find nothing');
  console.error(`${lines.length} lines of logs, metrics and addresses, ${named.length} with a person in them`);
  process.exit(code || (named.length > 0 || !looked ? 1 : 0));
});
