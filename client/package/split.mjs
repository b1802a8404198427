// Splits the portal's module in two: what the first frame of the home needs, and what can come a moment later.
//   node split.mjs --wasm portal.wasm --archive LIB… --root BUILD --later later.txt --first first.wasm --rest later.wasm
//                  --nm emnm --splitter wasm-split
// --wasm must have the names of its functions (--profiling-funcs, --no-demangle). later.txt names sources, one a line
// ("client/views/case.cpp"; a trailing * stands for anything): a function goes into the second part when every object
// that defines it is of such a source. A function that is wanted before the second part is there brings it in
// (shell/second-part.js), so the list decides about bytes and milliseconds, never about what works.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const { values: options } = parseArgs({ options: { wasm: text, later: text, root: text, first: text, rest: text, nm: text, splitter: text,
  archive: { type: 'string', multiple: true } } });
const fail = (sentence) => { console.error(`split: ${sentence}`); process.exit(1); };
for (const name of ['wasm', 'later', 'root', 'first', 'rest', 'nm', 'splitter', 'archive'])
  if (!options[name]) fail(`say --${name}.`);

const patterns = readFileSync(options.later, 'utf8').split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean);
const unused = new Set(patterns);
function is_later(source) {
  const pattern = patterns.find((p) => (p.endsWith('*') ? source.startsWith(p.slice(0, -1)) : source === p));
  unused.delete(pattern);
  return pattern !== undefined;
}

/// The archive's folder and the member's name are the source's; third-party parts have no folder but a name.
function source_of(archive, member) {
  const folder = relative(options.root, dirname(archive));
  const part = folder || /libtongban_(.+)\.a$/.exec(archive)?.[1];
  return `${part}/${member.replace(/\.o$/, '')}`;
}

/// The functions that no source of the first part defines.
function functions_to_move() {
  const sides = new Map();
  const listing = execFileSync(options.nm, ['--defined-only', '-A', ...options.archive], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  for (const line of listing.split('\n')) {
    const [, archive, member, name] = /^(.*\.a):([^:]+): \S+ [tTwW] (.+)$/.exec(line) ?? [];
    if (name) sides.set(name, (sides.get(name) ?? true) && is_later(source_of(archive, member)));
  }
  return new Set([...sides].filter(([, later]) => later).map(([name]) => name));
}

/// The module's own functions, {name, size}: from its import, code and name sections.
function functions_in(bytes) {
  let at = 8, imported = 0;
  const sizes = [], names = new Map();
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const octet = bytes[at++];
      value += (octet & 127) * 2 ** shift;
      if (octet < 128) return value;
    }
  };
  const word = () => { const size = number(); return bytes.subarray(at, (at += size)).toString('utf8'); };
  const limits = () => { const has_most = bytes[at++] & 1; number(); if (has_most) number(); };
  const skip_import = [() => { number(); ++imported; }, () => { ++at; limits(); }, limits, () => { at += 2; }];
  const sections = {
    0: (end) => {
      if (word() !== 'name') return;
      while (at < end) {
        const kind = bytes[at++], after = number() + at;
        if (kind === 1) for (let count = number(); count > 0; --count) names.set(number(), word());
        at = after;
      }
    },
    2: () => { for (let count = number(); count > 0; --count) { word(); word(); skip_import[bytes[at++]](); } },
    10: () => { for (let count = number(); count > 0; --count) { sizes.push(number()); at += sizes.at(-1); } },
  };
  while (at < bytes.length) {
    const id = bytes[at++], end = number() + at;
    sections[id]?.(end);
    at = end;
  }
  return sizes.map((size, index) => ({ name: names.get(imported + index), size })).filter(({ name }) => name);
}

// Of small functions that are the same to the letter the linker's optimiser leaves one, under the name of any.
const shared = ({ name, size }) => size < (/^_ZNK?St3__2/.test(name) ? 256 : 128);

const functions = functions_in(readFileSync(options.wasm));
if (!functions.length) fail(`${options.wasm} has no names: link it with --profiling-funcs.`);
const movable = functions_to_move(), moved = functions.filter((one) => movable.has(one.name) && !shared(one)).map(({ name }) => name);
if (unused.size) fail(`no source is called ${[...unused].join(', ')}: mend ${options.later}.`);

const scratch = mkdtempSync(join(tmpdir(), 'tongban-split-'));
try {
  writeFileSync(join(scratch, 'functions'), moved.join('\n'));
  execFileSync(options.splitter, [options.wasm, '--split', `--split-funcs=@${join(scratch, 'functions')}`, '--import-namespace=first',
    '--placeholder-namespace=later', '-o1', options.first, '-o2', options.rest, '--enable-bulk-memory', '--enable-sign-ext', '--enable-mutable-globals'], { stdio: 'inherit' });
} finally {
  rmSync(scratch, { recursive: true });
}
console.log(`split: ${functions.length - moved.length} functions first, ${moved.length} later`);
