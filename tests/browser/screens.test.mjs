// Every screen at every size: nothing nameless, nothing out of place, nothing beyond the edge, no violation of axe,
// nothing that runs at rest. All looks of them: looks.test.mjs. Run: node --test tests/browser/screens.test.mjs
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { cases_in_stages } from './lib/cases.mjs';
import { write_gallery } from './lib/gallery.mjs';
import { assert_no_faults, audit, in_worker, installed, live, open, portal_context, quiet, settled, shoot, sizes, storing, visit } from './lib/portal.mjs';
import { begun_draft, filled_draft } from './lib/prepare.mjs';
import { dialogs, faults_of, looks, screens_of, take_look } from './lib/screens.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';

after(write_gallery);

for (const size of Object.keys(sizes)) {
  test(`every screen is sound at ${size}`, async () => {
    const context = await portal_context(browser, size);
    const page = await open(context, node.url);
    const faults = [];
    for (const [name, path] of screens_of(await filled_draft(page))) {
      await visit(page, path);
      faults.push(...(await faults_of(page, true)).map((words) => `${name}: ${words}`));
      await shoot(page, size, name);
    }
    assert.deepEqual(faults, []);
    assert_no_faults(context);
    await context.close();
  });
}

for (const size of Object.keys(sizes)) {
  test(`every dialog is sound at ${size}`, async () => {
    const context = await portal_context(browser, size);
    const page = await open(context, node.url), faults = [];
    await begun_draft(page);
    for (const { name, path, opens, on_phone } of dialogs) {
      await visit(page, path);
      const words = on_phone && size === '390x844' ? say(on_phone) : pattern(opens);
      await settled(page, () => page.getByRole('button', { name: words }).first().click());
      await page.locator('[role=dialog],[role=alertdialog]').waitFor();
      faults.push(...(await faults_of(page, true)).map((line) => `${name}: ${line}`));
      await shoot(page, size, name);
      await settled(page, () => page.keyboard.press('Escape'));
    }
    assert.deepEqual(faults, []);
    assert_no_faults(context);
    await context.close();
  });
}

