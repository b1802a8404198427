// A new build comes to the real portal: nobody is asked over a form, then at the foot of the screen, and what was written
// is still there. The new build is the development one, which a resident never gets. Run: node --test tests/browser/build.test.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { site, site_development } from './lib/nodes.mjs';
import { resident } from './lib/people.mjs';
import { begun_draft } from './lib/prepare.mjs';
import { assert_no_faults, installed, live, open, portal_context, quiet, shoot, visit } from './lib/portal.mjs';
import { serve } from './lib/serve.mjs';
import { browser, node } from './lib/stage.mjs';
import { pattern, say } from './lib/words.mjs';

/// What isn't the site's own goes to the node.
async function pass_on(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { host, connection, 'accept-encoding': _, 'content-length': __, ...headers } = request.headers;   // fetch has its own
  const answer = await fetch(node.url + request.url, { method: request.method, headers, ...(chunks.length && { body: Buffer.concat(chunks) }) });
  const { 'content-encoding': coding, 'content-length': length, 'transfer-encoding': ___, ...kept } = Object.fromEntries(answer.headers);
  response.writeHead(answer.status, kept).end(Buffer.from(await answer.arrayBuffer()));
}

let server;
before(async () => { server = await serve({ site, handlers: { '/api/': pass_on, '/catalogue/': pass_on } }); });
after(() => server?.close());

const build_of = (folder) => `tongban-${readFileSync(join(folder, 'build-id'), 'utf8')}`;
const new_build_waits = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
});

test('a new build is offered once no form is open, comes when it is wanted, and keeps the draft', async () => {
  const context = await portal_context(browser, '390x844', { reducedMotion: 'reduce' });   // the page of components turns else
  const page = await open(context, server.url);
  await installed(page);
  await begun_draft(page);
  await page.getByText(say('SavedJustNow')).first().waitFor();
  server.use_site(site_development);
  await new_build_waits(page);
  await quiet(page, 500);
  const offer = page.getByRole('button', { name: say('NewBuildSwitch') });
  assert.equal(await offer.count(), 0, 'nobody is asked over a form');

  await visit(page, '/');
  await offer.waitFor();
  await shoot(page, '390x844', 'new-build');
  await Promise.all([page.waitForEvent('load'), offer.click()]);
  await live(page);
  await quiet(page);
  assert.ok((await page.evaluate(() => caches.keys())).includes(build_of(site_development)));
  await visit(page, '/drafts');
  const draft = page.getByRole('link', { name: pattern('HomeContinue') }).first();
  await draft.click();
  await visit(page, `/item/i109/prepare/form?draft=${new URL(page.url()).searchParams.get('draft')}`);
  assert.equal(await page.getByRole('textbox', { name: say('FieldName') }).inputValue(), resident.name);
  await visit(page, '/components');
  await page.getByRole('heading', { level: 1, name: '通办组件与状态' }).waitFor();
  assert_no_faults(context);
  await context.close();
});

test('a new build that was left for later is found in the settings', async () => {
  server.use_site(site);
  const context = await portal_context(browser, '1366x768');
  const page = await open(context, server.url);
  await installed(page);
  server.use_site(site_development);
  await new_build_waits(page);
  await page.getByRole('button', { name: say('NewBuildSwitch') }).waitFor();
  await visit(page, '/settings');
  const found = page.getByRole('status').getByRole('button', { name: say('NewBuildSwitch') });
  await Promise.all([page.waitForEvent('load'), found.click()]);
  await live(page);
  await page.getByRole('heading', { level: 1, name: pattern('SettingsTitle') }).waitFor();
  assert_no_faults(context);
  await context.close();
});
