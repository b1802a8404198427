// The service worker in real Chromium, over sites made by the real packaging. Run: node --test tests/browser/offline.test.mjs
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open_browser } from './lib/chromium.mjs';
import { make_site } from './lib/small_site.mjs';
import { serve } from './lib/serve.mjs';

const work = mkdtempSync(join(tmpdir(), 'tongban-offline-'));
let one, two, browser, server, context;

before(async () => {
  browser = await open_browser();
  one = make_site(join(work, 'one'), 'one');
  two = make_site(join(work, 'two'), 'two');
});
after(async () => {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await serve({ site: one, handlers: { '/api/v1/node': (_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"node":"here"}') } });
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await server.close();
});

const id_of = (site) => readFileSync(join(site, 'build-id'), 'utf8');
const word = (page) => page.locator('#word').textContent();
async function open(path = '/') {
  const page = await context.newPage();
  await page.goto(server.url + path);
  return page;
}
async function installed(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  });
  return page;
}
const caches_of = (page) => page.evaluate(async () => (await caches.keys()).sort());
/// Waits until the page has been told of a new build.
async function told(page) {
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.waitForFunction(() => tongban.updates.length > 0);
}
/// Looks for a new build and waits until it is 'installed' or, having failed, 'redundant'.
const outcome_of_update = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const outcome = new Promise((resolve) => registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker.addEventListener('statechange', () => { if (['installed', 'redundant'].includes(worker.state)) resolve(worker.state); });
  }, { once: true }));
  registration.update().catch(() => {});
  return outcome;
});

test('after the first visit the portal opens on any route without a network', async () => {
  const first = await installed(await open());
  await first.close();
  server.cut();
  for (const path of ['/', '/item/i174', '/items?q=jlk', '/case/TB261124-7K3QF9', '/staff']) {
    const page = await open(path);
    assert.equal(await word(page), 'one', path);
    assert.equal(await page.evaluate(() => location.pathname + location.search), path);
    await page.close();
  }
  const page = await open();
  assert.equal((await page.evaluate(() => tongban.late())).word, 'one late');
  assert.equal((await page.evaluate(async () => (await tongban.store.post({ op: 'put', space: 'draft', key: 'a', version: 0 }, new Uint8Array(3))).reply)).ok, true);
});

test('home has its own page, a deep link never shows home, and online a prerendered guide is served', async () => {
  const page = await open('/item/i001');
  assert.match(await page.locator('h1').textContent(), /失业登记/);
  await installed(page);
  server.cut();
  await page.goto(`${server.url}/`);
  assert.match(await page.locator('h1').textContent(), /首页 one/);
  await page.goto(`${server.url}/item/i001`);
  assert.equal(await page.locator('h1').count(), 0);
});

test('the API and the catalogue are never answered from the cache', async () => {
  const page = await installed(await open());
  await page.reload();
  const ask = () => page.evaluate(() => fetch('/api/v1/node').then((response) => response.json(), () => 'no network'));
  assert.deepEqual(await ask(), { node: 'here' });
  server.cut();
  assert.equal(await ask(), 'no network');
  assert.ok(!(await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat())).some((url) => url.includes('/api/')));
});

test('a new build waits while a form is open, then comes on request, and the old files go with the last old page', async () => {
  const page = await installed(await open()), other = await open();
  await page.evaluate(() => { tongban.offline.formOpen = true; });
  server.use_site(two);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration()).waiting);
  assert.equal(await page.evaluate(() => tongban.updates.length), 0);
  await page.reload();
  assert.equal(await word(page), 'one', 'a reload does not switch by itself');
  await page.waitForFunction(() => tongban.updates.length > 0);
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => tongban.updates[0]())]);
  assert.equal(await word(page), 'two');

  // The other tab still runs the old build, with the old build's late files, though the server has them no more.
  server.cut();
  assert.equal(await word(other), 'one');
  assert.equal((await other.evaluate(() => tongban.late())).word, 'one late');
  server.down = false;
  assert.deepEqual(await caches_of(page), [`tongban-${id_of(one)}`, `tongban-${id_of(two)}`].sort());
  await other.close();
  await page.reload();
  await page.waitForFunction(async () => (await caches.keys()).length === 1);
  assert.deepEqual(await caches_of(page), [`tongban-${id_of(two)}`]);
});

test('a build of which one file does not arrive is not installed, and the rest is kept for the next try', async () => {
  const page = await installed(await open());
  server.use_site(two);
  const late = Object.keys(server.site.paths).find((path) => path.startsWith('/a/late.'));
  const entry = server.site.paths[late];
  delete server.site.paths[late];
  assert.equal(await outcome_of_update(page), 'redundant');
  server.cut();
  await page.reload();
  assert.equal(await word(page), 'one');
  server.down = false;
  server.site.paths[late] = entry;
  const before_count = server.log.length;
  await told(page);
  const fetched = server.log.slice(before_count).filter(({ path }) => path.startsWith('/a/')).map(({ path }) => path);
  assert.deepEqual(fetched, [late]);
});

test('a file that is not the one of the build is refused', async () => {
  writeFileSync(join(two, 'p/index.html.tampered'), readFileSync(join(two, 'p/index.html'), 'utf8') + '<!-- other -->');
  const page = await installed(await open());
  server.use_site(two);
  server.site.paths['/index.html'] = { ...server.site.paths['/index.html'], file: 'p/index.html.tampered', encodings: {}, etag: '"other"' };
  assert.equal(await outcome_of_update(page), 'redundant');
});

test('files that two builds share are not fetched again', async () => {
  const page = await installed(await open());
  const start = server.log.length;
  server.use_site(two);
  await told(page);
  const again = server.log.slice(start).map(({ path }) => path).filter((path) => path.startsWith('/a/sqlite3.'));
  assert.deepEqual(again, []);
});

test('the kill switch removes the worker and its caches', async () => {
  const page = await installed(await open());
  server.handlers['/sw-kill.json'] = (_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ kill: [id_of(one)] }));
  await page.reload();
  await page.waitForFunction(async () => !(await caches.keys()).length);
  await page.goto('about:blank');
  server.cut();
  await assert.rejects(page.goto(server.url), /ERR_/);
});

test('opening an installed portal asks the server for nothing but the worker and the kill switch', async () => {
  const page = await installed(await open());
  await page.waitForLoadState('networkidle');
  server.log.length = 0;
  await page.reload();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(server.log.map(({ path }) => path).filter((path) => !['/sw.js', '/sw-kill.json'].includes(path)), []);
});
