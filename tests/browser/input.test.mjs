// Text comes from input methods, soft keyboards, the clipboard and the browser's own memory, not only from keys.
// Run: node --test tests/browser/input.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { live, open, portal_context, quiet, settled, visit } from './lib/portal.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';
import { search_key_of_android, traces } from './lib/ime_traces.mjs';

/// The parts of a word as a Chinese input method builds it, up to what it will commit.
async function compose(session, parts) {
  for (const text of parts) await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}

test('a Chinese input method builds its text undisturbed, and the search waits for its end', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  const field = page.getByRole('searchbox');
  await field.focus();
  const input = await context.newCDPSession(page);
  const all = page.getByRole('link', { name: pattern('HomeAllItems') });
  await all.waitFor();
  await compose(input, ['j', 'jing', 'jing lao', '敬老']);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(await field.inputValue(), '敬老');
  assert.equal(await all.count(), 1, 'nothing was searched while the text was being built');
  await input.send('Input.insertText', { text: '敬老卡' });
  await page.getByRole('list', { name: pattern('AnnounceResults') }).waitFor();
  assert.equal(await field.inputValue(), '敬老卡');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: pattern('ItemsFound', { query: '敬老卡' }) }).waitFor();
  await context.close();
});

test('every text field of the form takes a composed name, and keeps it over a reload', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  await page.getByRole('radio', { name: say('ActingOther') }).check().catch(() => {});   // where the item lets one say so here
  await quiet(page);
  const input = await context.newCDPSession(page);
  const written = new Map();
  const fields = page.locator('#portal :is(input[type=text]:not([data-group]), textarea)');
  const count = await fields.count();
  assert.ok(count >= 3, `${count} text fields`);
  for (let at = 0; at < count; ++at) {
    const field = fields.nth(at);
    await field.focus();
    await compose(input, ['y', 'yan', 'yan shi', '演示']);
    assert.equal(await field.inputValue(), '演示', 'what is being built stands in the field');
    const words = `演示𬱖${at}`;
    await input.send('Input.insertText', { text: words });
    await quiet(page);
    assert.equal(await field.inputValue(), words);
    written.set(at, words);
  }
  await quiet(page, 1200);
  await page.reload();
  await page.waitForFunction(() => document.documentElement.classList.contains('live'));
  await fields.first().waitFor();
  for (const [at, words] of written) assert.equal(await fields.nth(at).inputValue(), words);
  await context.close();
});

/// Sends the field that has the focus a trace of lib/ime_traces.mjs.
const play = (page, events) => page.evaluate((trace) => {
  const field = document.activeElement;
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  for (const [type, init, value] of trace) {
    if (value !== undefined) set.call(field, value);
    const Kind = type.startsWith('composition') ? CompositionEvent : type.startsWith('key') ? KeyboardEvent : InputEvent;
    const event = new Kind(type, { bubbles: true, cancelable: true, composed: true, ...init });
    if (init?.keyCode) Object.defineProperty(event, 'keyCode', { get: () => init.keyCode });
    field.dispatchEvent(event);
  }
}, events);

for (const { name, note, events, text } of traces) {
  test(`the events of ${name} (${note}) search once, for the whole word, and its Enter goes nowhere`, async () => {
    const context = await portal_context(browser, '390x844');
    const page = await open(context, node.url);
    await page.getByRole('searchbox').focus();
    await play(page, events);
    await page.getByRole('list', { name: pattern('AnnounceResults') }).waitFor();
    await quiet(page);
    assert.equal(await page.getByRole('searchbox').inputValue(), text);
    assert.equal(new URL(page.url()).pathname, '/', 'the Enter that ends a composition is the input method’s');
    await context.close();
  });
}

test('the search key of an Android keyboard searches, though its last word is still a composition', async () => {
  const { events, text } = search_key_of_android;
  for (const [userAgent, there] of [['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36', '/items'], [undefined, '/']]) {
    const context = await portal_context(browser, '390x844', { userAgent });
    const page = await open(context, node.url);
    await page.getByRole('searchbox').focus();
    await play(page, events);
    if (there !== '/') await page.waitForURL((url) => url.pathname === there);
    await quiet(page, 500);
    assert.equal(new URL(page.url()).pathname, there);
    if (there === '/items') assert.equal(new URL(page.url()).searchParams.get('q'), text);
    await context.close();
  }
});

test('an Enter pressed just after a word was chosen is the person’s', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  await page.getByRole('searchbox').focus();
  const input = await context.newCDPSession(page);
  await compose(input, ['j', '敬老']);
  await input.send('Input.insertText', { text: '敬老卡' });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: pattern('ItemsFound', { query: '敬老卡' }) }).waitFor();
  await context.close();
});

