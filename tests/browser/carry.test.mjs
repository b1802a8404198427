// An application that goes to the window in its owner's hand, and a draft that goes home in one code. The codes are read off
// the screen, as a scanner or another phone does. Run: node --test tests/browser/carry.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { window_of } from './lib/cases.mjs';
import { open_browser_without_gl } from './lib/chromium.mjs';
import { picture_of, scan_into, scanned } from './lib/codes.mjs';
import { assert_no_faults, axe, installed, live, open, portal_context, quiet, settled, shoot, shoot_all, sizes, storing, visit } from './lib/portal.mjs';
import { choose, filled_draft } from './lib/prepare.mjs';
import { resident } from './lib/people.mjs';
import { faults_of, looks, take_look } from './lib/screens.mjs';
import { staff_page } from './lib/staff.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';

const long_statement = '演示申请，不是真的。'.repeat(14);
let reader;
/// A page of nobody's, which takes pictures apart.
const blank = async () => (reader ??= await (await browser.newContext()).newPage());

/// Up to the step of handing in, with what is applied for in `statement`.
async function prepared(page, statement) {
  const draft = await filled_draft(page);
  await visit(page, `/item/i109/prepare/form?draft=${draft}`);
  await page.getByRole('textbox', { name: say('FieldStatement') }).fill(statement);
  await visit(page, `/item/i109/prepare/review?draft=${draft}`);
  await choose(page, say('ReviewCentreDistrict'), '虹口区');
  await choose(page, say('ReviewCentreName'), /曲阳路街道/);
  await page.getByRole('button', { name: say('PrepareNext', { step: say('PrepareNextSubmit') }) }).click();
  await page.getByRole('heading', { name: say('SubmitTitle') }).waitFor();
  return draft;
}

const code = (page, n, total) => page.getByRole('img', { name: say('CarryCodeAlt', { n, total }) });

/// All codes of what is carried, each as a scanner reads it.
async function codes_on(page, total) {
  const texts = [];
  for (let n = 1; n <= total; ++n) {
    await code(page, n, total).waitFor();
    await quiet(page);
    texts.push(await scanned(page, await blank(), code(page, n, total)));
    if (total > 1) await settled(page, () => page.getByRole('button', { name: say('CarrySee', { n: n % total + 1 }) }).click());
  }
  return texts;
}

async function window_at(context) {
  const page = await staff_page(context, node, 'quyang-window');
  await page.getByRole('link', { name: say('StaffCarried') }).click();
  await page.getByRole('textbox', { name: say('StaffCarriedField') }).waitFor();
  await quiet(page);
  return page;
}

