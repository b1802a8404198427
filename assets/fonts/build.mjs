// Cuts Noto Sans SC into the slices of the portal. Deterministic; does nothing when nothing has changed.
//   node build.mjs --out DIR [--catalogue characters.txt] [--words DIR] [--home words.json] [--noto DIR]
// Writes NAME.otf for each slice of characters.mjs, and slices.json: {name: {weight, count, range}}.
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { codes_of, slices, text_of, unicode_range, union, without } from './characters.mjs';
import { on_half_the_grid } from './outlines.mjs';
import { coverage } from './sfnt.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const sc = 2;  // the face of Noto's collections drawn for simplified Chinese
const run = promisify(execFile);
const fail = (sentence) => { console.error(`fonts: ${sentence}`); process.exit(1); };

const { values: options } = parseArgs({ options: {
  out: { type: 'string' }, catalogue: { type: 'string' }, words: { type: 'string' }, home: { type: 'string' },
  noto: { type: 'string', default: '/usr/share/fonts/opentype/noto' },
} });
if (!options.out) fail('say where to with --out DIR.');
const faces = { regular: join(options.noto, 'NotoSansCJK-Regular.ttc'), bold: join(options.noto, 'NotoSansCJK-Bold.ttc') };
for (const path of Object.values(faces))
  if (!existsSync(path)) fail(`${path} is missing: install the package fonts-noto-cjk.`);

const text = (path) => (path && existsSync(path) ? readFileSync(path, 'utf8') : '');
const words = options.words && existsSync(options.words)
  ? readdirSync(options.words).filter((name) => name.endsWith('.json')).sort().map((name) => text(join(options.words, name))).join('')
  : '';
const home_text = text(join(here, 'home.txt'));
const home = options.home && existsSync(options.home) ? JSON.parse(text(options.home)) : { regular: home_text, bold: home_text };
const inputs = {
  home: home.regular,
  home_bold: home.bold,
  said: home_text + words + text(options.catalogue),
  symbols: text(join(here, 'symbols.txt')),
};
const sorted = (value) => text_of(codes_of(value));

// The stamp holds what the result depends on: the characters, the recipe, and the source fonts.
const stamp_path = join(options.out, 'stamp');
const stamp = createHash('sha256')
  .update(JSON.stringify(Object.values(inputs).map(sorted)))
  .update(['build.mjs', 'characters.mjs', 'outlines.mjs', 'sfnt.mjs'].map((name) => readFileSync(join(here, name))).join(''))
  .update(Object.values(faces).map((path) => `${path} ${statSync(path).size} ${statSync(path).mtimeMs}`).join(''))
  .digest('hex');
if (text(stamp_path) === stamp) process.exit(0);

async function cut(name, codes) {
  const weight = name.endsWith('-bold') ? 'bold' : 'regular', list = join(options.out, `${name}.txt`), out = join(options.out, `${name}.otf`);
  writeFileSync(list, text_of(codes));
  // No hints and no subroutines: stb_truetype needs neither, and brotli packs flat outlines better.
  await run('hb-subset', [faces[weight], `--face-index=${sc}`, `--text-file=${list}`, '--no-hinting', '--desubroutinize',
    '--layout-features=', '--drop-tables+=GPOS,GSUB,GDEF,BASE,VORG,vhea,vmtx', `--output-file=${out}`])
    .catch((error) => fail(`hb-subset could not cut ${name} (package libharfbuzz-bin): ${error.message}`));
  rmSync(list);
  writeFileSync(out, on_half_the_grid(readFileSync(out)));
  const missing = without(codes, coverage(out));
  if (missing.size) fail(`${name} came out without ${missing.size} of its characters: ${text_of(missing).slice(0, 40)}`);
}

async function main() {
  rmSync(options.out, { recursive: true, force: true });
  mkdirSync(options.out, { recursive: true });
  const drawn_by_regular = coverage(faces.regular, sc), drawn_by_bold = coverage(faces.bold, sc);
  const said = codes_of(inputs.said + inputs.home);
  const unknown = without(said, drawn_by_regular);
  if (unknown.size) console.warn(`fonts: Noto has no glyph for ${unknown.size} characters that the portal says: ${text_of(unknown)}`);
  const all = slices({ home: codes_of(inputs.home), home_bold: codes_of(inputs.home_bold), said, symbols: codes_of(inputs.symbols), drawn_by_regular, drawn_by_bold });

  const queue = [...all];
  const worker = async () => { for (let next; (next = queue.shift()); ) await cut(...next); };
  await Promise.all([worker(), worker()]);

  const index = Object.fromEntries([...all].map(([name, codes]) => [name, {
    weight: name.endsWith('-bold') ? 700 : 400, count: codes.size, range: unicode_range(codes) }]));
  writeFileSync(join(options.out, 'slices.json'), JSON.stringify(index, null, 1) + '\n');
  writeFileSync(stamp_path, stamp);
  const shown = [...all].filter(([name]) => !name.startsWith('rare-')).map(([name, codes]) => `${name} ${codes.size}`);
  console.log(`fonts: ${shown.join(', ')}; ${all.size - shown.length} rare slices (${union(...all.values()).size} characters in all)`);
}

await main();
