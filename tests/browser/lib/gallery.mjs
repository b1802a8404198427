// One page with all the screenshots of this build, size by size.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screens } from './nodes.mjs';

export function write_gallery() {
  if (!existsSync(screens)) return;
  const sizes = readdirSync(screens, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  const names = [...new Set(sizes.flatMap((size) => readdirSync(join(screens, size))))].filter((name) => name.endsWith('.png')).sort();
  const cell = (size, name) => existsSync(join(screens, size, name))
    ? `<td><a href="${size}/${name}"><img loading="lazy" src="${size}/${name}" alt="${name} at ${size}"></a></td>` : '<td></td>';
  const rows = names.map((name) => `<tr><th>${name.replace('.png', '')}</th>${sizes.map((size) => cell(size, name)).join('')}</tr>`).join('\n');
  writeFileSync(join(screens, 'index.html'), `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tongban: all screens of this build</title>
<style>body{font:15px sans-serif;background:#ddd}td,th{vertical-align:top;padding:8px;text-align:left}img{max-height:520px;max-width:520px;border:1px solid #999}</style>
<table><tr><th></th>${sizes.map((size) => `<th>${size}</th>`).join('')}</tr>
${rows}
</table></html>
`);
}
