// The twin as those meet it who see no canvas: its tree, its announcements, its other faces (the person's own colours,
// no WebGL2, paper). Golden trees: tests/browser/golden; TONGBAN_UPDATE_GOLDEN=1 writes them anew.
// Run: node --test tests/browser/twin.test.mjs
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { open_browser_without_gl } from './lib/chromium.mjs';
import { cases_in_stages, submitted } from './lib/cases.mjs';
import { look_at_kept } from './lib/kept_picture.mjs';
import { assert_no_faults, axe, in_worker, live, open, pages_printed, portal_context, quiet, settled, shoot, storing, visit } from './lib/portal.mjs';
import { choose, filled_draft } from './lib/prepare.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';

/// A Tuesday, when centres are open.
const morning = new Date('2026-11-24T10:00:00+08:00'), golden = join(dirname(fileURLToPath(import.meta.url)), 'golden');
/// What a screen reader finds on the page, one line an element; what changes from run to run is taken out.
async function tree_of(page, root) {
  const tree = await page.locator(root).ariaSnapshot();
  return `${tree.replace(/TB\d{6}-\w{8}/g, 'TB…').replace(/definition: [\w-]{22}$/gm, 'definition: …').replace(/(?<!年)\d+月\d+日(?: \d+:\d+)?/g, '…').replace(/\d+\.\d MB/g, '… MB').replace(/^\s*- \/url: .*\n?/gm, '')}\n`;
}

async function agreed_on(page, name, root = '#portal') {
  const found = await tree_of(page, root), file = join(golden, `${name}.yaml`);
  if (process.env.TONGBAN_UPDATE_GOLDEN) {
    mkdirSync(golden, { recursive: true });
    writeFileSync(file, found);
  }
  assert.ok(existsSync(file), `${file} is missing: run with TONGBAN_UPDATE_GOLDEN=1 and look at what it writes`);
  assert.equal(found, readFileSync(file, 'utf8'));
}

for (const [name, size, path, kept] of [
  ['home-phone', '390x844', '/'], ['guide-desktop', '1366x768', '/item/i109', 'SavedHere'], ['results-desktop', '1366x768', '/items?q=jlk', 'SavedHere'],
  ['form-tablet', '1024x768', '/item/i109/prepare/form', 'SavedHere'], ['materials-tablet', '1024x768', '/item/i109/prepare/materials', 'SavedHere'],
  ['review-phone', '390x844', '/item/i109/prepare/review'], ['submit-desktop', '1366x768', '/item/i109/prepare/submit', 'SavedHere'],
  ['centres-desktop', '1366x768', '/centres?q=wujiaochang', 'SavedHere'], ['centre-phone', '390x844', '/centre/310109010'],
  ['settings-phone', '390x844', '/settings', 'StoredHow'], ['help-phone', '390x844', '/help'],
  ['guide-phone', '390x844', '/item/i109'], ['guide-unpublished-phone', '390x844', '/item/i001'], ['situation-phone', '390x844', '/item/i109/prepare/situation'],
  ['home-desktop', '1366x768', '/', 'SavedHere'], ['results-none-desktop', '1366x768', '/items?q=xyzxyz', 'SavedHere'], ['items-phone', '390x844', '/items'],
  ['sign-in-desktop', '1366x768', '/staff'],
]) {
  test(`the tree of ${name} is the one that was agreed on`, async () => {
    const context = await portal_context(browser, size);
    await context.clock.setFixedTime(morning);   // what is open depends on it
    const page = await open(context, `${node.url}${path}`);
    await quiet(page, 400);
    await page.getByText(say('Saving')).waitFor({ state: 'hidden' });
    if (kept) await page.getByText(say(kept)).first().waitFor();   // once the store has opened
    await agreed_on(page, name);
    await context.close();
  });
}

test('the trees of a case that was sent back, and of one on its way, are those that were agreed on', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  const cases = await cases_in_stages(page, node);
  for (const wanted of ['case-returned', 'case-passed']) {
    await visit(page, cases.find(([name]) => name === wanted)[1]);
    const refresh = page.getByRole('button', { name: say('CasesRefresh') });
    if (await refresh.count()) await settled(page, () => refresh.click());
    await quiet(page, 400);
    await agreed_on(page, `${wanted}-phone`);
  }
  await context.close();
});

test('the trees of drafts, of the dialogs over them, and of what waits to be sent are those that were agreed on', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  const draft = await filled_draft(page);
  await page.getByText(say('Saving')).waitFor({ state: 'hidden' });
  await visit(page, '/drafts');
  await agreed_on(page, 'drafts-phone');
  await visit(page, '/settings');
  await settled(page, () => page.getByRole('button', { name: say('SettingsErase') }).click());
  await page.getByRole('alertdialog').waitFor();
  await agreed_on(page, 'dialog-erase-phone');
  await settled(page, () => page.keyboard.press('Escape'));
  await visit(page, `/item/i109/prepare/review?draft=${draft}`);
  await choose(page, say('ReviewCentreDistrict'), '虹口区');
  await choose(page, say('ReviewCentreName'), /曲阳路街道/);
  await context.setOffline(true);
  await visit(page, `/item/i109/prepare/submit?draft=${draft}`);
  await settled(page, () => page.getByRole('radio', { name: say('SubmitWhenOnline') }).check());
  await settled(page, () => page.getByRole('button', { name: say('SubmitWhenOnline') }).click());
  await page.locator('#portal').getByText(say('StateWaitingCaption')).first().waitFor();
  await agreed_on(page, 'outgoing-phone');
  await context.close();
});

