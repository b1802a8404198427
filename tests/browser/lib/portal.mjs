// The portal in a page: opening it, waiting until it is quiet, asking what it drew and what it says to axe, pictures.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deps } from './chromium.mjs';
import { screens } from './nodes.mjs';

export const sizes = {
  '390x844': { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  '1024x768': { viewport: { width: 1024, height: 768 }, deviceScaleFactor: 1, hasTouch: true },
  '1366x768': { viewport: { width: 1366, height: 768 }, deviceScaleFactor: 1 },
};

/// Counts in the page what the portal does: messages from its worker, frames, timers. And tells what is still on its way.
const counting = () => {
  const counts = { messages: 0, frames: 0, timers: 0, animation: 0, last: performance.now() };
  globalThis.__counts = counts;
  const fonts = new Set(), answered = new Set();
  let portal;
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      if (args[1]?.name !== 'portal') return;
      portal = this;
      this.addEventListener('message', ({ data }) => {
        counts.last = performance.now();
        if (data.audit) return answered.add(data.audit);
        ++counts.messages;
        if (data.effect?.t === 'frame') ++counts.frames;
        if (data.effect?.t === 'font') fonts.add(data.effect.name);
      });
    }
    postMessage(data, ...rest) {
      if (data.message?.t === 'font') fonts.delete(data.message.name);
      super.postMessage(data, ...rest);
    }
    terminate() {
      portal = undefined;
      super.terminate();
    }
  };
  /// Whether everything that the portal was told before the first call with this number has been dealt with, and every
  /// font that it asked for has come. The portal is asked for an audit: its answer comes behind all the others.
  const asked = new Set();
  globalThis.__caught_up = (number) => {
    if (!portal || !document.documentElement.classList.contains('live')) return true;
    if (!asked.has(number)) portal.postMessage({ audit: number });
    asked.add(number);
    return answered.has(number) && fonts.size === 0;
  };
  // Without a canvas there is no worker: what changes is the page itself.
  addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
    if (!document.documentElement.classList.contains('flowing')) return;
    ++counts.frames;
    counts.last = performance.now();
  }).observe(document.getElementById('page') ?? document.body, { subtree: true, childList: true, attributes: true, characterData: true }));
  for (const [name, what] of [['setTimeout', 'timers'], ['setInterval', 'timers'], ['requestAnimationFrame', 'animation']]) {
    const call = globalThis[name];
    // Playwright's own timers come from an isolated world and are not seen here.
    globalThis[name] = (...args) => {
      ++counts[what];
      return call.apply(globalThis, args);
    };
  }
};

/// A context in which every page is counted, errors are gathered in `context.faults`, and the language is Chinese.
export async function portal_context(browser, size, options = {}) {
  const context = await browser.newContext({ ...sizes[size], locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  context.setDefaultTimeout(20_000);
  context.faults = [];
  await context.addInitScript(counting);
  context.on('weberror', (error) => context.faults.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text())) context.faults.push(message.text());
  });
  return context;
}

/// The portal's worker begins with the text `first`. Where a service worker is at work it has to be blocked.
export const in_worker = (context, first) => context.route(/\/a\/portal-worker\./, async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: `${first}\n${await response.text()}` });
});

/// The canvas has taken the place of the prerendered page.
export const live = (page) => page.waitForFunction(() => document.documentElement.classList.contains('live'), null, { timeout: 60_000 });

/// The portal has caught up with what was done, and nothing has come from it for `ms`: the screen is as it will stay.
let questions = 0;
export const quiet = (page, ms = 250) => page.waitForFunction(([wait, number]) =>
  globalThis.__caught_up(number) && performance.now() - globalThis.__counts.last > wait, [ms, `quiet ${++questions}`], { polling: 50 });

export async function open(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await live(page);
  await quiet(page);
  return page;
}

/// The service worker controls the page and has all files of this build.
export const installed = (page) => page.evaluate(async () => {
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  }
});

/// The device's store has been made: on a first visit that comes after the first frame, and what was done before waits.
export const storing = (page) => page.waitForFunction(() => navigator.storage.getDirectory()
  .then((folder) => folder.getDirectoryHandle('tongban-store')).then(() => true, () => false), null, { polling: 100 });

/// Does what makes the portal show something else, and waits until it has, and is quiet again.
export async function settled(page, action) {
  const before = await page.evaluate(() => globalThis.__counts.frames);
  const result = await action();
  await page.waitForFunction((frames) => globalThis.__counts.frames > frames, before, { polling: 50 });
  await quiet(page);
  return result;
}

/// Goes to another route the way "back" does, without loading the page anew.
export async function visit(page, path) {
  if (await page.evaluate((to) => location.pathname + location.search === to, path)) return quiet(page);
  await settled(page, () => page.evaluate((to) => {
    history.pushState({ key: 1e6 + Math.floor(Math.random() * 1e6) }, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
  }, path));
}

const picture = (size, name) => {
  const path = join(screens, size, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  return path;
};

/// The screen as it stands, as build/screens/<size>/<name>.png.
export async function shoot(page, size, name) {
  await page.mouse.move(0, 0);   // nothing is hovered over
  await quiet(page, 300);
  await page.screenshot({ path: picture(size, name) });
}

/// The same screen at all three sizes; afterwards the page is as large as before.
export async function shoot_all(page, name) {
  const before = page.viewportSize();
  for (const [size, { viewport }] of Object.entries(sizes)) {
    if (page.viewportSize().width !== viewport.width) await page.setViewportSize(viewport);
    await shoot(page, size, name);
  }
  await page.setViewportSize(before);
  await quiet(page);
}

/// What is wrong with the twin, in sentences: of the portal's own audit (names, keys, sizes) and of rectangles.
export const audit = (page) => page.evaluate(() => globalThis.__tongban_audit());

const axe_source = readFileSync(join(deps, 'npm/node_modules/axe-core/axe.min.js'), 'utf8');
/// Violations that axe calls serious or critical, as "rule: selector selector". Contrast is drawn on a canvas, which axe
/// can't see: the paint's own test checks its pairs.
export async function axe(page) {
  await page.evaluate(axe_source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'color-contrast': { enabled: false } }, resultTypes: ['violations'],
  }));
  return violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)) }));
}

/// How much wider than the window anything is that doesn't scroll by itself.
export const overflow = (page) => page.evaluate(() => {
  const wide = document.documentElement.clientWidth;
  const right = Math.max(...[...document.querySelectorAll('#portal .twin *')].filter((e) => e.getClientRects().length && !e.closest('.sr')).map((e) => e.getBoundingClientRect().right), 0);
  return { page: document.scrollingElement.scrollWidth - wide, element: Math.max(0, right - wide) };
});

/// On how many pages of A4 stands what `press` prints.
export async function pages_printed(page, press, look = async () => {}) {
  await page.evaluate(() => {
    globalThis.__printed = false;
    globalThis.print = () => { globalThis.__printed = true; };
  });
  await press();
  await page.waitForFunction(() => globalThis.__printed);
  await page.emulateMedia({ media: 'print' });
  await look(page.locator('#print'));   // printing takes the sheet away
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  await page.emulateMedia({ media: 'screen' });
  return [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
}

/// No error was thrown or printed by any page of the context.
export function assert_no_faults(context) {
  assert.deepEqual(context.faults, []);
}
