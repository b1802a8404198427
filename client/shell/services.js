// What the page does for the module besides showing it: network, store, files, printing, time.
import { assetUrl } from './build.js';
import { eraseDataKey } from './data-key.js';
import { adoptFonts } from './fonts.js';
import { copied } from './screen.js';
import { startOffline } from './offline.js';
import { createStore } from './store.js';

const answer_within_ms = 30_000, public_mark = 'tongban-public';

export const isPublicBrowser = () => localStorage.getItem(public_mark) === '1';

/// `send` reaches the module; `vanish()` takes everything off the screen, `leave(path)` goes there for good. `keyKept`
/// promises to say whether what is stored now can be opened after this page.
export function startServices({ send, vanish, leave, keyKept }) {
  const publicBrowser = isPublicBrowser();
  let shown;
  const store = createStore({
    // What is stored under a key that isn't kept could never be read again, and nobody would clear it away.
    memory: publicBrowser || keyKept.then((kept) => !kept), loadAfter: new Promise((resolve) => { shown = resolve; }),
    onState: ({ storage }) => send({ t: 'storage', value: storage }),
  });
  let offline = null, form_open = false, deadline = 0, switch_build = () => {};

  async function request(url, more) {
    const response = await fetch(url, { credentials: 'same-origin', cache: 'no-cache', signal: AbortSignal.timeout(answer_within_ms), ...more });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) };
  }

  // A first visit needs the catalogue as soon as the module runs: it is asked for while that is still on its way, and
  // before the fonts, since the module can read it while they come.
  const ahead = new Map(), keys = '/catalogue/keys.json', snapshot = '/catalogue/current.snap';
  // What doesn't come is asked for again when it is wanted.
  const ask_ahead = () => { for (const url of navigator.onLine ? [keys, snapshot] : []) ahead.set(url, request(url).catch(() => undefined)); };
  // Whether anything is kept takes a slow device a while to say. Without a service worker nothing is, most likely.
  if (!navigator.serviceWorker?.controller) ask_ahead();
  store.kept.then((kept) => {
    if (kept) ahead.delete(snapshot);   // by the time that it is wanted another one may be new
    else if (!ahead.size) ask_ahead();
  });

  async function fetch_({ req, method, url, headers }, body) {
    const asked = method === 'GET' ? ahead.get(url) : undefined;
    ahead.delete(url);
    try {
      const answer = (await asked) ?? (await request(url, { method, headers, body: body?.length ? body : undefined }));
      send({ t: 'response', req, status: answer.status, headers: answer.headers }, answer.body);
    } catch {
      send({ t: 'response', req, status: 0, headers: {} });
    }
  }

  async function store_({ req, ...request }, blob) {
    const { reply, blob: rows } = await store.post(request, blob ?? undefined);
    send({ ...reply, t: 'stored', req }, rows);
  }

  const asked = new Set();
  async function font({ name }) {
    asked.add(name);
    // What the canvas draws with more than the first slices, the page must measure with them, too.
    if (!name.startsWith('home-')) adoptFonts();
    const address = assetUrl(`fonts/${name}.otf`);
    // Without octets: there is no such slice, or it can't be had now, and the system's fonts may help.
    let octets = new ArrayBuffer(0);
    try {
      const response = address && await fetch(address);
      if (response?.ok) octets = await response.arrayBuffer();
    } catch { /* no network: asked for again at the next visit */ }
    send({ t: 'font', name }, new Uint8Array(octets));
  }

  function print({ html }) {
    let sheet = document.getElementById('print');
    if (!sheet) document.body.append((sheet = Object.assign(document.createElement('div'), { id: 'print' })));
    sheet.innerHTML = html;
    addEventListener('afterprint', () => sheet.remove(), { once: true });
    globalThis.print();
  }
  // What the browser would print is a picture; the module writes the same screen for paper.
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'p') {
      event.preventDefault();
      send({ t: 'paper' });
    }
  });

  /// A picture that the module has drawn, as a file.
  function keep_picture({ name, picture }) {
    copied(picture).toBlob((blob) => {
      const url = URL.createObjectURL(blob);
      Object.assign(document.createElement('a'), { href: url, download: `${name}.png` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
    picture.close?.();
  }

  async function codes({ type }, blob) {
    const texts = await import('./codes.js').then(({ codes_in }) => codes_in(new Blob([blob], { type }))).catch(() => null);
    send({ t: 'codes', able: texts !== null, texts: texts?.join('\n') ?? '' });
  }

  // Who closes the device's own sheet has changed their mind; nothing has gone wrong.
  const share = ({ title, url }) => navigator.share({ title, url }).catch(() => {});

  async function forget_and_go(everywhere) {
    vanish();
    if (everywhere) tabs?.postMessage('erasing');
    if (publicBrowser) navigator.clipboard?.writeText('').catch(() => {});   // where the browser lets it
    await store.post({ op: 'erase', space: '' }).catch(() => {});
    await eraseDataKey();
    sessionStorage.clear();
    if (everywhere) tabs?.postMessage('gone');
    await leave('/');
  }
  // What somebody erases is erased for all tabs of the portal: another one would go on showing it, and store it anew. They
  // go home when all is gone, or when nobody says so.
  const tabs = globalThis.BroadcastChannel && new BroadcastChannel('tongban-leave');
  let patience = 0;
  tabs?.addEventListener('message', ({ data }) => {
    vanish();
    clearTimeout(patience);
    if (data === 'gone') leave('/');
    else patience = setTimeout(() => leave('/'), 3000);
  });
  /// Once: a second wish meanwhile would only break off the way home.
  let leaving = null;
  const erase_and_leave = ({ everywhere }) => leaving ??= forget_and_go(everywhere);

  // Offered only where the device itself can speak Chinese: nothing of the page goes elsewhere to be spoken.
  let reader = null;
  const speech = globalThis.speechSynthesis;
  const local_voice = () => speech?.getVoices().find(({ lang, localService }) => localService && /^(zh|cmn)/i.test(lang));
  const tell_voice = (reading) => send({ t: 'voice', here: true, reading });
  const look_for_voice = () => { if (!reader && local_voice()) tell_voice(false); };
  async function read({ on }) {
    const { ReadAloud } = await import('./read-aloud.js');
    reader ??= new ReadAloud(local_voice, () => tell_voice(false));
    if (on) reader.start(document.getElementById('main'));
    else reader.stop();
    tell_voice(on);
  }

  function make_public({ value }) {
    if (value) localStorage.setItem(public_mark, '1');
    else localStorage.removeItem(public_mark);
    return erase_and_leave({ everywhere: true });
  }

  return {
    publicBrowser,
    fonts(names) { for (const name of names) font({ name }); },
    afterFirstFrame() {
      shown();
      look_for_voice();
      speech?.addEventListener('voiceschanged', look_for_voice);
    },
    /// The module is whole. On a slow line what people do next waits for it and for the store; the rest of the
    /// characters and the offline copy come when neither wants the line.
    async afterModule() {
      await store.opening();
      for (const name of ['main-regular', 'main-bold']) if (!asked.has(name)) font({ name });
      offline = startOffline({ onUpdate: (apply) => {
        switch_build = apply;
        send({ t: 'new-build' });
      } });
      offline.formOpen = form_open;
    },
    effects: {
      fetch: fetch_, store: store_, print, picture: keep_picture, share, codes, erase: erase_and_leave, public: make_public, read,
      font,
      usage: async () => {
        const { reply: { used, kept } } = await store.post({ op: 'usage' });
        send({ t: 'usage', used, kept });
      },
      switch: () => switch_build(),
      deadline: ({ ms }) => {
        clearTimeout(deadline);
        if (ms >= 0) deadline = setTimeout(() => send({ t: 'now' }), ms);
      },
      form: ({ open }) => {
        form_open = open;
        if (offline) offline.formOpen = open;
      },
    },
  };
}