test('the trees of the list of cases and of a receipt are those that were agreed on', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  await submitted(page);
  await settled(page, () => page.getByRole('button', { name: say('CaseSeeReceipt') }).click());
  await page.getByText(say('CaseReceiptGood')).first().waitFor();
  await agreed_on(page, 'dialog-receipt-phone');
  await settled(page, () => page.keyboard.press('Escape'));
  await visit(page, '/cases');
  await agreed_on(page, 'cases-phone');
  await context.close();
});

test('the tree of a screen in English is the one that was agreed on', async () => {
  const context = await portal_context(browser, '390x844', { locale: 'en-GB' });
  await context.clock.setFixedTime(morning);
  const page = await open(context, `${node.url}/item/i109`);
  await quiet(page, 400);
  await agreed_on(page, 'guide-english-phone');
  await context.close();
});

test('the tree of a page without a canvas is the one that was agreed on', async () => {
  const context = await portal_context(browser, '1366x768', { forcedColors: 'active' });
  await context.clock.setFixedTime(morning);
  const page = await open(context, `${node.url}/item/i109`);
  await quiet(page, 1000);
  await agreed_on(page, 'guide-flow', '#page');
  await context.close();
});

test('the tree of an address that leads nowhere is the one that was agreed on', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  await page.getByText(say('SavedHere')).first().waitFor();
  await visit(page, '/nothing-here');   // a node would have answered that there is no such page
  await agreed_on(page, 'missing-desktop');
  await context.close();
});

test('headings step down one level at a time, and main, navigation and search are landmarks', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  for (const path of ['/', '/items', '/item/i109', '/centres', '/centre/310109010', '/cases', '/help', '/settings', '/item/i109/prepare/form']) {
    await visit(page, path);
    const levels = await page.evaluate(() => [...document.querySelectorAll('#portal :is(h1,h2,h3,h4)')].filter((e) => e.getClientRects().length).map((e) => Number(e.localName[1])));
    assert.equal(levels[0], 1, `${path}: ${levels}`);
    levels.reduce((above, level) => { assert.ok(level <= above + 1, `${path}: ${levels}`); return level; }, 0);
    assert.equal(await page.getByRole('main').count(), 1, path);
    if (!path.includes('prepare')) assert.ok(await page.getByRole('navigation', { name: say('NavLabel') }).count() === 1, path);
  }
  await visit(page, '/');
  assert.equal(await page.getByRole('search').count(), 1);
  await context.close();
});

test('what happens elsewhere is told: how many were found, that the network is gone, that it is saved', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  await page.evaluate(() => {
    globalThis.__told = [];
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest('[role=status],[role=alert]');
        const words = region?.textContent.trim();
        if (words && globalThis.__told.at(-1) !== words) globalThis.__told.push(words);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const told = async (words) => page.waitForFunction((source) => globalThis.__told.some((line) => new RegExp(source).test(line)), words.source ?? words);
  await page.getByRole('searchbox').fill('jlk');
  await told(pattern('AnnounceResults'));
  await context.setOffline(true);
  await told(say('OfflineBar'));
  await context.setOffline(false);
  await visit(page, '/item/i109/prepare/form');
  await page.getByRole('textbox', { name: say('FieldAddress') }).fill('演示路1号');
  await told(say('SavedJustNow'));
  await context.close();
});

test('a node that is not heard from is told like a missing network, until somebody looks again and it is', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url), strip = page.locator('#portal').getByText(say('OfflineBar'));
  await storing(page);
  await page.waitForTimeout(1000);   // what the device keeps is written right after
  await context.route(/\/(api|catalogue|healthz)/, (route) => route.abort());
  await page.reload();
  await strip.waitFor();
  assert.equal(await page.evaluate(() => navigator.onLine), true);
  await page.getByRole('searchbox').fill('敬老');
  await page.getByRole('link', { name: /敬老/ }).first().waitFor();
  await context.unroute(/\/(api|catalogue|healthz)/);
  // A node that was asked a moment ago isn't asked at every key.
  for (let turn = 0; turn < 20 && await strip.count(); ++turn) {
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.waitForTimeout(500);
  }
  assert.equal(await strip.count(), 0);
  await context.close();
});

