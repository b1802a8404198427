// Behind the counter, beside the main job (story.test.mjs): a reminder to a centre that isn't there, and what those see
// who see no cases. Run: node --test tests/browser/staff.test.mjs
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { submitted, window_of } from './lib/cases.mjs';
import { open_browser } from './lib/chromium.mjs';
import { missing, start_nodes } from './lib/nodes.mjs';
import { resident } from './lib/people.mjs';
import { assert_no_faults, open, portal_context, quiet, settled, shoot_all, sizes, visit } from './lib/portal.mjs';
import { faults_of } from './lib/screens.mjs';
import { staff_page } from './lib/staff.mjs';
import { pattern, say } from './lib/words.mjs';

let browser, town, a, number, brought;

/// A case on its way to a centre whose node is away; one that has just come in; and what somebody, who had sealed it for that
/// other centre, has carried here instead.
before(async () => {
  assert.equal(missing(), undefined);
  town = await start_nodes(['a', 'b']);
  const [first, b] = town.nodes;
  a = first;
  browser = await open_browser();
  const context = await portal_context(browser, '390x844');
  const page = await open(context, a.url);
  const sent = [];
  page.on('request', (request) => { if (request.url().endsWith('/submissions')) sent.push(request.postDataJSON()); });
  number = await submitted(page);
  await submitted(page);
  await context.close();
  await b.stop();
  const { begin, act, materials } = await window_of(a);
  await act(number, 'receive');
  await act(number, 'check', { verdicts: (await materials(number)).map((material) => ({ material, verdict: 'fine' })) });
  await act(number, 'transfer');
  // i001: no rule says who decides it, so only the two windows can see that it might be done twice.
  const sheet = { ...sent[0], submission_id: randomBytes(16).toString('hex'), item: 'i001', answers: {}, materials: [] };
  brought = await begin({ ...sheet, chosen: '310110019' });
});
after(async () => {
  await browser?.close();
  await town?.stop();
});

/// The case's sheet is open, and its other centre away.
async function remind(page) {
  const button = page.getByRole('button', { name: say('StaffRemind') });
  await button.waitFor();
  await settled(page, () => button.click());
  await page.getByText(say('StaffReminded')).first().waitFor();
  assert.deepEqual(await faults_of(page, true), []);
}

test('a window reminds the other centre of what it has not received yet', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await staff_page(context, a, 'quyang-window');
  await page.getByRole('link', { name: number }).first().click();
  await remind(page);
  await shoot_all(page, 'staff-reminded');
  assert_no_faults(context);
  await context.close();
});

test('a window with what was meant for a centre that is away sees that it is being asked, and may remind it', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await staff_page(context, a, 'quyang-window');
  await visit(page, '/staff?list=in_hand');
  await page.getByRole('link', { name: brought }).first().click();
  await page.getByText(pattern('StaffAsking')).first().waitFor();
  await remind(page);
  await shoot_all(page, 'staff-asking');
  assert_no_faults(context);
  await context.close();
});

for (const [account, title, in_english] of [['city-office', 'OverviewTitleCity', 'All cases'], ['quyang-supervisor', 'OverviewTitleCentre', 'This centre’s cases']]) {
  test(`${account} sees how many cases stand where, and nobody's name`, async () => {
    const context = await portal_context(browser, '1366x768'), faults = [];
    const page = await staff_page(context, a, account);
    await page.getByRole('heading', { level: 1, name: say(title) }).waitFor();
    const card = (word) => page.getByRole('listitem').filter({ hasText: say(word) });
    await card('TabOut').filter({ hasText: '1' }).waitFor();
    await card('TabToReceive').filter({ hasText: '1' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: '曲阳路街道' }).filter({ hasText: '3' }).waitFor();
    const words = await page.locator('#portal').textContent();
    for (const secret of [resident.name, number]) assert.ok(!words.includes(secret), secret);
    for (const [size, { viewport }] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await quiet(page, 400);
      faults.push(...(await faults_of(page, true)).map((line) => `${size}: ${line}`));
    }
    await shoot_all(page, `staff-overview-${account}`);
    await visit(page, '/settings');
    await page.getByRole('radio', { name: 'English' }).check();
    await visit(page, '/staff');
    await page.getByRole('heading', { level: 1, name: in_english }).waitFor();
    await quiet(page, 400);
    faults.push(...(await faults_of(page, true)).map((line) => `English: ${line}`));
    assert.deepEqual(faults, []);
    assert_no_faults(context);
    await context.close();
  });
}
