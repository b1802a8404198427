// Every screen at every size in every look: type sizes, colours. Writes build/screens and the gallery. With --long.
// Run: node --test tests/browser/looks.test.mjs
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { write_gallery } from './lib/gallery.mjs';
import { assert_no_faults, open, portal_context, shoot, sizes, visit } from './lib/portal.mjs';
import { filled_draft } from './lib/prepare.mjs';
import { faults_of, looks, screens_of, take_look } from './lib/screens.mjs';
import { browser, node } from './lib/stage.mjs';

after(write_gallery);

for (const size of Object.keys(sizes)) {
  test(`every screen is sound at ${size} in every type size and in dark`, async () => {
    const context = await portal_context(browser, size);
    const page = await open(context, node.url);
    const screens = screens_of(await filled_draft(page));
    const faults = [];
    for (const look of [{ name: '', size: 'SizeNormal' }, ...looks]) {
      if (look.name) await take_look(page, look);
      for (const [name, path] of screens) {
        await visit(page, path);
        faults.push(...(await faults_of(page, true)).map((words) => `${name} ${look.name}: ${words}`));
        await shoot(page, size, look.name ? `${name}-${look.name}` : name);
      }
    }
    assert.deepEqual(faults, []);
    assert_no_faults(context);
    await context.close();
  });
}
