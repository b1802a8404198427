// Cases of a resident in their stages: handed in by the portal as people do, brought further by the window's requests.
import assert from 'node:assert/strict';
import { quiet, visit } from './portal.mjs';
import { choose, filled_draft } from './prepare.mjs';
import { say } from './words.mjs';

/// Submits one application to the centre in 曲阳路街道 and returns the case's number; the page shows the case then.
export async function submitted(page) {
  const draft = await filled_draft(page);
  for (const box of await page.getByRole('checkbox', { name: say('MaterialWillBring') }).all()) await box.check();
  await visit(page, `/item/i109/prepare/review?draft=${draft}`);
  await choose(page, say('ReviewCentreDistrict'), '虹口区');
  await choose(page, say('ReviewCentreName'), /曲阳路街道/);
  await page.getByRole('button', { name: say('PrepareNext', { step: say('PrepareNextSubmit') }) }).click();
  await page.getByRole('button', { name: say('SubmitNow') }).click();
  await page.waitForURL(/\/case\/TB/);
  const number = decodeURIComponent(new URL(page.url()).pathname.split('/')[2]);
  await page.getByText(say('CaseNumberLine', { number })).first().waitFor();
  await quiet(page);
  return number;
}

/// The window of that centre: `begin(sheet)` with an application that was brought, `act(number, verb, body)`, and
/// `materials(number)` that the case needs.
export async function window_of(node) {
  const [account, password] = Object.entries(node.passwords).find(([name]) => name === 'quyang-window');
  const answer = await fetch(`${node.url}/api/v1/staff/session`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account, password }),
  });
  assert.equal(answer.status, 200);
  const { csrf } = await answer.json(), cookie = answer.headers.get('set-cookie').split(';')[0];
  const cases = `${node.url}/api/v1/staff/cases`;
  const post = (address, body) => fetch(address, {
    method: 'POST', headers: { 'content-type': 'application/json', cookie, 'tongban-csrf': csrf }, body: JSON.stringify(body),
  });
  return {
    async begin(sheet) {
      const begun = await post(cases, sheet);
      assert.equal(begun.status, 201, JSON.stringify(sheet));
      return (await begun.json()).case.number;
    },
    async act(number, verb, body = {}) {
      assert.equal((await post(`${cases}/${number}/${verb}`, body)).status, 200, `${verb} of ${number}`);
    },
    async materials(number) {
      const view = await (await fetch(`${cases}/${number}`, { headers: { cookie } })).json();
      return view.materials.map(({ material }) => material);
    },
  };
}

/// One case in each stage that a resident's screen shows differently: [name, address]; their mock-ups: screens.mjs.
export async function cases_in_stages(page, node) {
  const { act, materials } = await window_of(node);
  const fresh = await submitted(page), returned = await submitted(page), passed = await submitted(page);
  for (const number of [returned, passed]) await act(number, 'receive');
  const [first] = await materials(returned);
  await act(returned, 'return', {
    verdicts: [{ material: first, verdict: 'missing', reason: '演示：这一页看不清，请重新拍一张，四个角都要拍进去' }], text: '演示：其余材料都好',
  });
  await act(passed, 'check', { verdicts: (await materials(passed)).map((material) => ({ material, verdict: 'fine' })) });
  await act(passed, 'transfer');
  return [['case-fresh', `/case/${fresh}`], ['case-returned', `/case/${returned}`], ['case-passed', `/case/${passed}`], ['cases-some', '/cases']];
}