test('each error is tied to its field, says the fault and the remedy, and goes when it is mended', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  const mobile = page.getByRole('textbox', { name: say('FieldMobile') });
  await mobile.fill('139123');
  await mobile.blur();
  await page.getByText(/手机号.*11 位/).first().waitFor();
  assert.equal(await mobile.getAttribute('aria-invalid'), 'true');
  const words = await page.locator(`[id="${await mobile.getAttribute('aria-describedby')}"]`).textContent();
  assert.match(words, /11 位，现在是 6 位/);
  await settled(page, () => mobile.fill('13800000000'));
  assert.equal(await mobile.getAttribute('aria-invalid'), null);
  await context.close();
});

test('with the person’s own colours there is no canvas, and the page works all the same', async () => {
  const context = await portal_context(browser, '1366x768', { forcedColors: 'active' });
  const page = await open(context, node.url);
  assert.equal(await page.locator('#portal canvas:visible').count(), 0);
  await page.getByRole('searchbox').fill('znhh');
  await page.getByRole('link', { name: /帮困补助/ }).first().click();
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  await shoot(page, '1366x768', 'guide-forced-colours');
  assert.deepEqual(await axe(page), []);
  await context.close();
});

test('a browser without WebGL2 shows the same screens as pages, and the form can be filled in', async () => {
  const plain = await open_browser_without_gl();
  const context = await portal_context(plain, '390x844');
  const page = await open(context, node.url);
  assert.equal(await page.evaluate(() => document.documentElement.classList.contains('flowing')), true);
  await filled_draft(page);
  await shoot(page, '390x844', 'materials-without-webgl');
  assert.deepEqual(await axe(page), []);
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${wide} px wider than the window`);
  await plain.close();
});

test('printed from the browser’s menu, a guide is a page of its own: its words in order, no picture, no bars', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/item/i109`);
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => {
    const visible = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden');
    const title = visible('#portal h1')[0];
    return { canvases: visible('canvas').length, buttons: visible('#portal button').length, nav: visible('nav, [role=navigation]').length,
      title: title.textContent, size: parseFloat(getComputedStyle(title).fontSize), colour: getComputedStyle(title).color,
      body: parseFloat(getComputedStyle(visible('#portal li')[0]).fontSize) };
  });
  assert.deepEqual([seen.canvases, seen.buttons, seen.nav], [0, 0, 0]);
  assert.match(seen.title, /帮困补助/);
  assert.ok(seen.size > seen.body, 'a heading is larger than what follows');
  assert.equal(seen.colour, 'rgb(0, 0, 0)');
  const { length } = await page.pdf({ format: 'A4' });
  assert.ok(length > 1000);
  await page.emulateMedia({ media: 'screen' });
  await context.close();
});

test('the checklist is printed as a sheet of its own, on one page of A4', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/item/i109`);
  await page.getByRole('radio', { name: '支外人员本人' }).check();
  const pages = await pages_printed(page, () => page.getByRole('button', { name: say('GuidePrint') }).click(), async (sheet) => {
    assert.match(await sheet.getByRole('heading', { level: 1 }).textContent(), /帮困补助/);
    assert.equal(await sheet.getByRole('listitem').count(), 6);
  });
  assert.equal(pages, 1);
  await context.close();
});

test('the checklist is kept as a picture: a sheet with dark words on white, whatever the screen looks like', async () => {
  for (const worker of [true, false]) {
    const context = await portal_context(browser, '390x844');
    if (!worker) await in_worker(context, 'OffscreenCanvas.prototype.getContext = () => null;');
    const page = await open(context, `${node.url}/item/i109`);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: say('KeepPicture') }).click();
    const kept = await coming;
    assert.match(kept.suggestedFilename(), /帮困补助.*\.png$/);
    const { width, height, corner, dark } = await look_at_kept(page, await kept.path());
    assert.equal(width, 1440);
    assert.ok(height > 600, `${height} px high`);
    assert.deepEqual(corner, [255, 255, 255, 255]);
    assert.ok(dark > 0.01 && dark < 0.3, `${dark} of it is dark`);
    assert_no_faults(context);
    await context.close();
  }
});

test('a guide is handed on with its answers where the browser can, and nothing is offered where it can’t', async () => {
  const without = await portal_context(browser, '390x844');
  await without.addInitScript(() => { Object.defineProperty(navigator, 'share', { value: undefined }); });
  const plain = await open(without, `${node.url}/item/i109`);
  assert.equal(await plain.getByRole('button', { name: say('Share') }).count(), 0);
  await without.close();

  const context = await portal_context(browser, '390x844');
  await context.addInitScript(() => { Object.defineProperty(navigator, 'share', { value: async (what) => { globalThis.__shared = what; } }); });
  const page = await open(context, `${node.url}/item/i109`);
  await page.getByRole('radio', { name: '支外人员本人' }).check();
  await page.getByRole('button', { name: say('Share') }).click();
  await page.waitForFunction(() => globalThis.__shared);
  const { title, url } = await page.evaluate(() => globalThis.__shared);
  assert.match(title, /帮困补助/);
  assert.match(url, new RegExp(`^${node.url}/item/i109\\?answers=`));
  await context.close();
});
