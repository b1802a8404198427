// What a screen looks like when something is wrong, missing or on its way: each state at every size is sound, says what
// it is, and is a picture of the gallery. Run: node --test tests/browser/states.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { submitted } from './lib/cases.mjs';
import { mistyped, photograph, resident } from './lib/people.mjs';
import { open, portal_context, quiet, settled, shoot, sizes, storing, visit } from './lib/portal.mjs';
import { choose, filled_draft } from './lib/prepare.mjs';
import { faults_of } from './lib/screens.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';

const next = (page, step) => page.getByRole('button', { name: say('PrepareNext', { step: say(step) }) });

/// Gathers what is wrong with each state that is shown to it.
function inspector(page, size) {
  const faults = [];
  const see = async (name, words) => {
    if (words) await page.locator('#portal').getByText(words).first().waitFor();
    faults.push(...(await faults_of(page, true)).map((fault) => `${name}: ${fault}`));
    await shoot(page, size, `state-${name}`);
  };
  return { faults, see };
}

/// In the page: what the store answers to a put, while a test wants it to be something else.
const bend_the_store = () => {
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      this.puts = args[1]?.name === 'store' ? new Set() : null;
    }
    postMessage(data, ...rest) {
      if (data.request?.op === 'put' && data.request.space !== 'setting') this.puts?.add(data.id);
      super.postMessage(data, ...rest);
    }
    set onmessage(handler) {
      super.onmessage = ({ data }) => {
        const bent = this.puts?.delete(data.id) && globalThis.__bent_reply;
        handler({ data: bent ? { ...data, reply: bent.ok === false ? bent : { ...data.reply, ...bent } } : data });
      };
    }
  };
};
const bend = (page, reply) => page.evaluate((bent) => { globalThis.__bent_reply = bent; }, reply);

