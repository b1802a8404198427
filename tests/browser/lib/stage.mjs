// What nearly every test file needs: one node that is the whole city, and Chromium, from before the first test until
// after the last. Importing this is enough.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open_browser } from './chromium.mjs';
import { missing, start_nodes } from './nodes.mjs';

export let browser, node;
let town;

before(async () => {
  assert.equal(missing(), undefined);
  town = await start_nodes();
  [node] = town.nodes;
  browser = await open_browser();
});
after(async () => {
  await browser?.close();
  await town?.stop();
});
