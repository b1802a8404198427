// Words that no screen, no program and no letter says are dead, and are translated for nothing.
// Run: node tests/lint/words.mjs [ROOT]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2] ?? '.';
const counted_from = /^(Where|Weekday|Month)[A-Z0-9]/;   // the first of them is named, the others by their number
const words = Object.keys(JSON.parse(readFileSync(join(root, 'assets/words/zh.json'), 'utf8')));
const names = execFileSync('git', ['-C', root, 'ls-files', 'client', 'server', 'shared'], { encoding: 'utf8' }).split('\n');
const said = new Set(names.filter((name) => /\.(h|cpp|in|js|mjs)$/.test(name)).flatMap((name) => readFileSync(join(root, name), 'utf8').match(/\b[A-Z]\w+/g) ?? []));

const dead = words.filter((word) => !counted_from.test(word) && !said.has(word));
for (const word of dead) console.error(`${word}: nobody says it`);
console.log(`${words.length} words, ${dead.length} of them dead`);
process.exit(dead.length ? 1 : 0);
