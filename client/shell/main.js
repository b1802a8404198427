// The page's end of the portal: starts the module, shows its frames, and does what only a page can do.
// No word of the portal's language and no rule of its trade is here.
import { build } from './build.js';
import { dataKeyIsKept, openDataKey } from './data-key.js';
import { Dialogs } from './dialogs.js';
import { listen } from './events.js';
import { startLinks } from './history.js';
import { isPublicBrowser, startServices } from './services.js';
import { Screen, copied } from './screen.js';
import { Twin } from './twin.js';

const page = document.getElementById('page');        // the prerendered page, until the first frame
const portal = document.createElement('div');
portal.id = 'portal';
portal.hidden = true;
const polite = document.createElement('div'), assertive = document.createElement('div');
polite.className = assertive.className = 'sr';
polite.setAttribute('role', 'status');
assertive.setAttribute('role', 'alert');
const skip = document.createElement('a');
skip.className = 'skip';
skip.href = '#main';
skip.addEventListener('click', (event) => {
  event.preventDefault();   // the browser's own way would leave an entry that "back" has to pass
  document.getElementById('main')?.focus();
});
document.body.prepend(skip);   // the first stop of the keyboard, whichever page follows
document.body.append(portal, polite, assertive);

const matches = (query) => matchMedia(query).matches;
const forced = matches('(forced-colors: active)');   // the person's own colours: no canvas then
let worker = null, host = null, flowing = null, shown = false, awake = false;
const early = [];

function send(message, blob) {
  message.now ??= Date.now();
  if (host) host.send(message, blob);
  else if (awake) worker.postMessage({ message, blob });
  else early.push([message, blob]);   // nobody has taken the module up yet, and it may not be the worker
}

const images = new Map();
function want_image(element, name) {
  const known = images.get(name);
  if (known?.url) element.src = known.url;
  else if (known) known.elements.push(element);
  else {
    images.set(name, { elements: [element] });
    send({ t: 'image', name });
  }
}
// What came instead of a picture of the node's, such as the sentence that says why, is for the module to ask for.
document.addEventListener('error', ({ target }) => {
  const path = target.localName === 'img' && target.getAttribute('src');
  if (path && path.startsWith('/api/')) send({ t: 'image-failed', path });
}, true);
function got_image({ name, type }, blob) {
  const known = images.get(name) ?? { elements: [] };
  known.url = URL.createObjectURL(new Blob([blob], { type }));
  for (const element of known.elements.splice(0)) element.src = known.url;
  images.set(name, known);
}

let hands = { composing: () => null };
const dialogs = new Dialogs({
  holder: () => (flowing ? page.querySelector(':scope > .over') : screen.over),
  around: () => (flowing ? [...page.children].filter((region) => !region.matches('.over')) : screen.around),
});
const screen = new Screen(portal, { onImage: want_image, composing: () => hands.composing() }, () => dialogs.follow());
const twin = () => flowing ?? screen.twin;
const shared = isPublicBrowser();
const address = location.pathname + location.search + location.hash;   // as it came; the links take the last part off
const links = startLinks({ send, scroller: () => (flowing ? document.scrollingElement : screen.scroller), screen, dialogs, nameless: shared });
hands = listen(document.body, { send, follow: links.follow, id: (element) => element?.tb_id });