test('without a network an application becomes codes, is scanned and filed at the window, and is found again at home', async () => {
  const phone = await portal_context(browser, '390x844'), desk = await portal_context(browser, '1366x768');
  const page = await open(phone, node.url);
  await installed(page);
  const draft = await prepared(page, long_statement);
  await storing(page);
  await phone.setOffline(true);
  await page.getByText(say('SubmitOfflineTitle')).first().waitFor();
  assert.equal(await page.getByRole('radio', { name: say('CarryWay') }).isChecked(), true);
  await shoot_all(page, 'submit-carry');
  await page.getByRole('button', { name: say('CarryGo') }).click();
  await code(page, 1, 2).waitFor();
  await page.getByText(say('CarryNoPhotos')).first().waitFor();
  assert.deepEqual(await axe(page), []);
  await shoot_all(page, 'carried');
  const texts = await codes_on(page, 2);
  for (const text of texts) assert.match(text, /^TBC1:[0-9A-Z $%*+./:-]+\.$/);

  // Closed and opened again, still without a network: the same codes.
  await page.reload();
  await live(page);
  await quiet(page);
  assert.deepEqual(await codes_on(page, 2), texts);
  await visit(page, '/cases');
  await page.getByRole('link').filter({ hasText: say('StateCarried') }).waitFor();
  await visit(page, '/drafts');
  await page.getByRole('link').filter({ hasText: say('StateCarried') }).click();
  await code(page, 1, 2).waitFor();

  const window_page = await window_at(desk);
  await shoot(window_page, '1366x768', 'staff-carried');
  assert.deepEqual(await faults_of(window_page, true), []);
  await scan_into(window_page, 'https://example.org/');
  await window_page.getByText('这不是带件的码').first().waitFor();
  await scan_into(window_page, texts[1]);
  await window_page.getByText(say('StaffCarriedMissing', { n: 1, total: 2 })).first().waitFor();
  await shoot(window_page, '1366x768', 'staff-carried-missing');
  await scan_into(window_page, texts[0].slice(0, 200));
  await window_page.getByText('这张码没扫全').first().waitFor();
  await scan_into(window_page, texts[0].toLowerCase());
  await window_page.getByText(say('StaffCarriedFilled')).first().waitFor();
  assert.equal(await window_page.getByRole('textbox', { name: say('FieldName') }).inputValue(), resident.name);
  assert.equal((await window_page.getByRole('textbox', { name: say('FieldIdentity') }).inputValue()).replaceAll(' ', ''), resident.identity);
  assert.equal(await window_page.getByRole('textbox', { name: say('FieldStatement') }).inputValue(), long_statement);
  assert.ok(!window_page.url().includes(resident.name) && !window_page.url().includes('TBC1'));
  for (const box of await window_page.getByRole('checkbox').all()) await box.check();
  await shoot(window_page, '1366x768', 'staff-carried-sheet');
  await window_page.getByRole('button', { name: say('StaffWalkInGo') }).click();
  await window_page.getByText(say('StaffCarriedDone')).first().waitFor();
  await shoot(window_page, '1366x768', 'staff-carried-done');

  // Carried there a second time it is known.
  await visit(window_page, '/staff/carried');
  await window_page.getByRole('textbox', { name: say('StaffCarriedField') }).focus();
  for (const text of texts) await scan_into(window_page, text);
  await window_page.getByText(pattern('StaffCarriedKnown')).first().waitFor();
  await window_page.getByRole('link', { name: say('StaffCarriedSee') }).click();
  await window_page.waitForURL(/\/staff\/case\/TB/);
  const number = decodeURIComponent(new URL(window_page.url()).pathname.split('/')[3]);

  await phone.setOffline(false);
  await page.waitForURL(`${node.url}/case/${number}`);
  await page.getByText(say('CaseNumberLine', { number })).first().waitFor();
  await shoot(page, '390x844', 'carried-found');
  await visit(page, `/item/i109/prepare/submit?draft=${draft}`);
  await page.getByText(say('PrepareSent')).first().waitFor();
  assert_no_faults(phone);
  assert_no_faults(desk);
  await phone.close();
  await desk.close();
});

test('sent online after a window has it, what was carried leads to its case', async () => {
  const context = await portal_context(browser, '1024x768'), desk = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  await prepared(page, resident.statement);
  await page.getByRole('radio', { name: say('CarryWay') }).check();
  await page.getByRole('button', { name: say('CarryGo') }).click();
  const [text] = await codes_on(page, 1);
  await page.getByRole('button', { name: say('CarryAsk') }).click();
  await page.getByText(say('CarryAskedNo')).first().waitFor();

  // The window takes a picture of the code in place of a scanner.
  const window_page = await window_at(desk);
  await window_page.getByLabel(say('StaffCarriedPhoto')).setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: await picture_of(page, code(page, 1, 1)) });
  await window_page.getByText(say('StaffCarriedFilled')).first().waitFor();
  await window_page.getByRole('button', { name: say('StaffWalkInGo') }).click();
  await window_page.getByText(say('StaffCarriedDone')).first().waitFor();
  assert.match(text, /^TBC1:/);

  await page.getByRole('button', { name: say('CarrySendNow') }).click();
  await page.waitForURL(/\/case\/TB/);
  const number = decodeURIComponent(new URL(page.url()).pathname.split('/')[2]);
  const { act } = await window_of(node);
  await act(number, 'check', { verdicts: [] }).catch(() => {});   // it is the window's: it answers
  assert_no_faults(context);
  await context.close();
  await desk.close();
});

test('what is carried is printed, taken back and changed, with a keyboard alone', async () => {
  const context = await portal_context(browser, '1366x768');
  await context.addInitScript(() => { globalThis.print = () => { globalThis.__printed = document.getElementById('print').querySelectorAll('svg').length; }; });
  const page = await open(context, node.url);
  await prepared(page, long_statement);
  const press = async (role, name) => {
    await page.getByRole(role, { name }).focus();
    await settled(page, () => page.keyboard.press(role === 'radio' ? 'Space' : 'Enter'));
  };
  await press('radio', say('CarryWay'));
  await press('button', say('CarryGo'));
  await code(page, 1, 2).waitFor();
  await page.getByRole('button', { name: say('CarryPrintCodes') }).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => globalThis.__printed);
  assert.equal(await page.evaluate(() => globalThis.__printed), 2);
  const [before] = await codes_on(page, 2);
  await press('button', say('SubmitEditAgain'));
  await page.getByRole('heading', { name: say('ReviewTitle') }).waitFor();
  assert.match(before, /^TBC1:/);
  assert_no_faults(context);
  await context.close();
});

