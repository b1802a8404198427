// The first visit, as slow lines see it: what the home waits for, and what it doesn't. Run: node --test tests/browser/start.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert_no_faults, in_worker, live, portal_context, quiet } from './lib/portal.mjs';
import { browser, node } from './lib/stage.mjs';
import { say } from './lib/words.mjs';

const main_fonts = /\/a\/main-(regular|bold)\./, second_part = /\/a\/portal-later\./;
/// Requests that match are held until released; what was asked for is counted.
async function hold(context, pattern) {
  const held = [];
  await context.route(pattern, (route) => { held.push(route); });
  return { asked: () => held.length, release: () => Promise.all(held.splice(0).map((route) => route.continue())) };
}

for (const [size, locale] of [['390x844', 'zh-CN'], ['1024x768', 'zh-CN'], ['1366x768', 'zh-CN'], ['1366x768', 'en-US']]) {
  test(`the home is drawn with the first slices of the fonts alone, at ${size} in ${locale}`, async () => {
    const context = await portal_context(browser, size, { locale });
    const fonts = await hold(context, main_fonts);
    const page = await context.newPage();
    await page.goto(node.url);
    await live(page);
    await fonts.release();
    assert_no_faults(context);
    await context.close();
  });
}

test('a home whose bold letters come last waits for them, and does not ask for the large fonts instead', async () => {
  const context = await portal_context(browser, '390x844');
  const bold = await hold(context, /\/a\/home-bold\./), large = await hold(context, main_fonts);
  const page = await context.newPage();
  const pinyin = page.waitForRequest(/pinyin\.bin/);   // asked for when the catalogue is being opened
  await page.goto(node.url);
  await pinyin;
  await page.waitForTimeout(1000);
  assert.equal(await page.evaluate(() => document.documentElement.classList.contains('live')), false);
  assert.equal(large.asked(), 0);
  await bold.release();
  await live(page);
  await large.release();
  assert_no_faults(context);
  await context.close();
});

test('the catalogue is asked for before the fonts on a first visit, and before anybody knows whether anything is kept', async () => {
  const context = await portal_context(browser, '390x844');
  await context.addInitScript(() => { if (globalThis.StorageManager) StorageManager.prototype.getDirectory = () => new Promise(() => {}); });
  const page = await context.newPage(), asked = [];
  page.on('request', (request) => asked.push(/keys\.json|current\.snap|home-regular/.exec(request.url())?.[0]));
  const all = Promise.all([/keys\.json/, /current\.snap/, /home-regular/].map((pattern) => page.waitForRequest(pattern)));
  await page.goto(node.url);
  await all;
  assert.deepEqual(asked.filter(Boolean).slice(0, 3), ['keys.json', 'current.snap', 'home-regular']);
  assert_no_faults(context);
  await context.close();
});

test('the home is drawn while the second part of the module is on its way', async () => {
  const context = await portal_context(browser, '390x844');
  const part = await hold(context, second_part);
  const page = await context.newPage();
  await page.goto(node.url);
  await live(page);
  await part.release();
  assert_no_faults(context);
  await context.close();
});

test('the large fonts and the offline copy wait until the module is whole and the store is open', async () => {
  const context = await portal_context(browser, '390x844');
  const part = await hold(context, second_part), sqlite = await hold(context, /\/a\/sqlite3\./), fonts = [];
  const page = await context.newPage();
  page.on('request', (request) => { if (main_fonts.test(request.url())) fonts.push(request.url()); });
  const copying = () => page.evaluate(async () => Boolean(await navigator.serviceWorker.getRegistration()));
  await page.goto(node.url);
  await live(page);
  await page.waitForTimeout(500);
  assert.deepEqual([fonts.length, await copying()], [0, false], 'while the second part is on its way');
  await part.release();
  while (!sqlite.asked()) await page.waitForTimeout(50);
  await page.waitForTimeout(500);
  assert.deepEqual([fonts.length, await copying()], [0, false], 'while the store is on its way');
  await sqlite.release();
  await page.waitForFunction(async () => Boolean(await navigator.serviceWorker.getRegistration()));
  while (fonts.length < 2) await page.waitForTimeout(50);
  assert_no_faults(context);
  await context.close();
});

test('that something is kept on the device is said once it is', async () => {
  const context = await portal_context(browser, '1366x768');
  const sqlite = await hold(context, /\/a\/sqlite3\./);
  const page = await context.newPage(), claim = page.getByText(say('SavedHere'));
  await page.goto(node.url);
  assert.equal(await claim.count(), 0, 'the page as it comes');
  await live(page);
  while (!sqlite.asked()) await page.waitForTimeout(50);
  await quiet(page, 500);
  assert.equal(await claim.count(), 0);
  await sqlite.release();
  await claim.first().waitFor();
  assert_no_faults(context);
  await context.close();
});

