// The main job, end to end, as people do it: a resident without a network, window A, reviewer B on another node.
// Only roles and names are used. Run: node --test tests/browser/story.test.mjs
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open_browser } from './lib/chromium.mjs';
import { missing, start_nodes } from './lib/nodes.mjs';
import { mistyped, photograph, resident } from './lib/people.mjs';
import { assert_no_faults, installed, live, open, portal_context, quiet, shoot_all } from './lib/portal.mjs';
import { choose } from './lib/prepare.mjs';
import { sign_in } from './lib/staff.mjs';
import { story } from './lib/story.mjs';
import { pattern, say } from './lib/words.mjs';

const step = story(() => [page, window_a, reviewer_b]);
const item = /支援外地建设退休.*回沪定居人员帮困补助/, whom = '支外人员本人';
const centre_a = /曲阳路街道/, centre_b = /五角场街道/;
const reason = '缺第二页，请补拍', decision = '同意，演示决定';
let browser, town, a, b, phone, page, desk, window_a, reviewer_b, number;

before(async () => {
  assert.equal(missing(), undefined);
  town = await start_nodes(['a', 'b']);
  [a, b] = town.nodes;
  browser = await open_browser();
  phone = await portal_context(browser, '390x844');
  // One browser for both nodes: two nodes on one host must not share a cookie.
  desk = await portal_context(browser, '1366x768');
});
after(async () => {
  await browser?.close();
  await town?.stop();
});

const heading = (on, name) => on.getByRole('heading', { name }).first().waitFor();
const text = (on, words) => on.getByText(words).first().waitFor();
const press = (on, name) => on.getByRole('button', { name }).first().click();
const next = (name) => press(page, say('PrepareNext', { step: say(name) }));
const fill = (label, value) => page.getByRole('textbox', { name: say(label) }).first().fill(value);
const refreshed = async () => {
  await press(page, say('CasesRefresh'));
  await quiet(page);
};

step('the first visit shows the home screen, then keeps all it needs on the device', async () => {
  page = await phone.newPage();
  await page.goto(a.url);
  await heading(page, say('HomeTitle'));
  await live(page);
  await installed(page);
  await page.getByRole('link', { name: pattern('HomeAllItemsShort') }).waitFor();
  assert.match(await page.getByRole('link', { name: pattern('HomeAllItemsShort') }).textContent(), /188/);
  await shoot_all(page, 'home');
});

step('without a network the portal opens and says so', async () => {
  await phone.setOffline(true);
  await page.reload();
  await live(page);
  await text(page, say('OfflineBar'));
  await page.getByRole('link', { name: pattern('HomeAllItemsShort') }).waitFor();
  await shoot_all(page, 'home-offline');
});

step('initials find the item that people mean', async () => {
  await page.getByRole('searchbox').fill('znhh');
  const first = page.getByRole('list').getByRole('link').filter({ hasText: item }).first();
  await first.waitFor();
  await shoot_all(page, 'home-search');
  await page.getByRole('searchbox').press('Enter');
  await heading(page, pattern('ItemsFoundPinyin', { query: 'znhh' }));
  await shoot_all(page, 'results');
  await page.getByRole('link').filter({ hasText: item }).first().click();
  await heading(page, item);
  assert.equal(new URL(page.url()).pathname, '/item/i109');
});

step('answers leave exactly the materials that are needed', async () => {
  await heading(page, pattern('GuideMaterialsAtLeast'));
  await text(page, say('ProcessDecide'));
  await page.getByRole('radio', { name: whom }).check();
  await heading(page, say('GuideMaterials', { n: 6 }));
  await text(page, say('GuideTakenAwayShort', { n: 1 }));
  await shoot_all(page, 'guide');
});

step('an identity number with one wrong digit is named at once, and mended', async () => {
  await page.getByRole('link', { name: say('GuidePrepare') }).click();
  await heading(page, say('SituationTitle'));
  assert.equal(await page.getByRole('radio', { name: whom }).isChecked(), true, 'what was answered in the guide is not asked again');
  await shoot_all(page, 'prepare-situation');
  await next('PrepareNextForm');
  await heading(page, say('FormTitle'));
  await fill('FieldName', resident.name);
  await fill('FieldMobile', resident.mobile);
  const field = page.getByRole('textbox', { name: say('FieldIdentity') });
  await field.fill(mistyped(resident.identity));
  await field.blur();
  await text(page, '这 18 位里有一位不对，请对着身份证再核一遍');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  await shoot_all(page, 'prepare-form-error');
  await field.fill(resident.identity);
  await field.blur();
  await text(page, '1947年3月16日');
  assert.notEqual(await field.getAttribute('aria-invalid'), 'true');
});

