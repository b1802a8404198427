// The page's end of the service worker (sw.js): registers it when it is started, and brings a new build in
// when no form is open.
//
//   const offline = startOffline({ onUpdate: (apply) => … });
//   offline.formOpen = true;      // while it is, nobody is asked
// Where a new build waits and no form is open, the page is loaded anew from it when it is next out of sight; who has it
// before them all the time can have that at once: onUpdate is told, and `apply()` does it.
import { build } from './build.js';

const look_again_after_ms = 3_600_000;

class Offline {
  constructor({ onUpdate } = {}) {
    this.onUpdate_ = onUpdate;
    this.form_open_ = false;
    if (!globalThis.isSecureContext || !navigator.serviceWorker) return;
    // Old tabs keep their build's files: the service worker asks who still runs what.
    navigator.serviceWorker.addEventListener('message', ({ data, ports }) => {
      if (data?.type === 'which build') ports[0]?.postMessage(build);
    });
    navigator.serviceWorker.startMessages();
    document.addEventListener('visibilitychange', () => this.on_visibility_());
    this.ready = this.register_();
  }

  get formOpen() { return this.form_open_; }
  set formOpen(value) {
    this.form_open_ = value;
    this.offer_();
  }

  /// Removes the service worker and all it stored: part of leaving a shared device for good.
  async remove() {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.unregister();
    for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith('tongban-')) await caches.delete(name);
  }

  async register_() {
    try {
      this.registration_ = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    } catch {
      return;  // no network, or no worker at this address: the page works on without
    }
    this.looked_ = Date.now();
    this.registration_.addEventListener('updatefound', () => this.follow_(this.registration_.installing));
    this.follow_(this.registration_.installing);
    this.offer_();
    (await navigator.serviceWorker.ready).active?.postMessage({ type: 'sweep' });
  }

  follow_(worker) {
    worker?.addEventListener('statechange', () => { if (worker.state === 'installed') this.offer_(); });
  }

  offer_() {
    const waiting = this.registration_?.waiting;
    if (!waiting || !navigator.serviceWorker.controller || this.form_open_) return;
    if (document.visibilityState === 'hidden') return this.apply_(waiting);
    if (this.offered_ === waiting) return;
    this.offered_ = waiting;
    this.onUpdate_?.(() => this.apply_(waiting));
  }

  apply_(waiting) {
    if (this.form_open_ || this.applied_ === waiting) return;
    this.applied_ = waiting;
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage({ type: 'activate' });
  }

  on_visibility_() {
    if (document.visibilityState === 'hidden') return this.offer_();
    if (this.registration_ && navigator.onLine && Date.now() - this.looked_ > look_again_after_ms) {
      this.looked_ = Date.now();
      this.registration_.update().catch(() => {});
    }
  }
}

export const startOffline = (options) => new Offline(options);
