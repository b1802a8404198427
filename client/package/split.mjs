// Splits the portal's module in two: what first visits call until the home stands, and what can come a moment later.
//   node split.mjs --module DIR --out DIR --answers DIR --fonts DIR --splitter wasm-split
//   node split.mjs --module DIR --out DIR --whole     all in the first part, nothing in the second
// Which functions that are is seen by rehearsing first visits (rehearse.mjs), so there is no list to keep. A function
// that is wanted before the second part is there brings it in (shell/second-part.js): what the rehearsals miss costs
// milliseconds, and breaks nothing. With the same inputs as the last time, nothing is done.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rehearse } from './rehearse.mjs';

const text = { type: 'string' };
const { values: options } = parseArgs({ options: { module: text, out: text, answers: text, fonts: text, splitter: text, whole: { type: 'boolean' } } });
const fail = (sentence) => { console.error(`split: ${sentence}`); process.exit(1); };
for (const name of ['module', 'out', ...(options.whole ? [] : ['answers', 'fonts', 'splitter'])]) if (!options[name]) fail(`say --${name}.`);
const whole = join(options.module, 'portal.wasm'), script = join(options.module, 'portal.js');
if (!existsSync(whole)) {
  console.log(`split: ${whole} isn't built yet`);
  process.exit();
}

const features = ['--enable-bulk-memory', '--enable-sign-ext', '--enable-mutable-globals'];
const splitter = (...words) => execFileSync(options.splitter, words, { stdio: 'inherit' });

function inputs() {
  const here = dirname(fileURLToPath(import.meta.url)), digest = createHash('sha256');
  const fonts = readdirSync(options.fonts).filter((name) => /^(home|main|rare-20000)\b/.test(name)).sort().map((name) => join(options.fonts, name));
  const answers = readdirSync(options.answers).sort().map((name) => join(options.answers, name));
  for (const path of [whole, script, ...fonts, ...answers, join(here, 'split.mjs'), join(here, 'rehearse.mjs')]) digest.update(readFileSync(path));
  digest.update(execFileSync(options.splitter, ['--version']));
  return digest.digest('hex');
}

async function split(scratch) {
  const instrumented = join(scratch, 'instrumented.wasm'), seen = join(scratch, 'seen.prof');
  splitter('--instrument', whole, '-o', instrumented, ...features);
  const profiles = await rehearse({ script, code: readFileSync(instrumented), answers: options.answers, fonts: options.fonts, scratch });
  const paths = profiles.map((profile, number) => {
    const path = join(scratch, `${number}.prof`);
    writeFileSync(path, profile);
    return path;
  });
  splitter('--merge-profiles', ...paths, '-o', seen);
  splitter('--split', whole, `--profile=${seen}`, '--import-namespace=first', '--placeholder-namespace=later',
    '-o1', join(options.out, 'portal-first.wasm'), '-o2', join(options.out, 'portal-later.wasm'), ...features);
  copyFileSync(script, join(options.out, 'portal.js'));
  const octets = (name) => readFileSync(join(options.out, name)).length.toLocaleString('en');
  console.log(`split: ${profiles.length} first visits rehearsed; ${octets('portal-first.wasm')} octets first, ${octets('portal-later.wasm')} later`);
}

function leave_whole() {
  mkdirSync(options.out, { recursive: true });
  copyFileSync(script, join(options.out, 'portal.js'));
  copyFileSync(whole, join(options.out, 'portal-first.wasm'));
  writeFileSync(join(options.out, 'portal-later.wasm'), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));   // a module of nothing
}

if (options.whole) {
  leave_whole();
  process.exit();
}
const stamp = join(options.out, 'inputs'), now = inputs();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) {
  const scratch = mkdtempSync(join(tmpdir(), 'tongban-split-'));
  mkdirSync(options.out, { recursive: true });
  rmSync(stamp, { force: true });
  try {
    await split(scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
  writeFileSync(stamp, now);
}
// A module that keeps a timer must not keep the build.
process.exit();
