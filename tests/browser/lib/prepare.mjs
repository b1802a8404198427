// One draft of item i109 (accept-separate, decided where the person is registered), as far as a test wants it.
import { pattern, say } from './words.mjs';
import { resident } from './people.mjs';
import { settled, visit } from './portal.mjs';

/// Chooses in a list by the words of its option.
export async function choose(page, label, option) {
  const box = page.getByRole('combobox', { name: label }).first();
  const wanted = box.locator('option').filter({ hasText: option }).first();
  await wanted.waitFor({ state: 'attached' });
  await box.selectOption({ label: await wanted.textContent() });
}

/// A draft of an item of which no more is known than a name: what is only looked at isn't kept.
export async function begun_draft(page, item = 'i109') {
  await visit(page, `/item/${item}/prepare/form`);
  await settled(page, () => page.getByRole('textbox', { name: say('FieldName') }).fill(resident.name));
}

/// Begins a draft and fills in its form; returns its key, which the address carries.
export async function filled_draft(page) {
  await visit(page, '/item/i109/prepare/situation');
  await page.getByRole('radio', { name: '支外人员本人' }).check();
  await page.getByRole('button', { name: say('PrepareNext', { step: say('PrepareNextForm') }) }).click();
  await page.getByRole('textbox', { name: say('FieldName') }).fill(resident.name);
  await page.getByRole('textbox', { name: say('FieldMobile') }).fill(resident.mobile);
  await page.getByRole('textbox', { name: say('FieldIdentity') }).fill(resident.identity);
  await choose(page, say('FieldRegistrationDistrict'), '杨浦区');
  await choose(page, say('FieldRegistrationTownship'), /五角场街道/);
  await choose(page, say('FieldResidenceDistrict'), '虹口区');
  await choose(page, say('FieldResidenceTownship'), /曲阳路街道/);
  await page.getByRole('textbox', { name: say('FieldAddress') }).fill(resident.address);
  await page.getByRole('button', { name: say('PrepareNext', { step: say('PrepareNextMaterials') }) }).click();
  await page.getByRole('heading', { name: pattern('MaterialsReady') }).waitFor();
  return new URL(page.url()).searchParams.get('draft');
}
