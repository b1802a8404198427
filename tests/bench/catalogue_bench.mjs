// The catalogue's size against `xz -9e` of its canonical compact JSON, today's and one ten times as large, and the
// times of unpacking, updating and searching it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../browser/lib/chromium.mjs';
import { not_here, report, round, talk } from './lib/figures.mjs';

const build = process.env.TONGBAN_BUILD ?? join(root, 'build');
const tool = join(build, 'native/assets/compiler/catalogue_tool'), folder = join(build, 'native/catalogue');
for (const needed of [tool, join(folder, 'catalogue.bin')]) if (!existsSync(needed)) not_here(`${needed} is not built`);

const packed = (path) => execFileSync('xz', ['-9e', '-c', path], { maxBuffer: 1 << 26 }).length;

const out = mkdtempSync(join(tmpdir(), 'tongban-measure-'));
try {
  const measured = JSON.parse(execFileSync(tool, ['measure', folder, '--out', out], { encoding: 'utf8' }));
  const today = packed(join(out, 'today.json')), tenfold = packed(join(out, 'tenfold.json'));
  talk(`xz -9e: today ${today}, tenfold ${tenfold} bytes`);
  report({
    'catalogue.ratio_to_xz': round(measured['catalogue.snapshot_bytes'] / today, 3),
    'catalogue.ratio_to_xz_tenfold': round(measured['catalogue.tenfold_snapshot_bytes'] / tenfold, 3),
    'catalogue.snapshot_bytes': measured['catalogue.snapshot_bytes'],
    'catalogue.delta5_bytes': measured['catalogue.delta5_bytes'],
    'catalogue.delta5_apply_ms': round(measured['catalogue.apply_delta_us'] / 1000, 2),
    'catalogue.unpack_ms': round(measured['catalogue.unpack_us'] / 1000, 2),
    'catalogue.search_tenfold_p99_ms': round(measured['catalogue.tenfold_search_us_p99'] / 1000, 3),
    'catalogue.search_tenfold_max_ms': round(measured['catalogue.tenfold_search_us_max'] / 1000, 3),
  });
} finally {
  rmSync(out, { recursive: true, force: true });
}