step('a tab that dies in the middle loses nothing that was older than a second', async () => {
  await page.getByText(say('SavedJustNow')).or(page.getByText(say('SavedHere'))).first().waitFor();
  await new Promise((resolve) => setTimeout(resolve, 1000));   // the promise of goals.md: a draft is on disk within 1 s
  const session = await phone.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();

  page = await open(phone, a.url);
  await heading(page, say('HomeDrafts'));
  await shoot_all(page, 'home-draft');
  await page.getByRole('link', { name: pattern('HomeContinue') }).first().click();
  await heading(page, say('FormTitle'));
  assert.equal(await page.getByRole('textbox', { name: say('FieldName') }).inputValue(), resident.name);
  assert.equal((await page.getByRole('textbox', { name: say('FieldIdentity') }).inputValue()).replaceAll(' ', ''), resident.identity);
});

step('the form knows from where one is registered which centre decides', async () => {
  await choose(page, say('FieldRegistrationDistrict'), '杨浦区');
  await choose(page, say('FieldRegistrationTownship'), centre_b);
  await choose(page, say('FieldResidenceDistrict'), '虹口区');
  await choose(page, say('FieldResidenceTownship'), centre_a);
  await fill('FieldAddress', resident.address);
  await fill('FieldStatement', resident.statement);
  await page.getByText(/由.*五角场街道.*审核/).first().waitFor();
  await shoot_all(page, 'prepare-form');
  await next('PrepareNextMaterials');
});

step('each material is photographed, or will be brought', async () => {
  await heading(page, pattern('MaterialsReady'));
  await page.getByLabel(say('MaterialPhoto')).first().setInputFiles({ name: '演示.jpg', mimeType: 'image/jpeg', buffer: photograph(1) });
  await text(page, say('MaterialPhotos', { n: 1 }));
  const bring = page.getByRole('checkbox', { name: say('MaterialWillBring') });
  for (let at = 1; at < await bring.count(); ++at) await bring.nth(at).check();
  await heading(page, say('MaterialsAllReady', { n: 6 }));
  await shoot_all(page, 'prepare-materials');
  await next('PrepareNextReview');
});

step('the review shows everything once more, and asks for a centre', async () => {
  await heading(page, say('ReviewTitle'));
  await text(page, resident.address);
  await choose(page, say('ReviewCentreDistrict'), '虹口区');
  await choose(page, say('ReviewCentreName'), centre_a);
  await shoot_all(page, 'prepare-review');
  await next('PrepareNextSubmit');
});

step('submitted without a network it waits, and nobody claims that it has gone', async () => {
  await text(page, say('SubmitOfflineTitle'));
  await shoot_all(page, 'prepare-submit-offline');
  await page.getByRole('radio', { name: say('SubmitWhenOnline') }).check();
  await press(page, say('SubmitWhenOnline'));
  await text(page, say('StateWaiting'));
  await text(page, say('StateWaitingCaption'));
  assert.equal(await page.getByText(say('StateDone'), { exact: true }).count(), 0);
  await shoot_all(page, 'submit-waiting');
});

