// The data key in real Chromium. Run: node --test tests/browser/data_key.test.mjs
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { new_profile, open_profile, root } from './lib/chromium.mjs';
import { serve } from './lib/serve.mjs';

let server;
const home = new_profile();
before(async () => {
  server = await serve({
    root: join(root, 'client/shell'),
    handlers: { '/blank': (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>key</title>') },
  });
});
after(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function in_page(context, work, argument) {
  const page = await context.newPage();
  await page.goto(`${server.url}/blank`);
  await page.evaluate(async () => { window.keys = await import('/data-key.js'); });
  const result = await page.evaluate(work, argument);
  await page.close();
  return result;
}
const open_key = async (settings) => {
  const key = await keys.openDataKey(settings);
  return { hex: [...key].map((byte) => byte.toString(16).padStart(2, '0')).join(''), kept: keys.dataKeyIsKept() };
};

test('the key is the same in the next session, and after erasing it is another', async () => {
  let context = await open_profile(home);
  const first = await in_page(context, open_key, {});
  await context.close();
  context = await open_profile(home);
  const second = await in_page(context, open_key, {});
  assert.deepEqual(second, first);
  assert.equal(first.hex.length, 64);
  assert.equal(first.kept, true);
  const third = await in_page(context, async () => {
    await keys.openDataKey();
    await keys.eraseDataKey();
    return [...await keys.openDataKey()].join();
  });
  assert.notEqual(third, [...Buffer.from(first.hex, 'hex')].join());
  await context.close();
});

test('two tabs that start at once get one key', async () => {
  const context = await open_profile(home);
  await in_page(context, () => keys.eraseDataKey());
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => in_page(context, open_key, {})));
  assert.deepEqual([b.hex, c.hex], [a.hex, a.hex]);
  await context.close();
});

test('no script can read the wrapping key, and the data key is not stored in the clear', async () => {
  const context = await open_profile(home);
  const found = await in_page(context, async () => {
    const key = await keys.openDataKey();
    const database = await new Promise((resolve) => { indexedDB.open('tongban-key').onsuccess = (event) => resolve(event.target.result); });
    const record = await new Promise((resolve) => { database.transaction('key').objectStore('key').get('data').onsuccess = (event) => resolve(event.target.result); });
    const raw = await crypto.subtle.exportKey('raw', record.wrapper).then(() => 'exported', (error) => error.name);
    return { raw, extractable: record.wrapper.extractable, clear: [...new Uint8Array(record.wrapped)].join().includes([...key].join()) };
  });
  assert.deepEqual(found, { raw: 'InvalidAccessError', extractable: false, clear: false });
  await context.close();
});

test('on a public browser the key dies with the page and leaves nothing behind', async () => {
  const context = await open_profile(home);
  await in_page(context, () => keys.eraseDataKey());
  const first = await in_page(context, open_key, { publicBrowser: true });
  const second = await in_page(context, open_key, { publicBrowser: true });
  assert.notEqual(first.hex, second.hex);
  assert.equal(first.kept, false);
  assert.deepEqual(await in_page(context, async () => (await indexedDB.databases()).map(({ name }) => name)), []);
  await context.close();
});
