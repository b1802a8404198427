// The portal without a network. One build is stored whole or not at all: every file is checked against its digest
// before it counts. A new build waits until a page says `activate`; until the last page of an old build is closed,
// that build's files stay. The API, the exchange and the catalogue are none of this worker's business.
//
// Packaging puts `self.BUILD = {id, files: {path: sha-256 in hex}}` before this text. If /sw-kill.json says
// {"kill": true}, or names this build in {"kill": [ids]}, the worker takes itself and its caches away.

const build = self.BUILD ?? { id: 'development', files: {} };
const prefix = 'tongban-';
const own_cache = prefix + build.id;
const shell = '/index.html';
const at_once = 4;  // downloads side by side

const is_hashed = (path) => path.startsWith('/a/');
const is_portal_route = (path) => !/^\/(api|exchange|catalogue|healthz|readyz|metrics)(\/|$)/.test(path) && !/\.\w+$/.test(path);

const own_caches = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

/// Newest first: this build's own, then those of builds whose pages may still be open.
async function from_caches(path) {
  const others = (await own_caches()).filter((name) => name !== own_cache);
  for (const name of [own_cache, ...others]) {
    const found = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (found) return found;
  }
}

async function digest_of(bytes) {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/// A response that no longer depends on how it was transported.
function plain(bytes, headers) {
  const kept = new Headers(headers);
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) kept.delete(name);
  return new Response(bytes, { headers: kept });
}

async function store_file(cache, path, digest) {
  if (await cache.match(path)) return;  // an interrupted installation goes on where it was
  const known = is_hashed(path) && (await from_caches(path));
  if (known) return cache.put(path, known);
  const response = await fetch(path, { cache: is_hashed(path) ? 'default' : 'no-cache', credentials: 'omit' });
  const bytes = await response.arrayBuffer();
  if (!response.ok || (await digest_of(bytes)) !== digest) throw new Error(`${path} is not of this build`);
  await cache.put(path, plain(bytes, response.headers));
}

async function store_build() {
  const cache = await caches.open(own_cache);
  const queue = Object.entries(build.files);
  const work = async () => { for (let next; (next = queue.shift()); ) await store_file(cache, ...next); };
  // What is on its way when one file fails is kept, too, before the worker is thrown away.
  const ended = await Promise.allSettled(Array.from({ length: at_once }, work));
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/// The builds that open pages say they run; undefined if one didn't say.
async function builds_in_use() {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const answers = await Promise.all(pages.map((page) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    page.postMessage({ type: 'which build' }, [port2]);
    setTimeout(resolve, 2000);
  })));
  return answers.includes(undefined) ? undefined : new Set(answers);
}

async function sweep() {
  const in_use = await builds_in_use();
  // A build that is being installed must not be swept away by the one before it.
  if (!in_use || self.registration.installing || self.registration.waiting) return;
  for (const name of await own_caches())
    if (name !== own_cache && !in_use.has(name.slice(prefix.length))) await caches.delete(name);
}

async function obey_kill_switch() {
  const response = await fetch('/sw-kill.json', { cache: 'no-store', credentials: 'omit' }).catch(() => undefined);
  if (!response?.ok) return;
  const { kill } = await response.json().catch(() => ({}));
  if (kill !== true && !(Array.isArray(kill) && kill.includes(build.id))) return;
  for (const name of await own_caches()) await caches.delete(name);
  await self.registration.unregister();
}

async function page_for(request, path) {
  const stored = await from_caches(Object.hasOwn(build.files, path) ? path : shell);
  return stored ?? fetch(request);
}

async function file_for(request, path) {
  const stored = await from_caches(path);
  if (stored) return stored;
  const response = await fetch(request);
  // Hashed files outside the stored set (rare characters) are kept once somebody needed them.
  if (response.ok && is_hashed(path)) {
    const copy = response.clone();
    const bytes = await copy.arrayBuffer();
    await (await caches.open(own_cache)).put(path, plain(bytes, response.headers)).catch(() => {});
  }
  return response;
}

self.addEventListener('install', (event) => event.waitUntil(store_build()));
// The page of the first visit is served from here on, too: it may go offline at once.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  if (event.data?.type === 'activate') event.waitUntil(self.skipWaiting());
  if (event.data?.type === 'sweep') event.waitUntil(sweep());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || request.headers.has('Range')) return;
  if (request.mode === 'navigate') {
    if (!is_portal_route(url.pathname) && !Object.hasOwn(build.files, url.pathname)) return;
    event.respondWith(page_for(request, url.pathname));
    event.waitUntil(obey_kill_switch());
  } else if (is_hashed(url.pathname) || (Object.hasOwn(build.files, url.pathname) && !is_portal_route(url.pathname))) {
    event.respondWith(file_for(request, url.pathname));
  }
});
