// The font slices in real Chromium: each is loaded when a character needs it, not before, and every character that
// the portal says has a glyph of ours. Run: node --test tests/browser/fonts.test.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codes_of, gb2312_level_1, rare_slice, text_of, without } from '../../assets/fonts/characters.mjs';
import { on_half_the_grid } from '../../assets/fonts/outlines.mjs';
import { coverage } from '../../assets/fonts/sfnt.mjs';
import { new_profile, open_profile, root } from './lib/chromium.mjs';
import { make_site } from './lib/small_site.mjs';
import { serve } from './lib/serve.mjs';

const work = mkdtempSync(join(tmpdir(), 'tongban-fonts-')), fonts = join(work, 'fonts');
const built = process.env.TONGBAN_BINARY_DIR ? join(process.env.TONGBAN_BINARY_DIR, 'catalogue/characters.txt') : '';
let server, context;
const home = new_profile();

before(async () => {
  execFileSync(process.execPath, [join(root, 'assets/fonts/build.mjs'), '--out', fonts, '--words', join(root, 'assets/words'), '--catalogue', built],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  server = await serve({ site: make_site(join(work, 'site'), '通办', { fonts }) });
  context = await open_profile(home, { serviceWorkers: 'block' });  // it stores main at once, which is not what is looked at here
});
after(async () => {
  await context.close();
  await server.close();
  rmSync(home, { recursive: true, force: true });
  rmSync(work, { recursive: true, force: true });
});

const slice = (name) => coverage(join(fonts, `${name}.otf`));

test('every character of the catalogue and of the words is drawn in both weights', () => {
  const said = codes_of([
    existsSync(built) ? readFileSync(built, 'utf8') : '',
    ...readdirSync(join(root, 'assets/words')).filter((name) => name.endsWith('.json')).map((name) => readFileSync(join(root, 'assets/words', name), 'utf8')),
  ].join(''));
  for (const weight of ['regular', 'bold'])
    assert.equal(text_of(without(said, slice(`home-${weight}`), slice(`main-${weight}`))), '', weight);
  assert.equal(text_of(without(gb2312_level_1(), slice('home-regular'), slice('main-regular'))), '');
});

test('rare characters of names are in the slice that follows from the character', () => {
  for (const character of '㛃𬱖𬍛𠅤堃喆犇翀嬛')
    assert.ok(slice(rare_slice(character.codePointAt(0))).has(character.codePointAt(0)), character);
});

test('every ideograph that Noto has is in a slice', () => {
  const noto = coverage('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', 2);
  const han = new Set([...noto].filter((code) => /\p{Unified_Ideograph}/u.test(String.fromCodePoint(code))));
  const slices = readdirSync(fonts).filter((file) => /^(home-regular|main-regular|rare-.*)\.otf$/.test(file));
  assert.ok(han.size > 29_000, `${han.size} characters`);
  assert.equal(text_of(without(han, ...slices.map((file) => coverage(join(fonts, file))))), '');
});

test('slices of one weight share no character', () => {
  const seen = new Map();
  for (const name of readdirSync(fonts).filter((file) => /^(home-regular|main-regular|rare-.*)\.otf$/.test(file)))
    for (const code of coverage(join(fonts, name))) {
      assert.ok(!seen.has(code) || code === 0x20, `${String.fromCodePoint(code)} is in ${seen.get(code)} and ${name}`);
      seen.set(code, name);
    }
});

test('outlines on half the grid look as they did, at the largest letters of the sharpest screens', async () => {
  const words = '就近能办医疗救助申请收件凭证鑫龘0123Agj，。', cut = join(work, 'whole.otf');
  execFileSync('hb-subset', ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', '--face-index=2', `--text=${words}`, '--no-hinting', '--desubroutinize',
    '--layout-features=', '--drop-tables+=GPOS,GSUB,GDEF,BASE,VORG,vhea,vmtx', `--output-file=${cut}`]);
  const whole = readFileSync(cut), page = await context.newPage();
  await page.goto(`${server.url}/`);
  const { apart, wide } = await page.evaluate(async ({ words, fonts }) => {
    const draw = async (octets, name) => {
      document.fonts.add(await new FontFace(name, Uint8Array.from(octets)).load());
      const drawing = new OffscreenCanvas(156 * words.length, 220).getContext('2d');
      drawing.font = `156px ${name}`;
      drawing.fillText(words, 0, 170);
      return { wide: drawing.measureText(words).width, pixels: drawing.getImageData(0, 0, drawing.canvas.width, 220).data.filter((_, i) => i % 4 === 3) };
    };
    const [before, after] = [await draw(fonts[0], 'whole'), await draw(fonts[1], 'coarse')];
    const ink = before.pixels.reduce((sum, grey) => sum + grey, 0);
    return { wide: after.wide / before.wide, apart: before.pixels.reduce((sum, grey, i) => sum + Math.abs(grey - after.pixels[i]), 0) / ink };
  }, { words, fonts: [[...whole], [...on_half_the_grid(whole)]] });
  await page.close();
  assert.ok(apart > 0 && apart < 0.03, `${apart} of the ink is elsewhere`);
  assert.ok(Math.abs(wide - 1) < 0.001, `${wide} times as wide`);
});

test('the home slices are small', () => {
  assert.ok(statSync(join(fonts, 'home-regular.otf')).size < 60_000);
});

test('the page loads main and rare slices only when a character needs them', async () => {
  const page = await context.newPage();
  await page.goto(server.url);
  const loaded = () => [...new Set(server.log.map(({ path }) => /\/a\/((?:main|rare)-\w+)\./.exec(path)?.[1]).filter(Boolean))].sort();
  const show = async (text) => {
    await page.evaluate((shown) => {
      const line = Object.assign(document.createElement('p'), { textContent: shown });
      line.style.fontFamily = '"Noto Sans SC"';
      document.body.append(line);
      line.getBoundingClientRect();
    }, text);
    await page.evaluate(() => document.fonts.ready);
  };
  await show('通办');
  await page.evaluate(() => {
    tongban.adoptFonts();
    return new Promise((resolve) => { document.querySelector('link[data-fonts]').onload = resolve; });
  });
  await show('通办');
  assert.deepEqual(loaded(), []);
  await show('霄');
  assert.deepEqual(loaded(), ['main-regular']);
  await show('㛃');
  assert.deepEqual(loaded(), ['main-regular', rare_slice('㛃'.codePointAt(0))]);
  await page.close();
});
