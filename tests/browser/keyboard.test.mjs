// The main job with the keyboard alone, from the first screen to the receipt; and what the keyboard needs on the way:
// a way past the navigation, a focus that stays, dialogs that hold it and give it back.
// Run: node --test tests/browser/keyboard.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resident } from './lib/people.mjs';
import { open, portal_context, quiet, visit } from './lib/portal.mjs';
import { begun_draft } from './lib/prepare.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';

/// Presses Tab until the focus is on an element with that role and name.
async function tab_to(page, role, name) {
  const wanted = page.getByRole(role, { name }), focused = page.locator('*:focus');
  for (let presses = 0; presses < 120; ++presses) {
    await page.keyboard.press('Tab');
    if (await focused.count() && await wanted.and(focused).count()) return focused;
  }
  throw new Error(`120 presses of Tab did not reach ${role} ${name}`);
}

const shown = (select) => select.evaluate((element) => element.selectedOptions[0]?.textContent ?? '');

/// Goes down a list until it shows what is wanted.
async function arrow_to(page, label, wanted) {
  const select = await tab_to(page, 'combobox', say(label));
  for (let presses = 0; presses < 60 && !wanted.test(await shown(select)); ++presses) await page.keyboard.press('ArrowDown');
  assert.match(await shown(select), wanted);
  await quiet(page);
}

const type_into = async (page, label, words) => {
  await tab_to(page, 'textbox', say(label));
  await page.keyboard.insertText(words);
};
const press_next = async (page, name) => {
  await tab_to(page, 'button', say('PrepareNext', { step: say(name) }));
  await page.keyboard.press('Enter');
};
const heading = (page, name) => page.getByRole('heading', { name }).first().waitFor();

const typed = (page) => (words) => page.keyboard.insertText(words);
/// As a Chinese input method does: letters, then characters that are still being chosen, then what was chosen.
async function composed(page) {
  const session = await page.context().newCDPSession(page);
  return async (words) => {
    for (const text of ['y', 'yan shi', words.slice(0, 1), words]) await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await session.send('Input.insertText', { text: words });
  };
}

for (const [how, writer] of [['keyboard', typed], ['keyboard and a Chinese input method', composed]]) test(`the ${how} alone lead from the first screen through the five steps to a receipt`, async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  const write = await writer(page), write_into = async (label, words) => {
    await tab_to(page, 'textbox', say(label));
    await write(words);
  };
  await tab_to(page, 'searchbox', say('SearchLabel'));
  await page.keyboard.type('znhh', { delay: 20 });
  await page.getByRole('link', { name: /帮困补助/ }).first().waitFor();
  await tab_to(page, 'link', /帮困补助/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  await tab_to(page, 'radio', '支外人员本人');
  await page.keyboard.press('Space');
  await heading(page, say('GuideMaterials', { n: 6 }));
  await tab_to(page, 'link', say('GuidePrepare'));
  await page.keyboard.press('Enter');
  await heading(page, say('SituationTitle'));
  await press_next(page, 'PrepareNextForm');
  await heading(page, say('FormTitle'));
  await write_into('FieldName', resident.name);
  await type_into(page, 'FieldMobile', resident.mobile);
  await type_into(page, 'FieldIdentity', resident.identity);
  await arrow_to(page, 'FieldRegistrationDistrict', /杨浦区/);
  await arrow_to(page, 'FieldRegistrationTownship', /五角场街道/);
  await arrow_to(page, 'FieldResidenceDistrict', /虹口区/);
  await arrow_to(page, 'FieldResidenceTownship', /曲阳路街道/);
  await write_into('FieldAddress', resident.address);
  await press_next(page, 'PrepareNextMaterials');
  await heading(page, pattern('MaterialsReady'));
  for (let left = 6; left > 0; --left) {
    await tab_to(page, 'checkbox', say('MaterialWillBring'));
    await page.keyboard.press('Space');
  }
  await heading(page, say('MaterialsAllReady', { n: 6 }));
  await press_next(page, 'PrepareNextReview');
  await heading(page, say('ReviewTitle'));
  for (const words of [resident.name, resident.address]) await page.getByText(words, { exact: true }).first().waitFor();
  await arrow_to(page, 'ReviewCentreDistrict', /虹口区/);
  await arrow_to(page, 'ReviewCentreName', /曲阳路街道/);
  await press_next(page, 'PrepareNextSubmit');
  await heading(page, say('SubmitTitle'));
  await tab_to(page, 'button', say('SubmitNow'));
  await page.keyboard.press('Enter');
  await page.getByText(pattern('CaseNumberLine')).first().waitFor();
  await tab_to(page, 'button', say('CaseSeeReceipt'));
  await page.keyboard.press('Enter');
  await page.getByText(say('CaseReceiptGood')).first().waitFor();
  await context.close();
});

