// Every screen at every size and in every look: nothing nameless, nothing out of place, nothing beyond the edge, nothing
// that runs at rest; and the ways of using them that a mouse doesn't show: keys, "back", input methods.
// Writes build/screens/<size>/<name>.png and build/screens/index.html. Run: node --test tests/browser/screens.test.mjs
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open_browser } from './lib/chromium.mjs';
import { write_gallery } from './lib/gallery.mjs';
import { missing, start_nodes } from './lib/nodes.mjs';
import { assert_no_faults, audit, axe, live, open, overflow, portal_context, quiet, shoot, sizes, visit } from './lib/portal.mjs';
import { filled_draft } from './lib/prepare.mjs';
import { pattern, say } from './lib/words.mjs';

const long = process.env.TONGBAN_LONG === '1';
let browser, town, node;

before(async () => {
  assert.equal(missing(), undefined);
  town = await start_nodes();
  [node] = town.nodes;
  browser = await open_browser();
});
after(async () => {
  await browser?.close();
  await town?.stop();
  write_gallery();
});

const plain_screens = [
  ['home', '/'], ['results', '/items?q=jlk'], ['results-none', '/items?q=xyzxyz'], ['items', '/items'], ['guide', '/item/i109'], ['guide-unpublished', '/item/i001'],
  ['centres', '/centres'], ['centres-found', '/centres?q=wujiaochang'], ['centre', '/centre/310109010'], ['cases', '/cases'],
  ['drafts', '/drafts'], ['help', '/help'], ['settings', '/settings'], ['missing', '/nothing-here'], ['staff-sign-in', '/staff'],
];
const steps = ['situation', 'form', 'materials', 'review', 'submit'];
const looks = [
  { name: 'large', size: 'SizeLarge' }, { name: 'extra', size: 'SizeExtraLarge' }, { name: 'largest', size: 'SizeLargest' },
  { name: 'dark', size: 'SizeNormal', theme: 'ThemeDark' },
];

async function take_look(page, { size, theme = 'ThemeLight' }) {
  await visit(page, '/settings');
  await page.getByRole('radio', { name: say(size), exact: true }).check();
  await page.getByRole('radio', { name: say(theme), exact: true }).check();
  await quiet(page);
}

/// What is wrong with the screen as it stands, as sentences.
async function faults_of(page, with_axe) {
  const found = (await audit(page)).map((line) => `audit: ${line}`);
  const wide = await overflow(page);
  if (wide.page > 0 || wide.element > 1) found.push(`wider than the window by ${Math.max(wide.page, wide.element)} px`);
  if (with_axe) for (const { id, impact, where } of await axe(page)) if (impact === 'serious' || impact === 'critical') found.push(`axe ${id} (${impact}): ${where.join(' ')}`);
  return found;
}

for (const size of Object.keys(sizes)) {
  test(`every screen is sound at ${size}, in every type size and in dark`, async () => {
    const context = await portal_context(browser, size);
    const page = await open(context, node.url);
    const draft = await filled_draft(page);
    const screens = [...plain_screens, ...steps.map((step) => [`prepare-${step}`, `/item/i109/prepare/${step}?draft=${draft}`])];
    const faults = [];
    const go_through = async (look) => {
      for (const [name, path] of screens) {
        await visit(page, path);
        const title = await page.getByRole('heading', { level: 1 }).count();
        const found = await faults_of(page, long || !look || (size === '390x844' && look === 'largest'));
        if (title !== 1 && name !== 'staff-sign-in') found.push(`${title} headings of level 1`);
        faults.push(...found.map((words) => `${name}${look ? ` (${look})` : ''}: ${words}`));
        await shoot(page, size, look ? `${name}-${look}` : name);
      }
    };
    await go_through('');
    for (const look of looks) {
      await take_look(page, look);
      await go_through(look.name);
    }
    assert.deepEqual(faults, []);
    assert_no_faults(context);
    await context.close();
  });
}

test('at rest there is no frame, no message and no timer', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  for (const path of ['/', '/item/i109', '/items?q=jlk', '/settings']) {
    await visit(page, path);
    await quiet(page, 3000);   // a draft's save, the fonts that come later
    const before = await page.evaluate(() => ({ ...__counts }));
    await new Promise((resolve) => setTimeout(resolve, 4000));
    assert.deepEqual(await page.evaluate(() => ({ ...__counts })), before, path);
  }
  await context.close();
});

/// Presses Tab until the focus is on an element with that role and name.
async function tab_to(page, role, name) {
  const wanted = page.getByRole(role, { name });
  for (let presses = 0; presses < 90; ++presses) {
    await page.keyboard.press('Tab');
    const focused = page.locator('*:focus');
    if (await focused.count() && await wanted.and(focused).count()) return focused;
  }
  throw new Error(`90 presses of Tab did not reach ${role} ${name}`);
}

test('the keyboard alone leads from home through the guide into the form', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  await tab_to(page, 'searchbox', say('SearchLabel'));
  await page.keyboard.type('znhh', { delay: 20 });
  await page.getByRole('link', { name: /帮困补助/ }).first().waitFor();
  await tab_to(page, 'link', /帮困补助/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  await tab_to(page, 'radio', '支外人员本人');
  await page.keyboard.press('Space');
  await page.getByRole('heading', { name: say('GuideMaterials', { n: 6 }) }).waitFor();
  await tab_to(page, 'link', say('GuidePrepare'));
  await page.keyboard.press('Enter');
  await tab_to(page, 'button', say('PrepareNext', { step: say('PrepareNextForm') }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: say('FormTitle') }).waitFor();
  await tab_to(page, 'textbox', say('FieldName'));
  await page.keyboard.type('演示乙');
  assert.equal(await page.getByRole('textbox', { name: say('FieldName') }).inputValue(), '演示乙');
  await context.close();
});

test('"back" goes to where one was, and closes a dialog first', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/items`);
  await page.getByRole('link', { name: /帮困补助/ }).first().click();
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  await page.getByRole('link', { name: say('GuidePrepare') }).click();
  await page.getByRole('heading', { name: say('SituationTitle') }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: pattern('ItemsAll') }).waitFor();
  await visit(page, '/drafts');
  await page.getByRole('button', { name: pattern('DraftDelete') }).first().click();
  await page.getByRole('alertdialog').waitFor();
  await page.goBack();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await quiet(page);
  assert.equal(new URL(page.url()).pathname, '/drafts');
  await context.close();
});

test('a Chinese input method builds its text undisturbed, and the search waits for its end', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  const field = page.getByRole('searchbox');
  await field.focus();
  const input = await context.newCDPSession(page);
  const all = page.getByRole('link', { name: pattern('HomeAllItems') });
  await all.waitFor();
  for (const part of ['j', 'jing', 'jing lao', '敬老']) await input.send('Input.imeSetComposition', { text: part, selectionStart: part.length, selectionEnd: part.length });
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

test('a deep link opens its own page, never the home screen first', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.__titles = [];
    new MutationObserver(() => {
      const title = document.querySelector('h1')?.textContent;
      if (title && globalThis.__titles.at(-1) !== title) globalThis.__titles.push(title);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${node.url}/item/i109`);
  await live(page);
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  const titles = await page.evaluate(() => globalThis.__titles);
  assert.ok(titles.length > 0 && titles.every((title) => /帮困补助/.test(title)), titles.join(' → '));
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
  const found = (await axe(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(found, []);
  await context.close();
});
