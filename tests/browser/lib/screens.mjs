// Every screen that a resident can reach, the looks it comes in, and what may be wrong with it as it stands.
import { audit, axe, overflow, quiet, settled, visit } from './portal.mjs';
import { say } from './words.mjs';

/// Name, address, and the mock-ups that show it (design, 00 to 20).
export const plain_screens = [
  ['home', '/', ['01', '02']], ['results', '/items?q=jlk', ['03']], ['results-none', '/items?q=xyzxyz', []], ['items', '/items', ['03']],
  ['guide', '/item/i109', ['04', '05', '06', '19']], ['guide-unpublished', '/item/i001', ['04', '06']],
  ['centres', '/centres', ['10', '11']], ['centres-found', '/centres?q=wujiaochang', ['10', '11']], ['centre', '/centre/310109010', ['10', '11']],
  ['cases', '/cases', ['12', '13']], ['drafts', '/drafts', ['01', '02']], ['help', '/help', []], ['settings', '/settings', []],
  ['missing', '/nothing-here', []], ['staff-sign-in', '/staff', []],
];
const steps = [['situation', ['05']], ['form', ['07', '20']], ['materials', ['08']], ['review', ['09']], ['submit', ['09']]];

/// Cases in their stages (cases.mjs), and what is wrong, missing or on its way (states.test.mjs): each with its mock-ups.
export const case_mockups = { 'case-fresh': ['13'], 'case-returned': ['12'], 'case-passed': ['13'], 'cases-some': ['12', '13'] };
export const state_mockups = {
  'question-missed': ['00', '07'], 'form-faults': ['00', '07'], 'photo-refused': ['08'], 'draft-delete': ['00'], 'submit-no-centre': ['09'],
  'home-offline': ['01'], 'submit-offline': ['09'], waiting: ['09'], refused: ['09'], 'catalogue-broken': [], 'nothing-kept': [],
  'save-failed': ['07'], 'storage-full': ['08'], 'draft-conflict': ['00'], 'receipt-wrong': [], 'case-no-answer': ['13'],
};
/// Dialogs: where they are asked for, and by which control.
export const dialogs = [
  { name: 'dialog-erase', path: '/settings', opens: 'SettingsErase', mockups: ['18'] },
  { name: 'dialog-guide-code', path: '/item/i109', opens: 'GuideQr', on_phone: 'GuideQrShort', mockups: ['04', '06'] },
  { name: 'dialog-draft-delete', path: '/drafts', opens: 'DraftDelete', mockups: ['00'] },
];

/// All that has a picture: name and mock-ups, in the order in which a reviewer looks through.
export const pictured = () => [
  ['staff-overview-city-office', ['16']], ['components', ['00']], ['components-dialog', ['00']], ...screens_of('').map(([name, , drawn]) => [name, drawn]), ...Object.entries(case_mockups),
  ...dialogs.map(({ name, mockups }) => [name, mockups]), ...Object.entries(state_mockups).map(([name, drawn]) => [`state-${name}`, drawn]),
];

/// The same with the five steps of one draft.
export const screens_of = (draft) => [
  ...plain_screens, ...steps.map(([step, drawn]) => [`prepare-${step}`, `/item/i109/prepare/${step}?draft=${draft}`, drawn]),
];

export const looks = [
  { name: 'large', size: 'SizeLarge' }, { name: 'extra', size: 'SizeExtraLarge' }, { name: 'largest', size: 'SizeLargest' },
  { name: 'dark', size: 'SizeNormal', theme: 'ThemeDark' }, { name: 'dark-largest', size: 'SizeLargest', theme: 'ThemeDark' },
];

/// Chooses type size and colours as a person does, in the settings.
export async function take_look(page, { size, theme = 'ThemeLight' }) {
  await visit(page, '/settings');
  for (const word of [size, theme]) {
    const radio = page.getByRole('radio', { name: say(word), exact: true });
    // The rows move when the type grows: the next press must wait for the frame.
    if (!await radio.isChecked()) await settled(page, () => radio.check());
  }
  await quiet(page);
}

/// What is wrong with the screen as it stands, as sentences.
export async function faults_of(page, with_axe) {
  const found = (await audit(page)).map((line) => `audit: ${line}`);
  const wide = await overflow(page);
  if (wide.page > 0 || wide.element > 1) found.push(`wider than the window by ${Math.max(wide.page, wide.element)} px`);
  const first = await page.getByRole('heading', { level: 1 }).count();
  if (first !== 1) found.push(`${first} headings of level 1`);
  if (with_axe) for (const { id, impact, where } of await axe(page)) found.push(`axe ${id} (${impact}): ${where.join(' ')}`);
  return found;
}
