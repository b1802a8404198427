// Makes the site that the node hands out: hashed names, precompressed files, manifest.json for the server, sizes.json.
//   node package.mjs --out DIR --shell DIR --sqlite DIR --qr DIR --fonts DIR [--wasm DIR] [--prerender DIR] [--catalogue DIR]
//                    [--cache DIR] [--sqlite-module FILE] [--notice FILE]…
//                    [--route PATH]… [--strict] [--quick]
// --wasm holds portal.js and both parts of the module. Without --strict what isn't built yet is left out and named; with it, the
// build fails. --quick packs fast, and less; --route is a route that the node doesn't know by itself. Deterministic; nothing is written when nothing changed. README.md describes the result.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encode, side_by_side, suffix } from './encode.mjs';
import { font_sheets } from './fonts_css.mjs';
import { Graph, sha256, type_of } from './graph.mjs';
import { icon_png } from './icon.mjs';
import { page_in, read_prerendered, with_preloads, with_style } from './pages.mjs';
import { print_sizes, sizes_of } from './sizes.mjs';
import { slim_sqlite } from './sqlite.mjs';

const text = { type: 'string' };
const { values: options } = parseArgs({ options: {
  out: text, shell: text, sqlite: text, qr: text, fonts: text, wasm: text, prerender: text, catalogue: text, cache: text, 'sqlite-module': text,
  notice: { type: 'string', multiple: true, default: [] }, route: { type: 'string', multiple: true, default: [] }, strict: { type: 'boolean' }, quick: { type: 'boolean' } } });
const fail = (sentence) => { console.error(`site: ${sentence}`); process.exit(1); };
for (const name of ['out', 'shell', 'sqlite', 'qr', 'fonts']) if (!options[name]) fail(`say --${name} DIR.`);
const missing = [];

function collect() {
  const graph = new Graph();
  const take = (name, folder, file = name) => {
    const path = folder && join(folder, file);
    if (path && existsSync(path)) graph.add(name, () => readFileSync(path));
    else missing.push(name);
  };
  for (const name of readdirSync(options.shell).sort())
    if (/\.(js|svg)$/.test(name) && name !== 'sw.js' && name !== 'build.js') take(name, options.shell);
  graph.add('sqlite3.mjs', () => slim_sqlite(readFileSync(join(options.sqlite, 'index.mjs'), 'utf8')));
  graph.add('sqlite3.wasm', () => readFileSync(options['sqlite-module'] ?? join(options.sqlite, 'sqlite3.wasm')));
  graph.add('qr-decode.mjs', () => readFileSync(join(options.qr, 'decode.js'), 'utf8').replaceAll("'./index.js'", "'./qr-shared.mjs'"));
  take('qr-shared.mjs', options.qr, 'index.js');
  take('portal.js', options.wasm);
  take('portal-first.wasm', options.wasm);
  take('portal-later.wasm', options.wasm);
  for (const size of [180, 192, 512]) graph.add(`icon-${size}.png`, () => icon_png(size));

  const slices = existsSync(join(options.fonts, 'slices.json')) ? JSON.parse(readFileSync(join(options.fonts, 'slices.json'), 'utf8')) : {};
  if (!slices['main-regular']) missing.push('fonts');
  for (const name of Object.keys(slices).sort()) take(`fonts/${name}.otf`, options.fonts, `${name}.otf`);
  const sheets = font_sheets(slices);
  graph.add('fonts-more.css', () => sheets.more);
  const css = readdirSync(options.shell).filter((name) => name.endsWith('.css')).sort();
  return { graph, style: [sheets.home, ...css.map((name) => readFileSync(join(options.shell, name), 'utf8'))].join('\n') };
}

/// The identity of the build: everything that goes in.
function build_id(graph, pages, documents) {
  const parts = [...graph.names().sort().map((name) => `${name} ${sha256(graph.source(name))}`), ...options.route];
  const page_parts = pages.map(({ path, html, title }) => `${path} ${sha256(html)} ${title}`);
  return sha256([...parts, ...page_parts, ...documents].join('\n')).slice(0, 16);
}

function add_build_module(graph, id) {
  const computed = graph.names().filter((name) => name.startsWith('fonts/') || name === 'fonts-more.css').sort();
  graph.add('build.js', () => {
    const table = Object.fromEntries(computed.map((name) => [name, graph.file(name).path.slice('/a/'.length)]));
    return `const files = ${JSON.stringify(table)};\nexport const build = '${id}';\n` +
      'export const assetUrl = (name) => Object.hasOwn(files, name) ? new URL(files[name], import.meta.url).href : undefined;\n';
  });
}

/// What the first frame needs, by plain name.
function first_needs(graph) {
  const known = (names) => names.filter((name) => graph.has(name));
  return { modules: ['main.js'], fetches: known(['portal-worker.js', 'portal-first.wasm']),
    fonts: graph.names().filter((name) => name.startsWith('fonts/home-')).sort() };
}

/// Tags of the template that name files which aren't there are dropped.
function known_only(graph, template) {
  return template.split('\n').filter((line) => {
    const target = /(?:href|src)="\.\/([^"]+)"/.exec(line)?.[1];
    return !target || graph.has(target);
  }).join('\n');
}

