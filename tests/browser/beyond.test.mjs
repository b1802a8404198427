// What lies beyond the screen: photographs that are looked at, reading aloud, a device that everybody uses.
// Run: node --test tests/browser/beyond.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { live, open, portal_context, quiet, settled, shoot, visit } from './lib/portal.mjs';
import { filled_draft } from './lib/prepare.mjs';
import { staff_page } from './lib/staff.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';

/// A page of print on a table, as a phone would take it: sharp, out of focus, or with light on its top left.
const photograph = (page, how) => page.evaluate(async (way) => {
  const canvas = new OffscreenCanvas(1200, 1600), context = canvas.getContext('2d');
  context.fillStyle = '#4a4038';
  context.fillRect(0, 0, 1200, 1600);
  if (way === 'blurred') context.filter = 'blur(9px)';
  context.fillStyle = '#d8d4ca';
  context.fillRect(90, 90, 1020, 1420);
  context.fillStyle = '#222';
  context.font = '30px sans-serif';
  for (let line = 0; line < 30; ++line) context.fillText(`演示 demo ${line} 户籍迁出材料 310110 19470316`.repeat(2).slice(0, 40), 130, 160 + line * 45);
  if (way === 'glare') {
    context.filter = 'none';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 380, 500);
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  return [...new Uint8Array(await blob.arrayBuffer())];
}, how);

/// Marks the page as it is now; the function that comes waits until it has been loaded anew.
async function loaded_anew(page) {
  await page.evaluate(() => { globalThis.__before = true; });
  return () => page.waitForFunction(() => !globalThis.__before && document.documentElement.classList.contains('live'));
}