test('a number pasted with spaces and hyphens is understood, and the caret stays behind its digit', async () => {
  const context = await portal_context(browser, '1366x768', { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  const field = page.getByRole('textbox', { name: say('FieldIdentity') });
  await field.focus();
  await page.evaluate(() => navigator.clipboard.writeText(' 310110-19470316-041x '));
  await page.keyboard.press('Control+V');
  await quiet(page);
  assert.equal(await field.inputValue(), '310110 19470316 041X');
  await field.evaluate((element) => element.setSelectionRange(8, 8));
  await page.keyboard.press('Backspace');
  await page.keyboard.type('1');
  await quiet(page);
  assert.equal(await field.inputValue(), '310110 19470316 041X');
  assert.equal(await field.evaluate((element) => element.selectionStart), 8);
  await context.close();
});

test('undo takes back what was typed, and the portal follows', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  const field = page.getByRole('textbox', { name: say('FieldAddress') });
  await field.focus();
  await page.keyboard.type('abc');
  await quiet(page);
  await page.keyboard.press('Control+Z');
  await quiet(page, 1500);
  const left = await field.inputValue();
  assert.notEqual(left, 'abc');
  await page.reload();
  await page.waitForFunction(() => document.documentElement.classList.contains('live'));
  await field.waitFor();
  assert.equal(await field.inputValue(), left);
  await context.close();
});

test('fields say what they hold, so that the browser can fill them in and the right keyboard comes up', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  const attributes = (label) => page.getByRole('textbox', { name: say(label) }).first().evaluate((e) => ({ autocomplete: e.autocomplete, type: e.type, mode: e.inputMode, enter: e.enterKeyHint, font: parseFloat(getComputedStyle(e).fontSize) }));
  const name = await attributes('FieldName'), mobile = await attributes('FieldMobile'), address = await attributes('FieldAddress');
  assert.equal(name.autocomplete, 'name');
  assert.deepEqual([mobile.autocomplete, mobile.type, mobile.mode], ['tel', 'tel', 'tel']);
  assert.equal(address.autocomplete, 'address-line1');
  for (const { font, enter } of [name, mobile, address]) {
    assert.ok(font >= 16, 'below 16 px a phone zooms into the field');
    assert.equal(enter, 'next');
  }
  await context.close();
});

test('the soft keyboard never covers the field that is written in', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  const field = page.getByRole('textbox', { name: say('FieldAddress') });
  await field.focus();
  // interactive-widget=resizes-content: what is left of the window above the keyboard.
  await page.setViewportSize({ width: 390, height: 420 });
  await quiet(page, 400);
  const box = await field.boundingBox();
  const bar = await page.locator('.layer-bottom').boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= bar.y, `the field ends at ${box.y + box.height}, the bar begins at ${bar.y}`);
  await context.close();
});

test('find in page and copy meet the words of the screen, not the picture of them', async () => {
  const context = await portal_context(browser, '1366x768', { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await open(context, `${node.url}/item/i109`);
  assert.equal(await page.evaluate(() => globalThis.find('户籍迁出材料')), true);
  assert.equal(await page.evaluate(() => String(getSelection())), '户籍迁出材料');
  await page.keyboard.press('Control+C');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '户籍迁出材料');
  await visit(page, '/');
  await context.close();
});

test('a filter narrows the list, is told, stands in the address, and goes by the way back', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/items`);
  const rows = () => page.getByRole('list', { name: say('ItemsTitle') }).getByRole('listitem').count();
  const all = await rows();
  await settled(page, () => page.getByRole('radio', { name: pattern('ModeSeparateShort') }).check());
  const separate = await rows();
  assert.ok(separate > 0 && separate < all, `${separate} of ${all}`);
  assert.equal(new URL(page.url()).searchParams.get('mode'), 'separate');
  await page.getByRole('status').filter({ hasText: say('AnnounceResults', { n: separate }) }).first().waitFor({ state: 'attached' });
  await settled(page, () => page.getByRole('radio', { name: pattern('FilterPermit') }).check());
  assert.ok(await rows() < separate);
  await page.reload();
  await live(page);
  await quiet(page);
  assert.equal(await page.getByRole('radio', { name: pattern('FilterPermit') }).isChecked(), true);
  await context.close();
});

test('during a fling the picture goes with its elements, and is repainted before its edge shows for long', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/items`);
  await page.evaluate(() => {
    const box = document.querySelector('.layer-main'), canvas = box.querySelector('canvas'), twin = box.querySelector('.twin');
    const seen = globalThis.__fling = { frames: 0, drift: 0, bare: 0 };
    const before = canvas.getBoundingClientRect().top - twin.getBoundingClientRect().top - new DOMMatrix(getComputedStyle(canvas).transform).f;
    (function look() {
      const window_of_it = box.getBoundingClientRect(), drawn = canvas.getBoundingClientRect();
      const placed = drawn.top - twin.getBoundingClientRect().top - new DOMMatrix(getComputedStyle(canvas).transform).f;
      ++seen.frames;
      seen.drift = Math.max(seen.drift, Math.abs(placed - before));
      seen.bare = Math.max(seen.bare, drawn.top - window_of_it.top, window_of_it.bottom - drawn.bottom);
      requestAnimationFrame(look);
    })();
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Input.synthesizeScrollGesture', { x: 195, y: 600, yDistance: -6000, speed: 4000, gestureSourceType: 'touch', preventFling: false });
  await quiet(page, 400);
  const { frames, drift, bare } = await page.evaluate(() => globalThis.__fling);
  console.log(`# a fling of 6,000 px in ${frames} frames: the picture drifted ${drift.toFixed(2)} px, its edge showed for ${Math.max(0, bare).toFixed(0)} px at most`);
  assert.ok(frames > 10);
  assert.ok(drift <= 1, `${drift} px`);
  const still_bare = await page.evaluate(() => {
    const box = document.querySelector('.layer-main').getBoundingClientRect(), drawn = document.querySelector('.layer-main canvas').getBoundingClientRect();
    return Math.max(drawn.top - box.top, box.bottom - drawn.bottom);
  });
  assert.ok(still_bare <= 1, 'at its end the picture covers the window');
  await context.close();
});
