// A smoke of the portal in the distribution's Firefox: it opens, finds, shows a guide, and begins a draft.
// Run: node --test tests/browser/firefox.test.mjs
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { absent, open_firefox } from './lib/firefox.mjs';
import { missing, screens, start_nodes } from './lib/nodes.mjs';
import { say } from './lib/words.mjs';

test('Firefox opens the portal, searches, and shows a guide with its questions', { skip: absent() }, async (t) => {
  assert.equal(missing(), undefined);
  const town = await start_nodes();
  const firefox = await open_firefox();
  t.after(async () => {
    await firefox.close();
    await town.stop();
  });
  const picture = async (name) => {
    mkdirSync(join(screens, 'firefox'), { recursive: true });
    writeFileSync(join(screens, 'firefox', `${name}.png`), await firefox.screenshot());
  };
  await firefox.go(town.nodes[0].url);
  await firefox.find('heading', say('HomeTitle'));
  await firefox.evaluate(`new Promise((resolve) => {
    const look = () => (document.documentElement.classList.contains('live') ? resolve() : setTimeout(look, 50));
    look();
  })`);
  const drawn = await firefox.evaluate('document.querySelector("#portal canvas") && !document.documentElement.classList.contains("flowing") ? "canvas" : "flow"');
  t.diagnostic(`${firefox.about.browserName} ${firefox.about.browserVersion} shows the ${drawn}`);
  const field = await firefox.find('searchbox', say('SearchLabel'));
  await firefox.click(field);
  await firefox.type('znhh');
  const found = await firefox.find('link', '帮困补助');
  await picture('search');
  await firefox.click(found);
  await firefox.find('heading', '帮困补助');
  assert.equal(await firefox.evaluate('location.pathname'), '/item/i109');
  const whom = await firefox.find('radio', '支外人员本人');
  await firefox.click(whom);
  await firefox.find('heading', say('GuideMaterials', { n: 6 }));
  await picture('guide');
  const prepare = await firefox.find('link', say('GuidePrepare'));
  await firefox.click(prepare);
  await firefox.find('heading', say('SituationTitle'));
  await picture('prepare');
  assert.deepEqual(firefox.faults, []);
});