test('cases in every stage are sound at every size', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  const cases = await cases_in_stages(page, node), faults = [];
  for (const [size, { viewport }] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const [name, path] of cases) {
      await visit(page, path);
      const refresh = page.getByRole('button', { name: say('CasesRefresh') });
      if (await refresh.count()) await refresh.click();
      await quiet(page, 400);
      faults.push(...(await faults_of(page, true)).map((words) => `${name} at ${size}: ${words}`));
      await shoot(page, size, name);
    }
  }
  await visit(page, cases[1][1]);
  await page.getByText('演示：这一页看不清').first().waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('every screen is sound in English', async () => {
  const context = await portal_context(browser, '390x844', { locale: 'en-GB' });
  const page = await open(context, node.url);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  const faults = [];
  for (const [name, path] of screens_of('')) {
    await visit(page, path);
    faults.push(...(await faults_of(page, true)).map((words) => `${name}: ${words}`));
    await shoot(page, '390x844', `${name}-english`);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('at 320 px, and at 400 % of a desktop, every screen reflows into one column that has the window to itself, in larger type too', async () => {
  const context = await portal_context(browser, '390x844', { viewport: { width: 320, height: 192 }, isMobile: false, hasTouch: false, deviceScaleFactor: 4 });
  const page = await open(context, node.url);
  const faults = [];
  for (const look of [null, ...looks.filter(({ name }) => ['large', 'largest'].includes(name))]) {
    if (look) await take_look(page, look);
    for (const [name, path] of screens_of('')) {
      await visit(page, path);
      faults.push(...(await faults_of(page, false)).map((words) => `${name} ${look?.name ?? ''}: ${words}`));
      const read_in = await page.locator('.layer-main').evaluate((layer) => layer.clientHeight);
      if (read_in < 192 && !path.startsWith('/staff')) faults.push(`${name}: ${read_in} px are left to read in`);
    }
  }
  await visit(page, '/item/i109/prepare/form');
  await page.getByRole('textbox', { name: say('FieldName') }).fill('演示甲');
  await page.getByRole('button', { name: say('PrepareNextShort') }).or(page.getByRole('button', { name: pattern('PrepareNext') })).first().click();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  const { top, bottom } = await page.evaluate(() => document.activeElement.getBoundingClientRect());
  assert.ok(top < 192 && bottom > 0, 'what is wrong is in sight');
  assert.deepEqual(faults, []);
  await context.close();
});

test('names in rare characters are drawn, in the form, the list and the review', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/item/i109/prepare/form`);
  await page.getByRole('textbox', { name: say('FieldName') }).fill('㛃𬱖𬍛𠅤');
  await page.getByRole('radio', { name: say('ActingOther') }).check();
  const draft = new URL(page.url()).searchParams.get('draft');
  for (const path of ['/drafts', '/', `/item/i109/prepare/review?draft=${draft}`]) {
    await visit(page, path);
    await page.getByText('㛃𬱖𬍛𠅤').first().waitFor();
    await quiet(page, 1500);   // their slices come from the node
    assert.deepEqual((await audit(page)).filter((line) => /no glyph/.test(line)), [], path);
  }
  await context.close();
});

test('what no slice holds, and a rare name without a network, are drawn from the system’s fonts', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, node.url);
  await begun_draft(page);
  await installed(page);
  const drawn = async (name) => {
    await visit(page, '/item/i109/prepare/form');
    const other = page.getByRole('radio', { name: say('ActingOther') });   // then the list names the person
    if (!await other.isChecked()) await settled(page, () => other.check());
    await settled(page, () => page.getByRole('textbox', { name: say('FieldName') }).first().fill(name));
    await visit(page, '/drafts');
    await page.getByText(name).first().waitFor();
    await quiet(page, 1500);
    return (await audit(page)).filter((line) => /no glyph/.test(line));
  };
  assert.deepEqual(await drawn('אבגד'), [], 'Hebrew is in no slice');
  await context.setOffline(true);
  assert.deepEqual(await drawn('㛃𬱖𬍛𠅤'), [], 'their slices can’t be had');
  await context.close();
});

for (const dpr of [1, 1.25, 2, 3]) {
  test(`at ${dpr} device pixels to one the picture is as sharp as the screen`, async () => {
    const context = await portal_context(browser, '390x844', { deviceScaleFactor: dpr });
    const page = await open(context, node.url);
    const { drawn, wide } = await page.locator('.layer-main canvas').evaluate((canvas) => ({ drawn: canvas.width, wide: canvas.getBoundingClientRect().width }));
    assert.equal(drawn, Math.round(wide * dpr));
    await context.close();
  });
}

test('what two fingers have enlarged is drawn anew, once, as sharp as the screen; a large window no larger than memory allows', async () => {
  for (const [size, most] of [['390x844', 4], ['1366x768', 3.4]]) {
    const context = await portal_context(browser, size, { isMobile: true, hasTouch: true });
    const page = await open(context, node.url);
    await quiet(page, 1500);
    const canvas = page.locator('.layer-main canvas');
    const drawn = () => canvas.evaluate((element) => ({ ratio: element.width / parseFloat(element.style.width), wide: element.style.width, octets: element.width * element.height * 4 }));
    const cdp = await context.newCDPSession(page), before = await drawn(), frames = await page.evaluate(() => __counts.frames);
    for (const pageScaleFactor of [1.3, 1.9, 2.5, 4]) await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor });
    await page.waitForFunction((count) => __counts.frames > count, frames);
    await quiet(page, 600);
    const after = await drawn();
    assert.equal(await page.evaluate(() => visualViewport.scale), 4);
    assert.ok(Math.abs(after.ratio - most) < 0.05, `${size}: ${before.ratio} became ${after.ratio}`);
    assert.equal(after.wide, before.wide, 'the page keeps its layout');
    assert.ok(after.octets < 110e6, `${after.octets} octets`);
    assert.equal(await page.evaluate(() => __counts.frames) - frames, 1);
    await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: 1 });
    await page.waitForFunction((count) => __counts.frames > count + 1, frames);
    await quiet(page, 400);
    assert.equal((await drawn()).ratio, before.ratio);
    await context.close();
  }
});

test('at rest there is no frame, no message and no timer', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, node.url);
  for (const path of ['/', '/item/i109']) {
    await visit(page, path);
    await quiet(page, 2500);   // a draft's save, the fonts that come later
    const before = await page.evaluate(() => ({ ...__counts }));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.deepEqual(await page.evaluate(() => ({ ...__counts })), before, path);
  }
  await context.close();
});

test('what people open next is made of characters that are there already', async () => {
  const context = await portal_context(browser, '390x844', { serviceWorkers: 'block' });
  await in_worker(context, `globalThis.__drawn = 0;
    for (const name of ['texImage2D', 'texSubImage2D']) {
      const call = WebGL2RenderingContext.prototype[name];
      WebGL2RenderingContext.prototype[name] = function (...given) { ++globalThis.__drawn; return call.apply(this, given); };
    }`);
  const page = await context.newPage(), started = page.waitForEvent('worker', (worker) => /portal-worker/.test(worker.url()));
  await page.goto(node.url);
  await live(page);
  const worker = await started, drawn = () => worker.evaluate(() => __drawn);
  await quiet(page, 3000);   // the main fonts, and the rehearsal after them
  const before = await drawn();
  assert.ok(before > 0, 'the counter sees what is drawn into the atlas');
  for (const path of ['/cases', '/help', '/settings']) await visit(page, path);
  assert.equal(await drawn(), before);
  await visit(page, `/items?q=${encodeURIComponent('饕餮')}`);
  await quiet(page, 1500);   // their slice comes from the node
  assert.ok(await drawn() > before, 'characters that nobody rehearsed are counted when they come');
  await context.close();
});

test('a deep link opens its own page, never the home screen or an empty one first', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.__titles = [];
    new MutationObserver(() => {
      const title = document.querySelector('h1')?.textContent;
      if (title && globalThis.__titles.at(-1) !== title) globalThis.__titles.push(title);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${node.url}/item/i109`);
  await live(page);
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  const titles = await page.evaluate(() => globalThis.__titles);
  assert.ok(titles.length > 0 && titles.every((title) => /帮困补助/.test(title)), titles.join(' → '));
  await context.close();
});

test('what was answered and ticked in a guide is there again after a reload', async () => {
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, `${node.url}/item/i109`);
  await page.getByRole('radio', { name: '支外人员本人' }).check();
  await page.getByRole('heading', { name: say('GuideMaterials', { n: 6 }) }).waitFor();
  await page.getByRole('checkbox', { name: '身份证' }).check();
  await storing(page);
  await quiet(page, 500);
  await page.reload();
  await live(page);
  await page.getByRole('heading', { name: say('GuideMaterials', { n: 6 }) }).waitFor();
  assert.equal(await page.getByRole('checkbox', { name: '身份证' }).isChecked(), true);
  assert.equal(await page.getByRole('checkbox', { name: '户籍迁出材料' }).isChecked(), false);
  await context.close();
});

test('"back" goes to where one was, and closes a dialog first', async () => {
  const context = await portal_context(browser, '390x844');
  const page = await open(context, `${node.url}/items`);
  await page.getByRole('link', { name: /帮困补助/ }).first().click();
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  await page.getByRole('link', { name: say('GuidePrepare') }).click();
  await page.getByRole('heading', { name: say('SituationTitle') }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: /帮困补助/, level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: pattern('ItemsAll') }).waitFor();
  await begun_draft(page);
  await visit(page, '/drafts');
  await page.getByRole('button', { name: pattern('DraftDelete') }).first().click();
  await page.getByRole('alertdialog').waitFor();
  await page.goBack();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await quiet(page);
  assert.equal(new URL(page.url()).pathname, '/drafts');
  await context.close();
});
