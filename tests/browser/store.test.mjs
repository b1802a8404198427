// The store over OPFS in real Chromium: what it answered with ok is there after a kill, tabs share one database, and
// a full disk is said to be full. Run: node --test tests/browser/store.test.mjs
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { deps, new_profile, open_profile, root, spawn_chromium } from './lib/chromium.mjs';
import { serve } from './lib/serve.mjs';

const shell = join(root, 'client/shell'), sqlite = join(deps, 'npm/node_modules/@sqlite.org/sqlite-wasm/dist');
const kills = Number(process.env.TONGBAN_KILLS ?? 5);
let server;
const profiles = [];
const profile = () => { const path = new_profile(); profiles.push(path); return path; };

before(async () => {
  server = await serve({
    root: shell, files: { '/sqlite3.mjs': join(sqlite, 'index.mjs'), '/sqlite3.wasm': join(sqlite, 'sqlite3.wasm') },
    handlers: { '/blank': (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>store</title>') },
  });
});
after(async () => {
  await server.close();
  for (const path of profiles) rmSync(path, { recursive: true, force: true });
});

/// A page with `window.put(space, key, text, version)`, `get`, `list`, `post`; answers are plain values.
async function page_with_store(context, options = {}) {
  const page = await context.newPage();
  await page.goto(`${server.url}/blank`);
  await page.evaluate(async ({ waits, ...settings }) => {
    if (waits) settings.loadAfter = new Promise((resolve) => { window.load = resolve; });
    const { createStore } = await import('/store.js');
    const { unpack_rows } = await import('/store-protocol.js');
    const encode = (text) => new TextEncoder().encode(text), decode = (bytes) => new TextDecoder().decode(bytes);
    window.states = [];
    window.store = createStore({ ...settings, onState: (state) => window.states.push(state) });
    window.post = async (request, text = '') => {
      const { reply, blob } = await window.store.post(request, encode(text));
      return { ...reply, rows: unpack_rows(blob).map((row) => ({ ...row, blob: decode(row.blob) })) };
    };
    window.put = (space, key, text, version) => window.post({ op: 'put', space, key, version }, text);
    window.get = async (space, key) => (await window.post({ op: 'get', space, key })).rows[0];
  }, options);
  return page;
}

for (const memory of [false, true]) {
  test(`records are put, read, listed, deleted and erased (${memory ? 'in memory' : 'on disk'})`, async () => {
    const context = await open_profile(profile());
    const page = await page_with_store(context, { memory });
    const result = await page.evaluate(async () => ({
      none: await get('draft', 'a'),
      first: await put('draft', 'a', '一', 0),
      second: await put('draft', 'a', '二', 1),
      got: await get('draft', 'a'),
      empty: [await put('setting', 'e', ''), await get('setting', 'e')],
      batch: await post({ op: 'batch', parts: [
        { op: 'put', space: 'outbox', key: 'x', size: 2 }, { op: 'put', space: 'outbox', key: 'y', size: 1 },
        { op: 'delete', space: 'draft', key: 'nobody' }] }, 'abc'),
      list: await post({ op: 'list', space: 'outbox' }),
      prefix: await post({ op: 'list', space: 'outbox', prefix: 'y' }),
      half: await post({ op: 'batch', parts: [{ op: 'delete', space: 'outbox', key: 'x' }, { op: 'put', space: '', key: 'z', size: 0 }] }),
      still: await get('outbox', 'x'),
      deleted: [await post({ op: 'delete', space: 'outbox', key: 'x' }), await get('outbox', 'x')],
      wrong: [await post({ op: 'fly' }), await post({ op: 'get', space: 'draft' })],
      erased: [await post({ op: 'erase', space: 'outbox' }), await get('outbox', 'y'), (await get('draft', 'a')).blob],
      all: [await post({ op: 'erase' }), await get('draft', 'a')],
      usage: await store.post({ op: 'usage' }),
      states,
    }));
    assert.equal(result.none, undefined);
    assert.deepEqual([result.first.version, result.second.version], [1, 2]);
    assert.deepEqual(result.first.rows, [{ key: 'a', version: 1, blob: '' }]);
    assert.deepEqual(result.got, { key: 'a', version: 2, blob: '二' });
    assert.equal(result.empty[1].blob, '');
    assert.deepEqual(result.list.rows.map((row) => row.key + row.blob), ['xab', 'yc']);
    assert.deepEqual(result.batch.rows.map((row) => [row.key, row.version]), [['x', 1], ['y', 1]]);
    assert.deepEqual(result.prefix.rows.map((row) => row.key), ['y']);
    assert.equal(result.half.error, 'bad_request');
    assert.equal(result.still.blob, 'ab');
    assert.equal(result.deleted[1], undefined);
    assert.deepEqual(result.wrong.map((reply) => reply.error), ['bad_request', 'bad_request']);
    assert.deepEqual([result.erased[1], result.erased[2]], [undefined, '二']);
    assert.equal(result.all[1], undefined);
    assert.equal(result.states.at(-1).storage, memory ? 'memory' : 'opfs');
    assert.ok(result.usage.reply.quota > 0);
    await context.close();
  });
}

test('nothing is loaded before the first request', async () => {
  const context = await open_profile(profile());
  const start = server.log.length;
  const page = await page_with_store(context);
  assert.equal(server.log.slice(start).filter(({ path }) => /sqlite|store-worker/.test(path)).length, 0);
  await page.evaluate(() => put('setting', 'a', 'b'));
  assert.ok(server.log.slice(start).some(({ path }) => path === '/sqlite3.wasm'));
  await context.close();
});

test('a device that keeps nothing lists nothing at once, and what is written waits until the store may load', async () => {
  const context = await open_profile(profile());
  const start = server.log.length, loaded = () => server.log.slice(start).some(({ path }) => path === '/sqlite3.wasm');
  const page = await page_with_store(context, { waits: true });
  const before = await page.evaluate(async () => {
    const first = await post({ op: 'list', space: 'draft' });
    window.writing = put('draft', 'a', '一');
    window.listing = post({ op: 'list', space: 'draft' });
    return first;
  });
  assert.deepEqual([before.ok, before.rows], [true, []]);
  assert.ok(!loaded());
  const after = await page.evaluate(async () => {
    window.load();
    return [await window.writing, await window.listing];
  });
  assert.deepEqual([after[0].ok, after[1].rows.map(({ blob }) => blob)], [true, ['一']], 'who has written sees it');
  assert.ok(loaded());
  await page.close();
  const again = await page_with_store(context, { waits: true });
  const rows = await again.evaluate(async () => (await post({ op: 'list', space: 'draft' })).rows);
  assert.deepEqual(rows.map(({ blob }) => blob), ['一'], 'what is kept is listed without waiting');
  await context.close();
});

test('a draft that two tabs change keeps the loser as a copy, and one tab never conflicts with itself', async () => {
  const context = await open_profile(profile());
  const first = await page_with_store(context), second = await page_with_store(context);
  await first.evaluate(() => put('draft', 'd', 'base', 0));
  assert.equal((await second.evaluate(() => get('draft', 'd'))).blob, 'base');
  await first.evaluate(() => put('draft', 'd', 'by first', 1));
  const late = await second.evaluate(() => put('draft', 'd', 'by second', 1));
  assert.deepEqual([late.ok, late.conflict, late.copy, late.version], [true, true, 'd~copy-2', 3]);
  const rows = await first.evaluate(() => post({ op: 'list', space: 'draft' }));
  assert.deepEqual(rows.rows.map(({ key, blob }) => [key, blob]), [['d', 'by second'], ['d~copy-2', 'by first']]);
  const own = await second.evaluate(async () => [await put('draft', 'd', '1', 1), await put('draft', 'd', '2', 1)]);
  assert.ok(own.every((reply) => reply.ok && !reply.conflict));
  await context.close();
});

test('when the tab that owns the store dies, another takes over and answers what was asked', async () => {
  const context = await open_profile(profile());
  const owner = await page_with_store(context), others = [await page_with_store(context), await page_with_store(context)];
  await owner.evaluate(() => put('draft', 'a', 'owner', 0));
  for (const page of others) assert.equal((await page.evaluate(() => get('draft', 'a'))).blob, 'owner');
  const burst = Promise.all(others.map((page, n) => page.evaluate(async (name) => {
    const replies = [];
    for (let i = 0; i < 40; ++i) replies.push((await put('photo', `${name}-${i}`, 'x'.repeat(2000))).ok);
    return replies.every(Boolean);
  }, n)));
  await owner.close();
  assert.deepEqual(await burst, [true, true]);
  const count = await others[1].evaluate(async () => (await post({ op: 'list', space: 'photo' })).count);
  assert.equal(count, 80);
  await others[0].close();
  assert.equal((await others[1].evaluate(() => get('draft', 'a'))).blob, 'owner');
  await context.close();
});

test('a page kept for "back" gives the store away and gets it again', async () => {
  const context = await open_profile(profile());
  const first = await page_with_store(context), second = await page_with_store(context);
  await first.evaluate(() => put('draft', 'a', '1', 0));
  await first.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  assert.equal((await second.evaluate(() => put('draft', 'a', '2', 1))).ok, true);
  await first.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  assert.equal((await first.evaluate(() => get('draft', 'a'))).blob, '2');
  await second.close();
  assert.equal((await first.evaluate(() => put('draft', 'a', '3', 2))).ok, true);
  await context.close();
});

test(`what was acknowledged survives a killed browser (${kills} kills in the middle of writes)`, async () => {
  const home = profile();
  const acknowledged = new Map();
  for (let round = 0; round <= kills; ++round) {
    const browser = await spawn_chromium(home);
    const page = await page_with_store(browser.context);
    const { rows, states } = await page.evaluate(async () => ({ rows: (await post({ op: 'list', space: 'draft' })).rows, states }));
    if (round > 0) assert.equal(states.at(-1).storage, 'opfs', 'the database must open after a kill');
    const found = new Map(rows.map((row) => [row.key, row]));
    for (const [key, version] of acknowledged)
      assert.ok(found.get(key)?.version >= version, `${key}: ${version} was acknowledged, ${found.get(key)?.version} is there`);
    for (const row of rows) assert.equal(row.blob, `${row.key}:`.repeat(600), 'a row is whole or not there');
    if (round === kills) { await browser.kill(); break; }

    let enough;
    const reached = new Promise((resolve) => { enough = resolve; });
    let count = 0;
    await page.exposeFunction('acknowledge', (key, version) => {
      acknowledged.set(key, version);
      if (++count === 25 + 7 * round) enough();
    });
    page.evaluate(async () => {
      for (let i = 0; ; ++i) {
        const key = `k${i % 20}`;
        put('draft', key, `${key}:`.repeat(600)).then((reply) => reply.ok && acknowledge(key, reply.version));
        if (i % 4 === 3) await put('draft', 'pace', 'pace:'.repeat(600));
      }
    }).catch(() => {});
    await reached;
    await browser.kill();
  }
  assert.ok(acknowledged.size >= 20);
});

test('a full disk is answered with storage_full, reading goes on, and it heals', async () => {
  const context = await open_profile(profile());
  const page = await page_with_store(context);
  await page.evaluate(() => put('draft', 'small', 'kept', 0));
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 3 << 20 });
  const full = await page.evaluate(() => put('photo', 'big', 'x'.repeat(6 << 20)));
  assert.deepEqual([full.ok, full.error], [false, 'storage_full'], full.detail);
  assert.equal((await page.evaluate(() => get('draft', 'small'))).blob, 'kept');
  assert.equal(await page.evaluate(() => get('photo', 'big')), undefined);
  await session.send('Storage.overrideQuotaForOrigin', { origin: server.url });
  assert.equal((await page.evaluate(() => put('photo', 'big', 'x'.repeat(6 << 20)))).ok, true);
  await context.close();
});

test('without OPFS the store works in memory and says so', async () => {
  const context = await open_profile(profile());
  await context.route('**/store-worker.js?*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `navigator.storage.getDirectory = undefined;\n${await response.text()}` });
  });
  const page = await page_with_store(context);
  const result = await page.evaluate(async () => [await put('draft', 'a', 'b', 0), (await get('draft', 'a')).blob, states]);
  assert.equal(result[1], 'b');
  assert.deepEqual(result[2], [{ storage: 'memory', reason: 'unsupported' }]);
  await context.close();
});