test('a screen that is wanted before the second part could be had is shown once it can', async () => {
  const context = await portal_context(browser, '1366x768');
  let tries = 0;
  await context.route(second_part, (route) => (++tries <= 2 ? route.abort() : route.continue()));
  const page = await context.newPage();
  await page.goto(node.url);
  await live(page);
  await page.getByRole('searchbox').fill('jlk');
  await page.getByRole('link', { name: say('NavHelp') }).first().click();
  await page.getByRole('heading', { level: 1, name: say('HelpTitle') }).waitFor();
  assert.ok(tries > 2);
  assert_no_faults(context);
  await context.close();
});

test('a module whose first part does not arrive at once is asked for again', async () => {
  const context = await portal_context(browser, '1366x768');
  let tries = 0;   // the page's preload, then the worker
  await context.route(/\/a\/portal-first\./, (route) => (++tries <= 2 ? route.abort() : route.continue()));
  const page = await context.newPage();
  await page.goto(node.url);
  await live(page);
  assert.ok(tries > 2);
  await context.close();
});

/// How many colours the picture of the page has: a blank one has one.
const colours = (page) => page.evaluate(() => {
  const shown = document.querySelector('.layer-main canvas'), copy = new OffscreenCanvas(shown.width, shown.height).getContext('2d');
  copy.drawImage(shown, 0, 0);
  return new Set(new Uint32Array(copy.getImageData(0, 0, shown.width, shown.height).data.buffer)).size;
});

test('while the catalogue is on its way, the home is drawn as far as it goes, and nobody sees it', async () => {
  const context = await portal_context(browser, '390x844', { serviceWorkers: 'block' });
  await in_worker(context, `globalThis.__widest = 0;
    const upload = WebGL2RenderingContext.prototype.texImage2D;
    WebGL2RenderingContext.prototype.texImage2D = function (...given) { __widest = Math.max(__widest, given[3]); return upload.apply(this, given); };`);
  let let_go;
  const held = new Promise((resolve) => { let_go = resolve; });
  await context.route(/current\.snap/, async (route) => { await held; await route.continue(); });
  const page = await context.newPage(), started = page.waitForEvent('worker', (worker) => /portal-worker/.test(worker.url()));
  await page.goto(node.url);
  const worker = await started;
  for (const begin = Date.now(); !(await worker.evaluate(() => __widest >= 1024)); ) {
    assert.ok(Date.now() - begin < 20_000, 'no character has been drawn');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(!(await page.evaluate(() => document.documentElement.classList.contains('live'))));
  let_go();
  await live(page);
  await context.close();
});

test('a GPU that has lost what it had gets it again', async () => {
  const context = await portal_context(browser, '390x844');
  await in_worker(context, `const get = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (...kind) { return (globalThis.__gl = get.apply(this, kind)); };`);
  const page = await context.newPage(), started = page.waitForEvent('worker', (worker) => /portal-worker/.test(worker.url()));
  await page.goto(node.url);
  await live(page);
  const worker = await started;
  await worker.evaluate(() => new Promise((resolve) => {
    const loss = globalThis.__gl.getExtension('WEBGL_lose_context');
    globalThis.__gl.canvas.addEventListener('webglcontextrestored', () => resolve(), { once: true });
    globalThis.__gl.canvas.addEventListener('webglcontextlost', () => setTimeout(() => loss.restoreContext(), 50), { once: true });
    loss.loseContext();
  }));
  await page.getByRole('link', { name: say('NavCentres') }).first().click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await quiet(page, 400);
  assert.ok(await colours(page) > 20);
  assert_no_faults(context);
  await context.close();
});

test('where workers have no WebGL2 the page draws by itself', async () => {
  const context = await portal_context(browser, '390x844');
  await in_worker(context, 'OffscreenCanvas.prototype.getContext = () => null;');
  const page = await context.newPage();
  await page.goto(node.url);
  await live(page);
  await page.getByRole('searchbox').fill('jlk');
  await page.getByRole('link', { name: /敬老/ }).first().waitFor();
  await quiet(page, 400);
  assert.ok(await colours(page) > 20);
  assert_no_faults(context);
  await context.close();
});

test('a deep link is never drawn by the first part alone', async () => {
  const context = await portal_context(browser, '1366x768');
  const part = await hold(context, second_part);
  const page = await context.newPage();
  await page.goto(`${node.url}/item/i109`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(1500);
  assert.equal(await page.evaluate(() => document.documentElement.classList.contains('live')), false, 'the prerendered guide stays');
  await part.release();
  await live(page);
  assert_no_faults(context);
  await context.close();
});