step('when the network comes it goes by itself, and the receipt is genuine', async () => {
  await phone.setOffline(false);
  await page.waitForURL(/\/case\/TB/);
  number = decodeURIComponent(new URL(page.url()).pathname.split('/')[2]);
  await text(page, say('CaseNumberLine', { number }));
  await page.getByText(/曲阳路街道.*收到了，等窗口看/).first().waitFor();
  await press(page, say('CaseSeeReceipt'));
  await text(page, say('CaseReceiptGood'));
  await shoot_all(page, 'case-receipt');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

async function signed_in(node, account) {
  const made = await open(desk, `${node.url}/staff`);
  if (account === 'quyang-window') await shoot_all(made, 'staff-sign-in');
  await sign_in(made, node, account);
  return made;
}
const open_case = async (on) => {
  await on.getByRole('link', { name: number }).first().click();
  await heading(on, item);
  await text(on, pattern('StaffMaterials', { n: 6 }));
};
async function all_fine(on) {
  const groups = on.getByRole('radio', { name: say('StaffFine') });
  for (let at = 0; at < await groups.count(); ++at) await groups.nth(at).check();
}

step('window A finds the case, receives it, and returns the one material that is missing', async () => {
  assert.ok(a.passwords['quyang-window'], 'node A prints the password of its window at the first start');
  assert.equal(a.passwords['wujiaochang-reviewer'], undefined, 'and none of node B');
  window_a = await signed_in(a, 'quyang-window');
  await window_a.getByRole('link', { name: number }).first().waitFor();
  await shoot_all(window_a, 'staff-queue');
  await open_case(window_a);
  await text(window_a, resident.identity);
  await shoot_all(window_a, 'staff-case');
  await window_a.getByRole('button', { name: say('StaffReceive'), exact: true }).click();
  await window_a.getByRole('button', { name: say('StaffPrintReceipt') }).waitFor();
  await all_fine(window_a);
  const second = window_a.getByRole('radiogroup', { name: '户籍迁出材料' });
  await second.getByRole('radio', { name: say('StaffMissing') }).check();
  await window_a.getByRole('textbox', { name: say('StaffReason') }).fill(reason);
  await shoot_all(window_a, 'staff-return');
  await press(window_a, say('StaffReturn', { n: 1 }));
  await window_a.getByRole('button', { name: say('StaffPrintNotice') }).waitFor();
});

step('the resident sees what is missing and why, and supplies it from the phone', async () => {
  await refreshed();
  await text(page, say('CaseMend', { n: 1 }));
  await text(page, reason);
  await page.getByLabel(say('CaseMendPhoto')).last().setInputFiles({ name: '演示补.jpg', mimeType: 'image/jpeg', buffer: photograph(2) });
  await text(page, '第 1 张');
  await shoot_all(page, 'case-returned');
  await press(page, say('CaseMendSend'));
  await text(page, say('EventSupplemented'));
  await page.getByText(say('CaseMend', { n: 1 })).waitFor({ state: 'detached' });
});

step('window A finds all fine, and transfers to the centre that the rule names', async () => {
  await window_a.getByRole('button', { name: say('Back') }).first().click();
  await open_case(window_a);
  await text(window_a, say('StaffByRegistration'));
  await all_fine(window_a);
  await shoot_all(window_a, 'staff-transfer');
  await window_a.getByRole('button', { name: centre_b }).last().click();
  await window_a.getByText(/五角场街道/).first().waitFor();
  await window_a.getByRole('button', { name: pattern('StaffTransferTo') }).waitFor({ state: 'detached' });
});

step('B, on another node, receives, accepts and decides', async () => {
  reviewer_b = await signed_in(b, 'wujiaochang-reviewer');
  const row = reviewer_b.getByRole('link', { name: number }).first();
  for (let tries = 0; tries < 20 && !(await row.count()); ++tries) {
    await press(reviewer_b, say('CasesRefresh'));
    await quiet(reviewer_b, 500);
  }
  await shoot_all(reviewer_b, 'staff-queue-b');
  await open_case(reviewer_b);
  await press(reviewer_b, say('StaffAccept'));
  await reviewer_b.getByRole('radio', { name: say('StaffGrant'), exact: true }).check();
  await reviewer_b.getByRole('textbox', { name: say('StaffDecisionText') }).fill(decision);
  await shoot_all(reviewer_b, 'staff-decide');
  await press(reviewer_b, say('StaffDecideGo'));
  await reviewer_b.getByRole('button', { name: say('StaffDecideGo') }).waitFor({ state: 'detached' });
});

step('signing in at B has not signed the window out at A', async () => {
  const names = (await desk.cookies()).map(({ name }) => name).sort();
  assert.deepEqual(names, ['tongban_a', 'tongban_b']);
  await window_a.reload();
  await live(window_a);
  await window_a.getByRole('button', { name: say('StaffSignOut') }).waitFor();
});

step('the resident’s timeline tells it all', async () => {
  for (let tries = 0; tries < 20 && !(await page.getByText(say('CaseGranted'), { exact: true }).count()); ++tries) {
    await refreshed();
    await quiet(page, 500);
  }
  await text(page, say('CaseGranted'));
  await text(page, decision);
  const told = await page.getByRole('list', { name: say('CaseStep') }).innerText();
  const order = [say('EventSubmitted'), '收件', say('EventReturned'), say('EventSupplemented'), '材料转到', '收到材料', '受理', '作了决定'];
  let from = 0;
  for (const words of order) {
    const at = told.indexOf(words, from);
    assert.ok(at >= 0, `“${words}” comes in its turn in: ${told}`);
    from = at + words.length;
  }
  assert.match(told, centre_a);
  assert.match(told, centre_b);
  await shoot_all(page, 'case-timeline');
  await page.goto(`${a.url}/cases`);
  await live(page);
  await heading(page, say('CasesDone'));
  await shoot_all(page, 'cases');
});

step('no page has thrown or printed an error on the way', () => {
  assert_no_faults(phone);
  assert_no_faults(desk);
});
