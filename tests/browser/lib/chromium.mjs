// Starts Chromium the way all browser tests do. playwright-core comes from build/deps (TONGBAN_DEPS overrides).
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const deps = process.env.TONGBAN_DEPS ?? join(root, 'build/deps');
export const { chromium } = createRequire(join(deps, 'npm/'))('playwright-core');
export const executable = process.env.TONGBAN_CHROMIUM ?? '/usr/bin/chromium';
export const flags = ['--headless=new', '--no-sandbox', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const new_profile = () => mkdtempSync(join(tmpdir(), 'tongban-profile-'));

/// A browser whose contexts keep nothing on disk.
export const open_browser = () => chromium.launch({ executablePath: executable, args: flags, headless: true });

/// One that has no WebGL at all, neither on the page nor in workers. (Playwright itself would ask for it in software.)
export const open_browser_without_gl = () => chromium.launch({
  executablePath: executable, headless: true, ignoreDefaultArgs: ['--enable-unsafe-swiftshader'],
  args: [...flags.filter((flag) => flag !== '--enable-unsafe-swiftshader'), '--disable-gpu', '--disable-software-rasterizer'],
});

/// A browser with a profile of its own, closed in the ordinary way.
export const open_profile = (profile, options = {}) =>
  chromium.launchPersistentContext(profile, { executablePath: executable, args: flags, headless: true, ...options });

/// A browser whose process we own, so that a test may kill it as a dead battery would.
export async function spawn_chromium(profile) {
  const child = spawn(executable, [...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const endpoint = await new Promise((resolved, rejected) => {
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
      const match = /DevTools listening on (\S+)/.exec(text);
      if (match) resolved(match[1]);
    });
    child.on('exit', () => rejected(new Error(`Chromium ended at once: ${text.slice(-500)}`)));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  return {
    context: browser.contexts()[0],
    /// SIGKILL to the whole process group: no process has time to write anything.
    kill: () => new Promise((resolved) => {
      child.removeAllListeners('exit');
      child.on('exit', resolved);
      process.kill(-child.pid, 'SIGKILL');
    }),
  };
}
