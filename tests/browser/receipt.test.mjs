// A receipt goes where its owner wants it: as a picture, or to somebody else's phone. Run: node --test tests/browser/receipt.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { look_at_kept } from './lib/kept_picture.mjs';
import { submitted, window_of } from './lib/cases.mjs';
import { assert_no_faults, axe, open, pages_printed, portal_context, settled, shoot, visit } from './lib/portal.mjs';
import { filled_draft } from './lib/prepare.mjs';
import { browser, node } from './lib/stage.mjs';
import { say } from './lib/words.mjs';

/// Submits one application and opens its receipt; returns the case's number.
async function received(page) {
  const number = await submitted(page);
  await page.getByRole('button', { name: say('CaseSeeReceipt') }).click();
  await page.getByRole('dialog', { name: say('CaseReceipt') }).getByText(say('CaseReceiptGood')).waitFor();
  return number;
}

test('an application, its receipt, and the notice of what is missing are printed on one page of A4 each', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  const draft = await filled_draft(page);
  await visit(page, `/item/i109/prepare/submit?draft=${draft}`);
  assert.equal(await pages_printed(page, () => page.getByRole('button', { name: say('CarryPrint') }).click()), 1, 'the application');
  const number = await received(page), { act, materials } = await window_of(node);
  assert.equal(await pages_printed(page, () => page.getByRole('button', { name: say('StaffPrintReceipt') }).click()), 1, 'the receipt');
  await settled(page, () => page.getByRole('dialog').getByRole('button', { name: say('Close') }).click());
  await act(number, 'receive');
  const [first] = await materials(number);
  await act(number, 'return', { verdicts: [{ material: first, verdict: 'missing', reason: '演示：这一页看不清' }], text: '演示：其余都好' });
  await settled(page, () => page.getByRole('button', { name: say('CasesRefresh') }).click());
  assert.equal(await pages_printed(page, () => page.getByRole('button', { name: say('StaffPrintNotice') }).click()), 1, 'the notice');
  await context.close();
});

test('a receipt is kept as a picture of what is printed, with its code, and shared by its address', async () => {
  const context = await portal_context(browser, '390x844');
  await context.addInitScript(() => { Object.defineProperty(navigator, 'share', { value: async (what) => { globalThis.__shared = what; } }); });
  const page = await open(context, node.url);
  const number = await received(page);
  const dialog = page.getByRole('dialog', { name: say('CaseReceipt') });
  await dialog.getByRole('img', { name: say('PrintReceiptQrAlt') }).waitFor();
  assert.deepEqual(await axe(page), []);
  await shoot(page, '390x844', 'receipt');

  const coming = page.waitForEvent('download');
  await dialog.getByRole('button', { name: say('KeepPicture') }).click();
  const kept = await coming;
  assert.match(kept.suggestedFilename(), new RegExp(`${number}.*\\.png$`));
  const picture = await look_at_kept(page, await kept.path());
  assert.equal(picture.width, 1440);
  assert.deepEqual(picture.corner, [255, 255, 255, 255]);
  assert.ok(picture.dark > 0.01 && picture.dark < 0.3, `${picture.dark} of it is dark`);
  assert.ok(picture.codes >= 8, `${picture.codes} rows of pixels look like a code`);

  await dialog.getByRole('button', { name: say('Share') }).click();
  await page.waitForFunction(() => globalThis.__shared);
  const { title, url } = await page.evaluate(() => globalThis.__shared);
  assert.ok(title.includes(number));
  assert.ok(url.startsWith(`${node.url}/cases#${number}.`), url);

  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  const phone = await portal_context(browser, '390x844');
  const there = await open(phone, url);
  await there.getByText(say('CaseNumberLine', { number })).first().waitFor();
  await phone.close();
  assert_no_faults(context);
  await context.close();
});

test('a receipt is printed as a sheet of its own, with number, centre, time and code', async () => {
  const context = await portal_context(browser, '1366x768');
  await context.addInitScript(() => { globalThis.print = () => { globalThis.__printed = document.getElementById('print').innerText; }; });
  const page = await open(context, node.url);
  const number = await received(page);
  await page.getByRole('dialog').getByRole('button', { name: say('StaffPrintReceipt') }).click();
  await page.waitForFunction(() => globalThis.__printed);
  const words = await page.evaluate(() => globalThis.__printed);
  for (const wanted of [say('PrintReceipt'), number, say('CaseReceiptCentre'), '曲阳路街道', say('CaseReceiptStored'), say('PrintReceiptQr')])
    assert.ok(words.includes(wanted), `no ${wanted} in: ${words}`);
  assert.equal(await page.locator('#print img[alt], #print svg').count() > 0, true);
  await context.close();
});

test('where the browser can’t share, nothing is offered, and the rest of the receipt stands', async () => {
  const context = await portal_context(browser, '1366x768');
  await context.addInitScript(() => { Object.defineProperty(navigator, 'share', { value: undefined }); });
  const page = await open(context, node.url);
  await received(page);
  const dialog = page.getByRole('dialog', { name: say('CaseReceipt') });
  assert.equal(await dialog.getByRole('button', { name: say('Share') }).count(), 0);
  assert.equal(await dialog.getByRole('button', { name: say('KeepPicture') }).count(), 1);
  await shoot(page, '1366x768', 'receipt');
  await context.close();
});