test('a photograph is shown small; one out of focus or with light on it is taken, with a word of warning', async () => {
  const context = await portal_context(browser, '1024x768');
  const page = await open(context, node.url);
  await filled_draft(page);
  const input = page.locator('input[type=file]').first(), card = page.getByRole('region').filter({ has: input });
  const add = async (how) => {
    await settled(page, async () => input.setInputFiles({ name: `${how}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(await photograph(page, how)) }));
    await quiet(page, 400);
  };
  await add('sharp');
  const shown = page.getByRole('img', { name: pattern('PhotoNumber', { n: 1 }) });
  await shown.waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('#portal img')].some((image) => image.naturalWidth === 1200));
  assert.equal(await card.getByText(say('PhotoBlurred')).count(), 0);
  await add('blurred');
  await card.getByText(say('PhotoBlurred')).waitFor();
  await add('glare');
  await card.getByText(say('PhotoGlare', { where: say('WhereTopLeft') })).waitFor();
  await shoot(page, '1024x768', 'prepare-materials-photos');
  const refused = async (name, mimeType, buffer, words) => {
    await settled(page, () => input.setInputFiles({ name, mimeType, buffer }));
    await card.getByText(words).waitFor();
    assert.equal(await page.getByRole('list', { name: say('ReviewAttached') }).getByRole('listitem').count(), 3, 'the rest stays');
  };
  await refused('notes.txt', 'text/plain', Buffer.from('演示'), say('PhotoWrongType'));
  await refused('broken.jpg', 'image/jpeg', Buffer.from(await photograph(page, 'sharp')).subarray(0, 5000), say('PhotoBroken'));
  await refused('huge.jpg', 'image/jpeg', Buffer.alloc(30 << 20, 1), pattern('PhotoTooLarge'));
  await context.close();
});

/// A voice that says nothing, quickly, and remembers what it was given.
const voices = (list) => {
  const said = (globalThis.__said = []);
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(globalThis, 'speechSynthesis', { value: {
    getVoices: () => list, addEventListener() {}, cancel() {},
    speak(utterance) {
      said.push({ text: utterance.text, yellow: String([...(CSS.highlights.get('reading') ?? [])][0] ?? '') });
      setTimeout(() => utterance.onend?.(), 20);
    },
  } });
};

test('with a Chinese voice on the device the page is read sentence by sentence, each on yellow', async () => {
  const context = await portal_context(browser, '390x844');
  await context.addInitScript(voices, [{ lang: 'en-GB', localService: true }, { lang: 'zh-CN', localService: true }]);
  const page = await open(context, `${node.url}/help`);
  await page.getByRole('button', { name: say('ReadAloud') }).click();
  await page.getByRole('button', { name: say('ReadAloudStop') }).waitFor();
  await page.getByRole('button', { name: say('ReadAloud'), exact: true }).waitFor();
  const said = await page.evaluate(() => __said);
  assert.equal(said[0].text, say('HelpTitle'));
  assert.ok(said.length > 10, `${said.length} sentences`);
  for (const { text, yellow } of said) assert.equal(yellow, text);
  await context.close();
});

test('without a voice of its own the device offers no reading: nothing is sent away to be spoken', async () => {
  const context = await portal_context(browser, '390x844');
  await context.addInitScript(voices, [{ lang: 'zh-CN', localService: false }, { lang: 'en-GB', localService: true }]);
  const page = await open(context, node.url);
  assert.equal(await page.getByRole('button', { name: say('ReadAloud') }).count(), 0);
  await context.close();
});

test('staff make a device public; then everybody’s traces go when they leave, or when nobody is there any more', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await staff_page(context, node, 'quyang-window');
  await page.getByRole('button', { name: say('PublicMake') }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: say('PublicMake') }).click();
  await page.waitForURL(`${node.url}/`);
  await live(page);

  await page.clock.install();
  await page.goto(node.url);
  await live(page);
  await page.getByRole('searchbox').fill('jlk');
  await page.getByText(say('SessionBegun')).waitFor();
  await page.clock.fastForward(61_000);
  await page.getByText(say('SessionClock', { n: 1 })).waitFor();
  await page.clock.fastForward(60_000);
  const asked = page.getByRole('alertdialog', { name: say('StillHereTitle') });
  await asked.waitFor();
  await shoot(page, '1366x768', 'still-here');
  await asked.getByRole('button', { name: say('StillHereStay') }).click();
  await asked.waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('searchbox').inputValue(), 'jlk', 'whoever stays loses nothing');

  await visit(page, '/item/i109/prepare/form');
  await page.getByRole('textbox', { name: say('FieldName') }).fill('演示甲');
  assert.equal(await page.getByRole('textbox', { name: say('FieldName') }).getAttribute('autocomplete'), 'off');
  assert.equal(page.url(), `${node.url}/`, 'an address would tell the next person');
  assert.equal(await page.title(), '通办', 'and so would a title');
  const other = await open(context, node.url);
  await other.getByRole('searchbox').fill('残疾');
  const anew = await loaded_anew(page);
  await page.bringToFront();
  await page.clock.fastForward(121_000);   // the clock of all tabs
  await asked.waitFor();
  await other.getByRole('button', { name: say('StillHereStay') }).click();
  await page.clock.fastForward(31_000);
  await anew();
  await live(page);
  assert.equal(await other.getByRole('searchbox').inputValue(), '残疾', 'a tab that is in use goes on');
  await visit(page, '/drafts');
  await page.getByText(say('DraftsEmpty')).waitFor();
  for (const step of ['goBack', 'goBack', 'goForward']) {
    await page[step]();
    await live(page);
    assert.equal((await page.content()).includes('演示甲'), false, 'nor does the way back lead to it');
    assert.equal(new URL(page.url()).pathname, '/');
  }
  const both = await Promise.all([page, other].map(loaded_anew));
  await visit(other, '/settings');
  await other.getByRole('button', { name: say('SettingsErase') }).last().click();
  await other.getByRole('alertdialog').getByRole('button', { name: say('SettingsEraseGo') }).click();
  for (const loaded of both) await loaded();   // who erases means all tabs
  await context.close();
});

test('the step back of the question that closes does not break off the way home, however long that is', async () => {
  const context = await portal_context(browser, '390x844', { serviceWorkers: 'block' });
  // A busy browser takes its time for the step; here, as much as would fall into the middle of the way.
  await context.addInitScript(() => { history.back = () => setTimeout(() => History.prototype.back.call(history), 400); });
  const page = await open(context, `${node.url}/settings`);
  let ways = 0;
  await page.route(`${node.url}/`, async (route) => {
    ++ways;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  await page.getByRole('button', { name: say('SettingsErase') }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: say('SettingsEraseGo') }).click();
  await page.waitForURL(`${node.url}/`);
  assert.equal(ways, 1);
  await context.close();
});

test('the code of a guide opens it on another phone, with the same answers and ticks', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/item/i109`);
  await page.getByRole('radio', { name: '支外人员本人' }).check();
  await page.getByRole('checkbox', { name: '身份证' }).check();
  await settled(page, () => page.getByRole('button', { name: say('GuideQr') }).click());
  const code = page.getByRole('img', { name: say('GuideQrAlt') });
  await code.waitFor();
  await shoot(page, '1366x768', 'guide-code');
  await page.keyboard.press('Escape');
  await code.waitFor({ state: 'detached' });
  // What a camera would read: the unit tests hold the address, this holds what the other phone makes of it.
  const phone = await portal_context(browser, '390x844');
  const there = await open(phone, `${node.url}/item/i109?answers=whose.main`);
  await there.getByRole('heading', { name: say('GuideMaterials', { n: 6 }) }).waitFor();
  assert.equal(await there.getByRole('radio', { name: '支外人员本人' }).isChecked(), true);
  assert.equal(new URL(there.url()).search, '', 'a reload must not undo what is answered later');
  await phone.close();
  await context.close();
});

test("a receipt's code fills in number and access code, in a new tab and in one that is open, and leaves the address", async () => {
  const context = await portal_context(browser, '390x844');
  const number = (page) => page.getByRole('textbox', { name: say('CasesAddNumber') });
  const page = await open(context, `${node.url}/cases#TB261124-AAAAAAAA.wrong`);
  await number(page).waitFor();
  assert.equal(await number(page).inputValue(), 'TB261124-AAAAAAAA');
  assert.equal(page.url(), `${node.url}/cases`);
  await page.getByText(say('CasesAddFailed')).waitFor();
  await page.evaluate(() => { location.href = '/cases#TB261124-BBBBBBBB.wrong'; });
  await page.waitForFunction((text) => [...document.querySelectorAll('input')].some((field) => field.value === text), 'TB261124-BBBBBBBB');
  assert.equal(page.url(), `${node.url}/cases`);
  // Who corrects the number finds the form as it was.
  await number(page).fill('');
  await quiet(page);
  assert.ok(await number(page).isVisible());
  await context.close();
});
