// JavaScript on its way into the site: a module that something loads by its name becomes one file, with all that it
// imports, made small by esbuild. What it loads itself, by import('./name') or new URL('./name', …), stays apart.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const names = (source, pattern) => [...source.matchAll(pattern)].map(([, name]) => name);

/// The modules that must be there before this one runs.
export const imported_by = (source) => names(source, /^(?:import|export)\b[^'"]*['"]\.\/([^'"]+)['"]/gm);
/// The modules that this one loads when it needs them.
export const loaded_by = (source) => names(source, /\b(?:import|new URL)\(['"]\.\/([^'"]+\.m?js)['"]/g);

/// The text of `entry` and all that it imports; `sources` has them by name.
export function bundle(entry, sources) {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-bundle-'));
  try {
    for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, name), source);
    const apart = Object.values(sources).flatMap(loaded_by).map((name) => `--external:./${name}`);
    return execFileSync('esbuild', [entry, '--bundle', '--minify', '--format=esm', '--target=es2022', '--legal-comments=none', '--log-level=error', ...apart],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
