// What the site weighs on the wire, in brotli bytes: for the first visit, and for use without a network.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

const compressed = promisify(brotliCompress);

async function catalogue_bytes(paths) {
  // A signed snapshot is compressed already; of the plain bytes take what brotli makes of them.
  const signed = paths.find((path) => path.endsWith('current.snap'));
  const wanted = paths.filter((path) => !(signed && path.endsWith('catalogue.bin')));
  const sizes = {};
  for (const path of wanted) sizes[basename(path)] = (await compressed(readFileSync(path))).length;
  return sizes;
}

export async function sizes_of({ graph, needs, stored, lengths, catalogue, pages }) {
  const br = (path) => lengths[path].br, of = (name) => br(graph.file(name).path);
  const group = (names) => names.reduce((sum, name) => sum + of(name), 0);
  const wasm = needs.fetches.filter((name) => name === 'portal-first.wasm');
  const scripts = [...needs.modules, ...needs.fetches].filter((name) => !wasm.includes(name));
  const names = (test) => graph.files().filter(test);
  const data = await catalogue_bytes(catalogue);
  const first = {
    'home page, with its style sheet': br('/'), 'shell scripts': group(scripts), 'the module, first part': group(wasm),
    'home fonts': group(needs.fonts),
  };
  const counted = new Set([...scripts, ...wasm, ...needs.fonts]);
  const module_later = names((name) => name === 'portal-later.wasm');
  const sqlite = names((name) => name === 'sqlite3.wasm' || name === 'store-sqlite.js'), main_fonts = names((name) => name.startsWith('fonts/main-'));
  const rest = Object.keys(stored).filter((path) => path !== '/').filter((path) =>
    ![...counted, ...module_later, ...sqlite, ...main_fonts].some((name) => graph.file(name).path === path));
  const later = {
    'the module, second part': group(module_later), 'SQLite': group(sqlite), 'main fonts': group(main_fonts),
    'shell page, icons, later scripts': rest.reduce((sum, path) => sum + br(path), 0),
    'service worker': br('/sw.js'), 'catalogue and pinyin': Object.values(data).reduce((sum, size) => sum + size, 0),
  };
  const total = (part) => Object.values(part).reduce((sum, size) => sum + size, 0);
  return {
    first, later, catalogue: data, prerendered_pages: pages,
    rare_fonts_bytes_br: group(names((name) => name.startsWith('fonts/rare-'))),
    'portal.first_visit_bytes_br': total(first), 'portal.offline_bytes': total(first) + total(later),
  };
}

export function print_sizes(sizes) {
  const row = (label, size) => console.log(`  ${label.padEnd(38)}${size.toLocaleString('en').padStart(10)}`);
  console.log('  brotli bytes');
  for (const [label, size] of Object.entries(sizes.first)) row(label, size);
  row('= first visit (goal 250,000)', sizes['portal.first_visit_bytes_br']);
  for (const [label, size] of Object.entries(sizes.later)) row(label, size);
  row('= all for use offline (1,500,000)', sizes['portal.offline_bytes']);
}