// ---- what the module wants of the page
function announce({ text, assertive: urgent }) {
  const region = urgent ? assertive : polite;
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 60);
}
function frame(effect) {
  const before = reveal && screen.scroller.clientHeight;
  screen.show(effect);
  // Other frames may come before the one that knows of the new height.
  if (reveal && screen.scroller.clientHeight !== before) {
    document.activeElement?.scrollIntoView({ block: 'nearest' });
    reveal = false;
  }
  if (!shown) first_frame();
  links.turned(effect);
  if (host) host.shown();
  else worker.postMessage({ shown: true });
}
function flow({ ops, turned }) {
  if (!flowing) {
    page.replaceChildren();
    flowing = new Twin(() => page, { flow: true, onImage: want_image, composing: () => hands.composing() });
    document.documentElement.classList.add('flowing');
  }
  flowing.apply(ops);
  dialogs.follow();
  if (!shown) first_frame();
  links.turned({ turned, scroll: 0 });
}
function first_frame() {
  shown = true;
  const typed = page.querySelector('input[type=search]')?.value;
  document.documentElement.classList.add('live');
  if (!flowing) {
    portal.hidden = false;
    page.hidden = true;
    page.replaceChildren();
  }
  if (typed) keep_typed(typed);
  services.afterFirstFrame();
}
/// What was typed into the page before the portal was up goes into its field.
function keep_typed(text) {
  const field = (flowing ? page : portal).querySelector('input[type=search]');
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}
function look({ lang, theme, size, skip: words }) {
  const { documentElement: root } = document;
  if (lang) root.lang = lang;
  if (theme) {
    root.dataset.theme = theme;
    for (const meta of document.querySelectorAll('meta[name=theme-color]')) meta.content = theme === 'dark' ? '#0B1011' : '#F5F4EF';
  }
  if (size) root.dataset.size = size;
  if (words) skip.textContent = words;
}
/// Nothing is seen any more while the way home takes its time, nor when somebody comes back to this very page.
let gone = false;
function vanish() {
  gone = true;
  worker?.terminate();
  portal.remove();
  page.replaceChildren();
}
addEventListener('pageshow', ({ persisted }) => { if (persisted && gone) location.replace('/'); });
const data_key = openDataKey({ publicBrowser: isPublicBrowser() });
const services = startServices({ send, vanish, leave: links.leave, keyKept: data_key.then(dataKeyIsKept) });
const effects = {
  frame, flow, announce, look,
  stage: () => {},
  title: ({ text }) => { document.title = shared ? '通办' : text; },   // a history's titles tell as much as its addresses
  focus: ({ id }) => twin().element(id)?.focus(),
  image: got_image,
  loaded: services.afterModule,
  route: links.go,
  back: links.back,
  ...services.effects,
};
const perform = (effect, blob) => { if (!gone) effects[effect.t]?.(effect, blob); };

// ---- which thread the module runs on
function start_worker() {
  const address = new URL('./portal-worker.js', import.meta.url);
  if (start_message.whole) address.hash = 'whole';
  const started = new Worker(address, { type: 'module', name: 'portal' });
  started.onmessage = ({ data }) => {
    if (data.unfit) return start_here();
    if (data.audit) return audits.get(data.audit)?.(data.report);
    if (data.effect) return perform(data.effect, data.blob);
    awake = true;
    for (const [message, blob] of early.splice(0)) worker.postMessage({ message, blob });
  };
  started.onerror = (event) => { if (!awake) start_here(event); };
  worker = started;
}
/// The rungs below: the module on this thread, with a canvas of the page or, without WebGL2, with none.
async function start_here() {
  worker?.terminate();
  worker = null;
  const [{ GlCanvas }, { startHost }, { default: createPortal }] = await Promise.all(
    [import('./gl-canvas.js'), import('./portal-host.js'), import('./portal.js')]);
  const gpu = forced ? null : GlCanvas.on(document.createElement('canvas'));
  const here = await startHost({
    createPortal, whole: true, wasmUrls: [new URL('./portal-first.wasm', import.meta.url), new URL('./portal-later.wasm', import.meta.url)], post: perform, gpu,
    takeLayer: (drawn, number) => screen.draw(number, drawn), takePicture: copied,
  });
  start_message.flow = !gpu;
  start_message.whole = true;   // here nothing may block the page
  host = here;
  for (const [message, blob] of early.splice(0)) host.send(message, blob);
}