function documents_of(graph, style, pages, needs, id) {
  const paths = (names) => names.map((name) => graph.file(name).path);
  const shell = readFileSync(join(options.shell, 'index.html'), 'utf8');
  const template = (fetches) => with_style(graph.link(known_only(graph, with_preloads(shell, {
    modules: paths(needs.modules), fetches: paths(fetches) }))), style);
  // The home is drawn by the module's first part; any other screen waits for both.
  const home = template(needs.fetches), other = template([...needs.fetches, ...(graph.has('portal-later.wasm') ? ['portal-later.wasm'] : [])]);
  const documents = new Map([['/index.html', other.replace('<!--content-->', '')]]);
  for (const route of options.route) documents.set(route, documents.get('/index.html'));
  for (const page of pages) documents.set(page.path, page_in(page.path === '/' ? home : other, page));
  if (!documents.has('/')) documents.set('/', documents.get('/index.html'));
  documents.set('/manifest.webmanifest', graph.link(readFileSync(join(options.shell, 'manifest.webmanifest'), 'utf8')));
  documents.set('/licences.txt', notices());
  documents.set('/sw-kill.json', '{"kill": []}\n');

  // What is stored for use without a network: all but the pages of single routes, the rare characters, and what reads codes
  // in pictures, which is no use to a window without one.
  const stored = {};
  for (const path of ['/', '/index.html', '/manifest.webmanifest']) stored[path] = sha256(documents.get(path));
  for (const name of graph.files().sort())
    if (!name.startsWith('fonts/rare-') && name !== 'qr-decode.mjs') stored[graph.file(name).path] = graph.file(name).digest;
  const worker = readFileSync(join(options.shell, 'sw.js'), 'utf8').replace(/^\s*\/\/.*\n/gm, '');
  documents.set('/sw.js', `self.BUILD = ${JSON.stringify({ id, files: stored })};\n${worker}`);
  return { documents, stored };
}

/// The licences of what the site holds of others, which ask to be handed on with it.
function notices() {
  const own_words = readFileSync(join(options.sqlite, 'index.mjs'), 'utf8').match(/\/\*[\s\S]*?\*\//)?.[0] ?? '';
  const texts = options.notice.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8').trim());
  return [own_words, ...texts].join(`\n\n${'-'.repeat(72)}\n\n`) + '\n';
}

function file_of_document(path) {
  if (path === '/') return 'p/home.html';
  const name = path.slice(1).replace(/[^\w.-]/g, '_');
  return /\.\w+$/.test(name) ? `p/${name}` : `p/${name}.html`;
}

async function write_site(graph, style, documents, id) {
  const cache = options.cache ?? `${options.out}-cache`, part = `${options.out}.part`;
  rmSync(part, { recursive: true, force: true });
  for (const folder of ['a', 'p']) mkdirSync(join(part, folder), { recursive: true });
  const hashed = graph.files().map((name) => graph.file(name)).map(({ name, path, bytes, digest }) =>
    ({ path, bytes, digest, file: path.slice(1), immutable: true, fast: options.quick || name.startsWith('fonts/rare-') }));
  const others = [...documents].map(([path, content]) => ({ path, bytes: Buffer.from(content), digest: sha256(content), file: file_of_document(path), immutable: false, fast: options.quick }));
  const manifest = {}, lengths = {};
  const entries = await side_by_side([...hashed, ...others], async (entry) => ({ ...entry, packed: await encode(entry.bytes, entry.digest, cache, entry) }));
  for (const { path, bytes, digest, file, immutable, packed } of entries.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const encodings = {};
    writeFileSync(join(part, file), bytes);
    for (const [coding, content] of Object.entries(packed)) {
      encodings[coding] = file + suffix[coding];
      writeFileSync(join(part, encodings[coding]), content);
    }
    manifest[path] = { file, type: type_of(file), immutable, etag: `"${digest.slice(0, 20)}"`, size: bytes.length, encodings };
    // The server lets this sheet stand in the page, and no other.
    if (file.endsWith('.html')) manifest[path].style = `sha256-${createHash('sha256').update(style).digest('base64')}`;
    lengths[path] = { raw: bytes.length, br: (packed.br ?? bytes).length };
  }
  writeFileSync(join(part, 'manifest.json'), JSON.stringify(manifest, null, 1) + '\n');
  writeFileSync(join(part, 'build-id'), id);
  return { part, lengths };
}

async function main() {
  const { graph, style: sheets } = collect();
  if (missing.length && options.strict) fail(`not built yet: ${missing.join(', ')}. Build the targets portal, fonts and prerender first.`);
  const pages = read_prerendered(options.prerender);
  const here = dirname(fileURLToPath(import.meta.url));
  const recipe = readdirSync(here).filter((name) => name.endsWith('.mjs')).sort().map((name) => sha256(readFileSync(join(here, name))));
  const documents_in = ['index.html', 'manifest.webmanifest', 'sw.js'].map((name) => sha256(readFileSync(join(options.shell, name))));
  const id = build_id(graph, pages, [...documents_in, ...recipe, sha256(notices()), sha256(sheets)]);
  const catalogue = ['catalogue.bin', 'current.snap', 'pinyin.bin'].map((name) => options.catalogue && join(options.catalogue, name)).filter((path) => path && existsSync(path));
  const stamp = join(options.out, 'build-id');
  const unchanged = existsSync(stamp) && readFileSync(stamp, 'utf8') === id;
  if (!unchanged) {
    add_build_module(graph, id);
    const needs = first_needs(graph), style = graph.sheet(sheets);
    const { documents, stored } = documents_of(graph, style, pages, needs, id);
    const { part, lengths } = await write_site(graph, style, documents, id);
    const sizes = await sizes_of({ graph, needs, stored, lengths, catalogue, pages: pages.length });
    writeFileSync(join(part, 'sizes.json'), JSON.stringify(sizes, null, 1) + '\n');
    rmSync(options.out, { recursive: true, force: true });
    renameSync(part, options.out);
  }
  console.log(`site: build ${id}${unchanged ? ', nothing has changed' : ''}`);
  if (!unchanged) print_sizes(JSON.parse(readFileSync(join(options.out, 'sizes.json'), 'utf8')));
  if (missing.length) console.log(`site: left out, since not there: ${missing.join(', ')}`);
}

await main().catch((error) => fail(error.message));
