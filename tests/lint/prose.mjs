// What must stand in no tracked file: a machine's path, a registry's host, a stray marker, an over-long source.
// Run: node tests/lint/prose.mjs [ROOT]
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2] ?? '.';
const lines_at_most = { '.h': 300, '.cpp': 500, '.js': 500, '.mjs': 500 };
const rules = [
  [/(registry\.npmjs\.org|deb\.debian\.org|security\.debian\.org|registry\.yarnpkg\.com)/, "names a registry's host"],
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'carries a marker of unfinished work'],
  [/^(<<<<<<<|>>>>>>>) /, 'carries a conflict marker'],
];

const names = execFileSync('git', ['-C', root, 'ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
const faults = [];
for (const name of names) {
  if (name.startsWith('tests/lint/')) continue;
  let size;
  try { size = statSync(join(root, name)).size; } catch { continue; }  // deleted in the work tree
  if (size > 1 << 20) faults.push(`${name}: over 1 MiB; should the build make it?`);
  if (!/\.(h|cpp|c|js|mjs|css|html|md|txt|cmake|json|yaml|yml|sh)$/.test(name) && /\.[a-z0-9]+$/i.test(name)) continue;
  const lines = readFileSync(join(root, name), 'utf8').split('\n');
  const most = lines_at_most[/\.[a-z]+$/.exec(name)?.[0]];
  if (most && lines.length > most) faults.push(`${name}: ${lines.length} lines hold more than one idea (at most ${most})`);
  lines.forEach((line, index) => {
    for (const [pattern, why] of rules) if (pattern.test(line)) faults.push(`${name}:${index + 1}: ${why}`);
  });
}

for (const fault of faults) console.error(fault);
console.log(`${names.length} files read, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