// ---- how the window is
const gutter = () => Math.max(0, screen.scroller.offsetWidth - screen.scroller.clientWidth);
// What a soft keyboard leaves of the window; a page that is zoomed by two fingers keeps its size, whatever a browser then
// calls the window's.
const enlarged = () => (globalThis.visualViewport?.scale ?? 1) !== 1;
const unzoomed = (side) => Math.round(visualViewport[side] * visualViewport.scale);
const window_width = () => (enlarged() ? unzoomed('width') : innerWidth);
const height_left = () => (enlarged() ? unzoomed('height') : globalThis.visualViewport?.height ?? innerHeight);
// Two fingers enlarge what is drawn already: once they have let go it is drawn anew, as sharp as the screen, but never so
// large that a canvas with what it holds above and below the window would take more than some 100 MB.
const most_pixels = 24e6, overscan = 2, settles_ms = 200;
let zoom = 1, zooming = 0;
const sharpest = () => Math.sqrt(most_pixels / (window_width() * height_left() * overscan));
const density = () => Math.max(devicePixelRatio, Math.min(devicePixelRatio * zoom, sharpest()));
const viewport = () => ({ width: window_width(), height: height_left(), dpr: density(), gutter: gutter() });
function zoomed() {
  clearTimeout(zooming);
  zooming = setTimeout(() => {
    if (zoom === visualViewport.scale) return;
    zoom = visualViewport.scale;
    resized();
  }, settles_ms);
}
function system_size() {
  const px = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return px >= 26 ? 'largest' : px >= 22 ? 'extraLarge' : px >= 19 ? 'large' : 'normal';
}
let resizing = 0, reveal = false;
function resized() {
  cancelAnimationFrame(resizing);
  // A keyboard has come up: what is written in must be seen above it.
  reveal = document.activeElement?.matches('.twin :is(input, textarea)') ?? false;
  resizing = requestAnimationFrame(() => send({ t: 'viewport', ...viewport() }));
}
addEventListener('resize', resized);
globalThis.visualViewport?.addEventListener('resize', () => { if (visualViewport.scale === zoom) resized(); else zoomed(); });
(function watch_dpr() {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => { resized(); watch_dpr(); }, { once: true });
})();
let scrolling = 0;
screen.scroller.addEventListener('scroll', () => {
  scrolling ||= requestAnimationFrame(() => {
    scrolling = 0;
    send({ t: 'scroll', y: screen.scroller.scrollTop });
  });
}, { passive: true });
const tell_line = () => send({ t: 'online', value: navigator.onLine });
for (const turn of ['online', 'offline', 'focus']) addEventListener(turn, tell_line);   // who comes back may find the line so

// ---- off we go
const start_message = {
  t: 'start', origin: location.origin, canShare: typeof navigator.share === 'function', route: address, ...viewport(), lang: navigator.language, online: navigator.onLine,
  coarse: matches('(pointer: coarse)'), reducedMotion: matches('(prefers-reduced-motion: reduce)'),
  theme: matches('(prefers-contrast: more)') && matches('(prefers-color-scheme: dark)') ? 'dark' : 'light',
  typeSize: system_size(), written: page.childElementCount > 0, storage: 'unknown', publicBrowser: services.publicBrowser, flow: forced,
  // Only the home, and only on the first visit, is worth showing before the rest of the module is there.
  whole: address !== '/' || Boolean(navigator.serviceWorker?.controller),
};
services.fonts(['home-regular', 'home-bold']);
if (forced) start_here(); else start_worker();
data_key.then((key) => send(start_message, key));

// ---- for tests: of development builds, and of any build in a browser that a program drives
const audits = new Map();
if (build === 'development' || navigator.webdriver) {
  globalThis.__tongban_audit = async () => {
    const id = Math.random();
    const report = host ? host.audit() : await new Promise((resolve) => { audits.set(id, resolve); worker.postMessage({ audit: id }); });
    return [...report.split('\n').filter(Boolean), ...screen.twin.strays()];
  };
}
