// The page of components of a development build: every widget in every state, at three sizes in both colours; and the
// portal around it. Run: node --test tests/browser/components.test.mjs
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open_browser } from './lib/chromium.mjs';
import { write_gallery } from './lib/gallery.mjs';
import { site_development, start_nodes } from './lib/nodes.mjs';
import { assert_no_faults, open, portal_context, quiet, settled, shoot, sizes } from './lib/portal.mjs';
import { faults_of } from './lib/screens.mjs';
import { say } from './lib/words.mjs';

let town, browser, address;
before(async () => {
  town = await start_nodes(['city'], [], site_development);
  address = `${town.nodes[0].url}/components`;
  browser = await open_browser();
});
after(async () => {
  await browser?.close();
  await town?.stop();
  write_gallery();
});

/// What turns would never be quiet.
const still = { reducedMotion: 'reduce' };

/// All of the page, in as few pictures as a canvas is high.
const most_px = 4000;
async function shoot_whole(page, size, name) {
  const main = page.locator('.layer-main');
  for (let part = 1, above = 0; ; ++part) {
    await main.evaluate((layer, y) => layer.scrollTo(0, y), above);
    await shoot(page, size, part === 1 ? name : `${name}-${part}`);
    const [seen, all] = await main.evaluate((layer) => [layer.clientHeight, layer.scrollHeight]);
    if ((above += seen) >= all) break;
  }
  await main.evaluate((layer) => layer.scrollTo(0, 0));
}

for (const size of Object.keys(sizes)) {
  test(`every widget in every state is sound at ${size}, in light and in dark`, async () => {
    const { width } = sizes[size].viewport;
    const context = await portal_context(browser, size, { ...still, viewport: { width, height: most_px }, deviceScaleFactor: 1 }), faults = [];
    const page = await open(context, address);
    for (const look of ['', '-dark']) {
      if (look) await settled(page, () => page.getByRole('button', { name: '高对比' }).click());
      await quiet(page, 500);
      faults.push(...(await faults_of(page, true)).map((words) => `${look}: ${words}`));
      await shoot_whole(page, size, `components${look}`);
    }
    assert.deepEqual(faults, []);
    assert_no_faults(context);
    await context.close();
  });
}

test('dialog and toast come and go, and the ring of the page is the ring of the keyboard', async () => {
  const context = await portal_context(browser, '1366x768', still);
  const page = await open(context, address);
  await settled(page, () => page.getByRole('button', { name: '轻提示' }).click());
  await page.getByRole('button', { name: '撤销' }).waitFor();
  await settled(page, () => page.getByRole('button', { name: '对话框' }).click());
  const dialog = page.getByRole('dialog', { name: '要删掉这份草稿吗？' });
  await dialog.waitFor();
  await shoot(page, '1366x768', 'components-dialog');
  await settled(page, () => page.keyboard.press('Escape'));
  assert.equal(await dialog.count(), 0);
  await settled(page, () => page.getByRole('button', { name: '撤销' }).click());

  const ring = (button) => button.evaluate((element) => { const { outline, outlineOffset } = getComputedStyle(element); return `${outline} ${outlineOffset}`; });
  const posed = await ring(page.getByRole('button', { name: '主要，聚焦' }));
  const resting = page.getByRole('button', { name: '主要，默认' });
  await page.getByRole('button', { name: '高对比' }).focus();
  for (let stops = 0; stops < 20 && !await resting.evaluate((element) => element === document.activeElement); ++stops) await page.keyboard.press('Tab');
  assert.equal(await ring(resting), posed);
  assert_no_faults(context);
  await context.close();
});

test('the page stands within the portal: a link leads out of it, and back leads into it again', async () => {
  const context = await portal_context(browser, '1366x768', still);
  const page = await open(context, address);
  await settled(page, () => page.getByRole('link', { name: say('NavCases') }).click());
  await page.getByRole('heading', { level: 1, name: say('CasesTitle') }).waitFor();
  await settled(page, () => page.goBack());
  await page.getByRole('heading', { level: 1, name: '通办组件与状态' }).waitFor();
  assert_no_faults(context);
  await context.close();
});
