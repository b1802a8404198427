// Plays first visits with the portal's module, without a browser, to see what it calls until the home is drawn and
// while it waits for its second part. Nothing is drawn: the GPU is a stub.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const working_day = Date.parse('2026-03-04T10:00:00+08:00'), night = Date.parse('2026-03-07T23:00:00+08:00');
const gpu = { upload() {}, forget() {}, draw() {} };
const nothing = new Uint8Array(0);

/// Widths, languages, themes and type sizes that a first visit may come with; and what may go wrong.
const visits = [
  { width: 390, height: 844, dpr: 2, coarse: true },
  { width: 390, height: 844, dpr: 3, coarse: true, lang: 'en-GB', now: night },
  { width: 320, height: 568, dpr: 2, typeSize: 'largest', reducedMotion: true },
  { width: 820, height: 1180, dpr: 2, coarse: true, typeSize: 'large' },
  { width: 1024, height: 768, dpr: 1, theme: 'dark' },
  { width: 1366, height: 768, dpr: 1, gutter: 15 },
  { width: 1920, height: 1080, dpr: 1.25, lang: 'en-GB', typeSize: 'extraLarge', now: night },
  { width: 390, height: 844, dpr: 2, publicBrowser: true },
  { width: 390, height: 844, dpr: 2, fontsFirst: true },
  { width: 1366, height: 768, dpr: 1, fontsFirst: true, lang: 'en-GB' },
  { width: 390, height: 844, dpr: 2, fails: ['/catalogue/keys.json'] },
  { width: 1366, height: 768, dpr: 1, fails: ['/catalogue/current.snap'], lang: 'en-GB' },
  { width: 390, height: 844, dpr: 2, spoils: '/catalogue/current.snap' },
  { width: 390, height: 844, dpr: 2, fails: ['/catalogue/pinyin.bin'], online: false },
];

class Visit {
  constructor({ answers, fonts }, visit) {
    Object.assign(this, { answers, fonts, visit, waiting: [], frames: 0, ids: [] });
  }

  async start(createPortal, code) {
    this.module = await createPortal({
      gpu, onLayer: () => {}, onEffect: (effect, blob) => this.perform_(effect, blob),
      instantiateWasm: (imports, done) => {
        WebAssembly.instantiate(code, imports).then((instance) => { this.exports = instance.exports; done(instance, code); });
        return {};
      },
    });
  }

  tell(message, blob = nothing) {
    this.waiting.push([{ now: this.visit.now ?? working_day, ...message }, blob]);
    while (this.waiting.length) {
      this.deliver_(...this.waiting.shift());
      for (let more = true, turns = 0; more && turns < 4; ++turns) more = this.module._tb_frame(16 * ++this.frames) === 1;
    }
  }

  slice_(name) {
    const path = join(this.fonts, `${name}.otf`);
    return existsSync(path) ? readFileSync(path) : nothing;
  }
  font(name) { this.tell({ t: 'font', name }, this.slice_(name)); }

  deliver_(message, blob) {
    const json = new TextEncoder().encode(JSON.stringify(message));
    const places = [json, blob].map((data) => {
      const at = this.module._malloc(data.length || 1);
      this.module.HEAPU8.set(data, at);
      return at;
    });
    this.module._tb_event(places[0], json.length, places[1], blob.length);
    places.forEach((at) => this.module._free(at));
  }

  /// Answers come as later messages, as they would from the page.
  perform_({ t, req, method, url, ops, name }) {
    const answer = (message, blob = nothing) => this.waiting.push([{ now: this.visit.now ?? working_day, req, ...message }, blob]);
    if (t === 'store') answer({ t: 'stored', ok: true });
    if (t === 'fetch') answer(...this.response_(method, url));
    if (t === 'font') answer({ t, name }, this.slice_(name));
    if (t === 'frame') this.ids.push(...ops.filter(([kind]) => kind === '+').map(([, id]) => id));
  }

  response_(method, url) {
    if (method !== 'GET' || this.visit.fails?.includes(url)) return [{ t: 'response', status: 0, headers: {} }];
    const body = new Uint8Array(readFileSync(join(this.answers, url.split('/').at(-1))));
    if (this.visit.spoils === url) body[body.length - 1] ^= 1;
    return [{ t: 'response', status: 200, headers: { 'tongban-catalogue': '1' } }, body];
  }

  /// What the module has called. Ends the visit.
  profile() {
    const memory = Object.values(this.exports).find((one) => one instanceof WebAssembly.Memory), pages = 8;
    const at = memory.grow(pages) * 65536, size = this.exports.__write_profile(at, pages * 65536);
    return new Uint8Array(memory.buffer.slice(at, at + size));
  }
}

async function play(visit) {
  const { width, height, dpr, gutter = 0, lang = 'zh-CN', coarse = false, reducedMotion = false, theme = 'light', typeSize = 'normal',
    publicBrowser = false, online = true, fontsFirst = false } = visit.visit;
  if (fontsFirst) visit.font('home-regular');   // the home warms up before the catalogue is here
  visit.font('home-bold');
  visit.tell({ t: 'start', origin: 'https://tongban.example', route: '/', width, height, dpr, gutter, lang, online, coarse, reducedMotion, theme, typeSize,
    written: true, storage: 'unknown', publicBrowser }, new Uint8Array(32));
  if (!fontsFirst) visit.font('home-regular');
  if (!online) visit.tell({ t: 'online', value: true });
  if (!visit.ids.length) throw new Error(`a rehearsed visit drew nothing: ${JSON.stringify(visit.visit)}`);
  // What may come before the second part is there, and is not held back for it (shell/portal-host.js).
  visit.tell({ t: 'storage', value: 'opfs' });
  for (const id of visit.ids) visit.tell({ t: 'hover', id });
  visit.tell({ t: 'press', id: visit.ids.at(-1) });
  visit.tell({ t: 'press', id: 0 });
  visit.tell({ t: 'scroll', y: 600 });
  visit.tell({ t: 'viewport', width: height, height: width, dpr, gutter });
  for (const name of ['main-regular', 'main-bold']) visit.font(name);
  visit.font('rare-20000');
  visit.tell({ t: 'voice', here: true, reading: false });
  visit.tell({ t: 'image', name: 'none' });
  visit.tell({ t: 'contextlost' });
  visit.tell({ t: 'contextrestored' });
  visit.tell({ t: 'now' });
}

/// The profiles of all visits, in the form of wasm-split. `script` is the module's JavaScript, `code` its instrumented
/// octets, `answers` and `fonts` folders of what a node would send, `scratch` a folder to write to.
export async function rehearse({ script, code, answers, fonts, scratch }) {
  // The script is for browsers' workers.
  globalThis.self = globalThis;
  globalThis.importScripts = () => {};
  globalThis.location = { href: 'https://tongban.example/' };
  copyFileSync(script, join(scratch, 'portal.mjs'));
  const { default: createPortal } = await import(pathToFileURL(join(scratch, 'portal.mjs')));
  const compiled = await WebAssembly.compile(code), profiles = [];
  for (const settings of visits) {
    const visit = new Visit({ answers, fonts }, settings);
    await visit.start(createPortal, compiled);
    await play(visit);
    profiles.push(visit.profile());
  }
  return profiles;
}
