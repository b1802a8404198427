// A site made by the real packaging from the real shell, but with a page of a few lines in place of the portal: for
// tests of offline use and of new builds, which don't need the portal's module.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deps, root } from './chromium.mjs';

const main = (word) => `
import { build } from './build.js';
import { adoptFonts } from './fonts.js';
import { startOffline } from './offline.js';
import { createStore } from './store.js';
document.getElementById('page').append(Object.assign(document.createElement('p'), { id: 'word', textContent: '${word}' }));
window.tongban = { build, adoptFonts, store: createStore(), updates: [], late: () => import('./late.js') };
window.tongban.offline = startOffline({ onUpdate: (apply) => window.tongban.updates.push(apply) });
`;

/// Packages a site whose page says `word` into the folder `out`, and returns that.
export function make_site(out, word, { fonts } = {}) {
  const work = mkdtempSync(join(tmpdir(), 'tongban-shell-'));
  for (const name of ['build.js', 'offline.js', 'sw.js', 'store.js', 'store-worker.js', 'store-memory.js', 'store-protocol.js',
    'store-sqlite.js', 'data-key.js', 'fonts.js', 'index.html', 'icon.svg', 'manifest.webmanifest'])
    cpSync(join(root, 'client/shell', name), join(work, name));
  writeFileSync(join(work, 'main.js'), main(word));
  writeFileSync(join(work, 'late.js'), `export const word = '${word} late';\n`);
  const rendered = join(work, 'rendered');
  mkdirSync(join(rendered, 'item'), { recursive: true });
  writeFileSync(join(rendered, 'home.html'), `<h1>首页 ${word}</h1>`);
  writeFileSync(join(rendered, 'item/i001.html'), `<h1>失业登记 ${word}</h1>`);
  execFileSync(process.execPath, [join(root, 'client/package/package.mjs'), '--out', out, '--shell', work,
    '--sqlite', join(deps, 'npm/node_modules/@sqlite.org/sqlite-wasm/dist'), '--qr', join(deps, 'npm/node_modules/qr'), '--fonts', fonts ?? join(work, 'nofonts'),
    '--prerender', rendered, '--cache', join(tmpdir(), 'tongban-site-cache')], { stdio: ['ignore', 'ignore', 'inherit'] });
  rmSync(work, { recursive: true, force: true });
  return out;
}
