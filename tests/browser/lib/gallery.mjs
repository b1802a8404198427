// One page with all the pictures of this build: a part for each screen with the numbers of its mock-ups, a row for each
// size, a column for each look. TONGBAN_MOCKUPS names a folder with the mock-ups ("01-….png"), to lay them beside.
// Run by itself: node tests/browser/lib/gallery.mjs
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { screens as folder } from './nodes.mjs';
import { sizes } from './portal.mjs';
import { looks, pictured } from './screens.mjs';

const style = `body{font:16px/1.5 sans-serif;margin:0 24px 60px;background:#e4e2dc;color:#14201f}nav{position:sticky;top:0;background:#e4e2dc;padding:10px 0;border-bottom:1px solid #999}
nav a{margin-right:14px;color:#0a5257}h2{margin:36px 0 8px}table{border-spacing:12px 8px}th{text-align:left;font-weight:400;vertical-align:top}td{vertical-align:top}
img{display:block;max-height:440px;max-width:520px;border:1px solid #999;background:#fff}caption{text-align:left}`;

const picture = (path, alt) => (existsSync(join(folder, path)) ? `<td><a href="${path}"><img loading="lazy" src="${path}" alt="${alt}"></a></td>` : '<td></td>');

function drawn(numbers) {
  const where = process.env.TONGBAN_MOCKUPS, files = where && existsSync(where) ? readdirSync(where) : [];
  const found = numbers.map((number) => files.find((name) => name.startsWith(`${number}-`))).filter(Boolean);
  return found.map((name) => `<td><a href="${pathToFileURL(join(where, name))}"><img loading="lazy" src="${pathToFileURL(join(where, name))}" alt="mock-up ${name}"></a></td>`).join('');
}

function part(name, numbers) {
  const columns = ['', ...looks.map((look) => look.name)].filter((look) => Object.keys(sizes).some((size) => existsSync(join(folder, size, `${name}${look && `-${look}`}.png`))));
  if (!columns.length) return '';
  const rows = Object.keys(sizes).map((size) => `<tr><th>${size}</th>${columns.map((look) => picture(`${size}/${name}${look && `-${look}`}.png`, `${name} at ${size} ${look}`)).join('')}</tr>`);
  const beside = drawn(numbers);
  return `<section id="${name}"><h2>${name}</h2><p>${numbers.length ? `mock-ups ${numbers.join(', ')}` : 'no mock-up'}</p>
<table>${beside && `<tr><th>mock-up</th>${beside}</tr>`}<tr><th></th>${columns.map((look) => `<th>${look || 'normal'}</th>`).join('')}</tr>${rows.join('')}</table></section>`;
}

export function write_gallery() {
  if (!existsSync(folder)) return;
  const known = pictured();
  const is_known = (file) => known.some(([name]) => file === `${name}.png` || looks.some((look) => file === `${name}-${look.name}.png`));
  const others = [...new Set(Object.keys(sizes).flatMap((size) => (existsSync(join(folder, size)) ? readdirSync(join(folder, size)) : [])))]
    .filter((file) => file.endsWith('.png') && !is_known(file)).sort().map((file) => [file.slice(0, -4), []]);
  const parts = [...known, ...others];
  writeFileSync(join(folder, 'index.html'), `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tongban: every screen of this build</title><style>${style}</style>
<h1>Every screen of this build</h1><nav>${parts.map(([name]) => `<a href="#${name}">${name}</a>`).join('')}</nav>
${parts.map(([name, numbers]) => part(name, numbers)).join('\n')}</html>
`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) write_gallery();
