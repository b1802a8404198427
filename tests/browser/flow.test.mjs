// The page without a canvas: in the person's own colours, and where there is no WebGL2. It must do all that the other
// does. Run: node --test tests/browser/flow.test.mjs
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { submitted } from './lib/cases.mjs';
import { open_browser_without_gl } from './lib/chromium.mjs';
import { assert_no_faults, axe, open, portal_context, quiet, settled, shoot, storing, visit } from './lib/portal.mjs';
import { filled_draft } from './lib/prepare.mjs';
import { screens_of } from './lib/screens.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';

let plain;
before(async () => { plain = await open_browser_without_gl(); });
after(() => plain?.close());

const wider = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);

/// What is seen of an element without scrolling: all of it.
const in_sight = (locator) => locator.evaluate((element) => {
  const { top, bottom, left, right, height } = element.getBoundingClientRect();
  return height > 0 && top >= 0 && left >= 0 && right <= innerWidth && (bottom <= innerHeight || element.parentElement.scrollHeight > innerHeight);
});

for (const [name, size, forcedColors] of [['without WebGL2 on a phone', '390x844', 'none'], ['without WebGL2 on a desktop', '1366x768', 'none'],
  ['in the person’s own colours', '1366x768', 'active']]) {
  test(`every screen is sound ${name}`, async () => {
    const context = await portal_context(plain, size, { forcedColors });
    const page = await open(context, node.url), faults = [];
    for (const [screen, path] of screens_of(await filled_draft(page))) {
      await visit(page, path);
      for (const { id, impact, where } of await axe(page)) faults.push(`${screen}: axe ${id} (${impact}): ${where.join(' ')}`);
      const first = await page.getByRole('heading', { level: 1 }).count(), wide = await wider(page);
      if (first !== 1) faults.push(`${screen}: ${first} headings of level 1`);
      if (wide > 0) faults.push(`${screen}: ${wide} px wider than the window`);
      await shoot(page, size, `${screen}-${forcedColors === 'active' ? 'forced' : 'flow'}`);
    }
    assert.deepEqual(faults, []);
    assert_no_faults(context);
    await context.close();
  });
}

for (const size of ['390x844', '1366x768']) {
  test(`a dialog lies over the page where it is seen, has the focus for itself and gives it back, at ${size}`, async () => {
    const context = await portal_context(plain, size);
    const page = await open(context, node.url);
    await filled_draft(page);
    await visit(page, '/drafts');
    await storing(page);
    const remove = page.getByRole('button', { name: pattern('DraftDelete') }).first(), dialog = page.getByRole('alertdialog');
    const asked = async () => {
      await remove.focus();
      await page.keyboard.press('Enter');
      await dialog.waitFor();
      await quiet(page);
      assert.equal(await in_sight(dialog), true);
      assert.equal(await dialog.evaluate((element) => element.contains(document.activeElement)), true, 'the focus is within');
    };
    await asked();
    await shoot(page, size, 'draft-delete-flow');
    assert.deepEqual(await axe(page), []);
    for (let presses = 0; presses < 6; ++presses) {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest('[role=alertdialog]'))), true, 'nothing behind it is reached');
    }
    await dialog.focus();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await remove.evaluate((element) => element === document.activeElement), true, 'Escape gives the focus back');
    await quiet(page);

    await asked();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await quiet(page);
    assert.equal(new URL(page.url()).pathname, '/drafts', '"back" closes the dialog first');
    assert.equal(await page.getByRole('button', { name: pattern('DraftDelete') }).count(), 1);

    await asked();
    await settled(page, () => dialog.getByRole('button', { name: say('DraftDelete'), exact: true }).click());
    const toast = page.locator('.toast');
    assert.match(await toast.textContent(), new RegExp(say('DraftDeleted')));
    assert.equal(await in_sight(toast), true);
    assert.equal(await page.getByRole('button', { name: pattern('DraftDelete') }).count(), 0);
    assert_no_faults(context);
    await context.close();
  });
}

test('the main job is done without a canvas, as far as a receipt that is genuine', async () => {
  const context = await portal_context(plain, '390x844');
  const page = await open(context, node.url);
  const number = await submitted(page);
  await page.getByText(say('CaseReceiptGood')).first().waitFor();
  assert.match(await page.locator('#page').textContent(), new RegExp(number));
  assert.deepEqual(await axe(page), []);
  await shoot(page, '390x844', 'case-flow');
  assert_no_faults(context);
  await context.close();
});