test('on a desktop one centre after another is chosen from the list, which keeps its place and the focus', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/centres`);
  const main = page.getByRole('main'), place = () => page.locator('.layer-main').evaluate((layer) => layer.scrollTop);
  const row = (number) => main.getByRole('listitem').nth(number).getByRole('link');
  const in_sight = async (link) => link.page().waitForFunction((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }, await link.elementHandle(), { timeout: 5000 });
  await page.getByText(say('CentreChooseBeside')).waitFor();
  const chosen = async (number) => {
    await main.locator('a[aria-current=true]').and(row(number)).waitFor();
    assert.equal(await main.locator('a[aria-current=true]').count(), 1);
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
    await page.getByRole('region').getByRole('heading', { name: say('CentreWeek'), level: 3 }).waitFor();
    return page.getByRole('region').getByRole('heading', { level: 2 }).textContent();
  };
  await row(40).focus();
  const before = await place();
  assert.ok(before > 0);
  await page.keyboard.press('Enter');
  const first = await chosen(40), address = page.url();
  assert.match(address, /\/centre\/\d+$/);
  assert.ok(await row(40).evaluate((element) => element === document.activeElement));
  assert.equal(await place(), before);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const second = await chosen(41);
  assert.notEqual(second, first);
  assert.ok(await row(41).evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');   // once more: on to what stands beside the list
  assert.ok(await page.getByRole('region', { name: second }).evaluate((element) => element === document.activeElement));
  await tab_to(page, 'button', say('CentreChoose'));
  await page.goBack();
  assert.equal(await chosen(40), first);
  await page.reload();
  assert.equal(await chosen(40), first);
  assert.equal(page.url(), address);
  await in_sight(row(40));
  await row(0).focus();
  await page.keyboard.press('Enter');
  await chosen(0);
  await page.goBack();   // the list stands at its top, the row that is chosen again far below
  await chosen(40);
  await in_sight(row(40));
  await context.close();
  const elsewhere = await portal_context(browser, '1366x768');
  await in_sight((await open(elsewhere, address)).locator('main a[aria-current=true]'));
  await elsewhere.close();
});

test('a list never goes back while the arrow keys go on', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  for (const item of ['i109', 'i001', 'i002', 'i003', 'i004', 'i005']) {
    await visit(page, `/item/${item}/prepare/form`);
    for (const label of ['FieldRegistrationDistrict', 'FieldResidenceDistrict']) {
      const list = page.getByRole('combobox', { name: say(label) }), seen = [];
      await list.focus();
      for (let presses = 0; presses < 12; ++presses) {
        await page.keyboard.press('ArrowDown');
        seen.push(await list.evaluate((element) => element.value));
      }
      assert.deepEqual(seen, Array.from({ length: 12 }, (_, at) => String(at + 1)));
    }
  }
  await context.close();
});

test('the first press of Tab offers the way past the navigation', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/items`);
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('*:focus').textContent(), say('SkipToContent'));
  const entries = await page.evaluate(() => history.length);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('*:focus').getAttribute('type'), 'search');
  assert.equal(await page.evaluate(() => history.length), entries, 'the way back must not have to pass it');
  await context.close();
});

test('a wrong field gets the focus, its sentence and its mark when the way on is refused', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  await page.getByRole('button', { name: say('PrepareNext', { step: say('PrepareNextMaterials') }) }).click();
  const name = page.getByRole('textbox', { name: say('FieldName') });
  await page.waitForFunction((label) => document.activeElement?.labels?.[0]?.textContent === label, say('FieldName'));
  assert.equal(await name.getAttribute('aria-invalid'), 'true');
  const described = await name.getAttribute('aria-describedby');
  assert.match(await page.locator(`[id="${described}"]`).textContent(), /姓名/);
  await page.getByRole('alert').filter({ hasText: pattern('AnnounceErrors') }).first().waitFor({ state: 'attached' });
  await context.close();
});

test('the key that says "next" goes on to the next field, and refuses nothing on the way', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  const focused = () => page.evaluate(() => document.activeElement.labels?.[0]?.textContent ?? '');
  await page.getByRole('textbox', { name: say('FieldName') }).fill('演示甲');
  for (const next of ['FieldMobile', 'FieldIdentity', 'FieldRegistrationDistrict']) {
    await page.keyboard.press('Enter');
    assert.equal(await focused(), say(next));
  }
  await quiet(page);
  assert.match(page.url(), /prepare\/form/);
  assert.equal(await page.locator('[data-error]').count(), 0);
  await context.close();
});

test('what is deleted leaves the focus to its neighbour', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  for (const item of ['i109', 'i110']) await begun_draft(page, item);
  await visit(page, '/drafts');
  await tab_to(page, 'button', pattern('DraftDelete'));
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await tab_to(page, 'button', say('DraftDelete'));
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  assert.match(await page.locator('*:focus').getAttribute('aria-label'), /本市支援外地/, 'a control of the other draft');
  await context.close();
});

test('the focus stays on its control when type size, colours or answers change what is around it', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/item/i109`);
  await tab_to(page, 'button', say('LargerText'));
  for (let turn = 0; turn < 4; ++turn) {
    const before = await page.evaluate(() => document.activeElement.tb_id);
    await page.keyboard.press('Enter');
    await quiet(page);
    assert.equal(await page.evaluate(() => document.activeElement.tb_id), before, `after ${turn + 1} presses`);
  }
  await tab_to(page, 'radio', '支外人员本人');
  await page.keyboard.press('Space');
  await heading(page, say('GuideMaterials', { n: 6 }));
  assert.equal(await page.locator('*:focus').evaluate((radio) => radio.labels[0].textContent), '支外人员本人');
  await context.close();
});

test('a dialog holds the focus, Escape closes it, and the focus is where it was', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  await begun_draft(page);
  await visit(page, '/drafts');
  await tab_to(page, 'button', pattern('DraftDelete'));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor();
  for (let presses = 0; presses < 6; ++presses) {
    await page.keyboard.press('Tab');
    const where = await page.evaluate(() => (document.activeElement === document.body ? 'browser' : document.activeElement.closest('[role=alertdialog]') ? 'dialog' : 'page'));
    assert.notEqual(where, 'page');
  }
  await dialog.focus();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.match(await page.locator('*:focus').getAttribute('aria-label'), pattern('DraftDelete'));
  await context.close();
});