for (const size of Object.keys(sizes)) {
  test(`what is wrong in a form is said where it is, and is sound at ${size}`, async () => {
    const context = await portal_context(browser, size);
    const page = await open(context, `${node.url}/item/i109/prepare/situation`);
    const { faults, see } = inspector(page, size);
    await settled(page, () => next(page, 'PrepareNextForm').click());
    await see('question-missed', say('SituationUnanswered'));
    const missed = page.getByRole('radiogroup', { description: say('SituationUnanswered') });
    assert.equal(await missed.getByRole('radio').first().evaluate((radio) => radio === document.activeElement), true, 'the question has the focus');
    assert.equal(await missed.getAttribute('aria-invalid'), 'true');
    await settled(page, () => missed.getByRole('radio').first().check());
    assert.equal(await page.locator('#portal').getByText(say('SituationUnanswered')).count(), 0);

    await next(page, 'PrepareNextForm').click();
    await page.getByRole('textbox', { name: say('FieldName') }).waitFor();
    await page.getByRole('textbox', { name: say('FieldIdentity') }).fill(mistyped(resident.identity));
    await page.getByRole('textbox', { name: say('FieldMobile') }).fill('1380000');
    await settled(page, () => next(page, 'PrepareNextMaterials').click());
    await see('form-faults', /11 位，现在是 7 位/);

    const draft = await filled_draft(page);
    await settled(page, () => page.getByLabel(say('MaterialPhoto')).first().setInputFiles({ name: '演示.txt', mimeType: 'text/plain', buffer: Buffer.from('演示') }));
    await see('photo-refused', say('PhotoWrongType'));
    await visit(page, '/drafts');
    await settled(page, () => page.getByRole('button', { name: pattern('DraftDelete') }).first().click());
    await see('draft-delete', say('DraftDeleteAsk'));
    await settled(page, () => page.keyboard.press('Escape'));
    await visit(page, `/item/i109/prepare/submit?draft=${draft}`);
    await see('submit-no-centre', say('ReviewCentreChoose'));
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`without a network, and when the centre refuses, each screen says so and is sound at ${size}`, async () => {
    const context = await portal_context(browser, size);
    const page = await open(context, node.url);
    const { faults, see } = inspector(page, size);
    const draft = await filled_draft(page);
    await visit(page, `/item/i109/prepare/review?draft=${draft}`);
    await choose(page, say('ReviewCentreDistrict'), '虹口区');
    await choose(page, say('ReviewCentreName'), /曲阳路街道/);
    await storing(page);
    await context.setOffline(true);
    await visit(page, '/');
    await see('home-offline', say(size.startsWith('1366') ? 'Offline' : 'OfflineBar'));   // the rail has no room for more
    await visit(page, `/item/i109/prepare/submit?draft=${draft}`);
    await see('submit-offline', say('SubmitOfflineTitle'));
    await settled(page, () => page.getByRole('radio', { name: say('SubmitWhenOnline') }).check());
    await settled(page, () => page.getByRole('button', { name: say('SubmitWhenOnline') }).click());
    await see('waiting', say('StateWaitingCaption'));
    await context.route('**/api/v1/submissions', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json',
      body: JSON.stringify({ status: 422, code: 'demo.refused', zh: '演示：中心没有收下', en: 'Demonstration: not taken', field: '/applicant/name' }) }));
    await context.setOffline(false);
    await see('refused', '演示：中心没有收下');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`without a catalogue, and on a device that keeps nothing, it is said, and sound at ${size}`, async () => {
    const context = await portal_context(browser, size, { serviceWorkers: 'block' });
    await context.addInitScript(() => { Object.defineProperty(globalThis, 'indexedDB', { value: undefined }); });
    await context.route('**/catalogue/current.snap', (route) => route.fulfill({ status: 200, body: 'not a catalogue' }));
    const page = await open(context, `${node.url}/items`);
    const { faults, see } = inspector(page, size);
    await see('catalogue-broken', say('CatalogueBroken'));
    await context.unroute('**/catalogue/current.snap');
    await settled(page, () => page.getByRole('button', { name: say('Retry') }).click());
    await page.getByRole('list', { name: say('ItemsTitle') }).waitFor();
    // Its store opens, but the key to it could not be kept: what is written cannot be read after this page.
    await visit(page, '/item/i109/prepare/form');
    await page.getByRole('textbox', { name: say('FieldName') }).fill(resident.name);
    await visit(page, '/settings');
    await see('nothing-kept', say('StoredMemory'));
    await quiet(page);
    assert.equal(await page.locator('#portal').getByText(say('SavedHere')).count(), 0);
    const kept = await page.evaluate(async () => (await navigator.storage.getDirectory()).getDirectoryHandle('tongban-store').then(() => true, () => false));
    assert.equal(kept, false, 'nothing is stored that nobody could open again');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`what a device can't keep, and what another tab has written, is said at once, and sound at ${size}`, async () => {
    const context = await portal_context(browser, size);
    await context.addInitScript(bend_the_store);
    const page = await open(context, node.url);
    const { faults, see } = inspector(page, size);
    const draft = await filled_draft(page);
    await storing(page);
    await page.getByText(say('Saving')).waitFor({ state: 'hidden' });
    await bend(page, { ok: false, error: 'storage_full' });
    await settled(page, () => page.getByLabel(say('MaterialPhoto')).first().setInputFiles({ name: '演示.jpg', mimeType: 'image/jpeg', buffer: photograph(1) }));
    await see('storage-full', say('StorageFull'));
    await visit(page, `/item/i109/prepare/form?draft=${draft}`);
    await page.getByRole('textbox', { name: say('FieldAddress') }).fill('演示路2号');
    await see('save-failed', say('SaveFailed'));
    await bend(page, { conflict: true });
    await page.getByRole('textbox', { name: say('FieldAddress') }).fill('演示路3号');
    await page.locator('#portal').getByText(say('DraftConflict')).first().waitFor();
    await bend(page, null);
    await see('draft-conflict');
    await quiet(page, 1500);
    await page.reload();
    await page.getByRole('textbox', { name: say('FieldAddress') }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: say('FieldAddress') }).inputValue(), '演示路3号', 'afterwards it is kept');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a receipt that is not genuine, and a centre that doesn't answer, are called so, and sound at ${size}`, async () => {
    const context = await portal_context(browser, size, { serviceWorkers: 'block' });
    await context.route('**/api/v1/submissions', async (route) => {
      const response = await route.fetch(), answer = await response.json(), at = answer.receipt.length - 12;
      const other = answer.receipt[at] === 'A' ? 'B' : 'A';
      await route.fulfill({ response, json: { ...answer, receipt: answer.receipt.slice(0, at) + other + answer.receipt.slice(at + 1) } });
    });
    const page = await open(context, node.url);
    const { faults, see } = inspector(page, size);
    await submitted(page);
    await settled(page, () => page.getByRole('button', { name: say('CaseSeeReceipt') }).click());
    await see('receipt-wrong', pattern('CaseReceiptBad'));
    await settled(page, () => page.keyboard.press('Escape'));
    await context.route('**/api/v1/cases/**', (route) => route.fulfill({ status: 503 }));
    await settled(page, () => page.getByRole('button', { name: say('CasesRefresh') }).click());
    await see('case-no-answer', pattern('CasesNoAnswer'));
    assert.deepEqual(faults, []);
    await context.close();
  });
}