test('carrying is sound in every size and look, in English, and at 320 px', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  const draft = await prepared(page, long_statement), faults = [];
  await page.getByRole('radio', { name: say('CarryWay') }).check();
  await page.getByRole('button', { name: say('CarryGo') }).click();
  await code(page, 1, 2).waitFor();
  const path = `/item/i109/prepare/submit?draft=${draft}`;
  const look_at = async (name) => faults.push(...(await faults_of(page, true)).map((words) => `${name}: ${words}`));
  for (const [size, { viewport }] of [...Object.entries(sizes), ['320', { viewport: { width: 320, height: 640 } }]]) {
    await page.setViewportSize(viewport);
    await quiet(page, 400);
    await look_at(size);
  }
  await shoot(page, '390x844', 'carried-320');
  await codes_on(page, 2);   // three pixels a module are left to read
  await page.setViewportSize(sizes['390x844'].viewport);
  for (const look of looks) {
    await take_look(page, look);
    await visit(page, path);
    await look_at(look.name);
    await shoot(page, '390x844', `carried-${look.name}`);
  }
  await take_look(page, { size: 'SizeNormal' });
  await visit(page, '/settings');
  await page.getByRole('radio', { name: 'English' }).check();
  await visit(page, path);
  await page.getByRole('img', { name: 'Code to take to a window, 1 of 2' }).waitFor();
  await look_at('English');
  await shoot(page, '390x844', 'carried-english');
  assert.deepEqual(faults, []);
  assert_no_faults(context);
  await context.close();
});

test('codes are read off a page without a canvas, in the person’s own dark colours too', async () => {
  const plain = await open_browser_without_gl();
  for (const colours of [{}, { forcedColors: 'active', colorScheme: 'dark' }]) {
    const context = await portal_context(plain, '390x844', colours);
    const page = await open(context, node.url);
    await prepared(page, long_statement);
    await page.getByRole('radio', { name: say('CarryWay') }).check();
    await page.getByRole('button', { name: say('CarryGo') }).click();
    for (const text of await codes_on(page, 2)) assert.match(text, /^TBC1:[0-9A-Z $%*+./:-]+\.$/);
    assert.deepEqual(await axe(page), []);
    await shoot(page, '390x844', colours.forcedColors ? 'carried-forced' : 'carried-flow');
    assert_no_faults(context);
    await context.close();
  }
  await plain.close();
});

test('a draft goes home from a public browser in one code, and leaves no trace of it in the address', async () => {
  const kiosk = await portal_context(browser, '1366x768');
  await kiosk.addInitScript(() => { try { localStorage.setItem('tongban-public', '1'); } catch { /* a picture of nobody's */ } });
  const page = await open(kiosk, node.url);
  await filled_draft(page);   // no address names it here
  await page.getByRole('button', { name: say('SessionLeave') }).first().click();
  const image = page.getByRole('alertdialog').getByRole('img', { name: say('HomeCodeAlt') });
  await image.waitFor();
  await quiet(page);
  await shoot(page, '1366x768', 'public-leave-code');
  assert.deepEqual(await axe(page), []);
  const address = await scanned(page, await blank(), image);
  assert.match(address, new RegExp(`^${node.url}/drafts#1\\d+$`));

  const asked = [];
  const phone = await portal_context(browser, '390x844');
  phone.on('request', (request) => asked.push(request.url()));
  const there = await open(phone, address);
  await there.waitForURL(/\/item\/i109\/prepare\//);
  assert.equal(new URL(there.url()).hash, '');
  await visit(there, there.url().replace(node.url, '').replace(/prepare\/\w+/, 'prepare/form'));
  assert.equal(await there.getByRole('textbox', { name: say('FieldName') }).inputValue(), resident.name);
  assert.ok(asked.every((url) => !url.includes('#') && url.length < 400));
  await there.goBack();
  assert.equal(new URL(there.url()).hash, '');

  // Scanned again, nothing that was changed meanwhile is lost.
  await there.getByRole('textbox', { name: say('FieldName') }).or(there.getByRole('heading', { level: 1 })).first().waitFor();
  const again = await open(phone, address);
  await again.getByText(say('DraftTakenCopy')).first().waitFor();
  await visit(again, '/drafts');
  assert.equal(await again.getByRole('link', { name: pattern('HomeContinue') }).count(), 2);
  await again.getByRole('button', { name: pattern('HomeCodeTitle') }).first().click();
  await again.getByRole('dialog').getByRole('img', { name: say('HomeCodeAlt') }).waitFor();
  await shoot(again, '390x844', 'draft-code');
  assert_no_faults(kiosk);
  await kiosk.close();
  await phone.close();
});
