// The page's end of the store. A request that was answered with ok is on disk (or `state.storage` is 'memory', and
// the page says so). SQLite is larger than all the rest of the portal, so a device that keeps nothing yet is not made
// to wait for it: until something is written there is nothing to list, and what is written waits for `loadAfter`.
// Elsewhere it loads at once.
//
//   const store = createStore({ memory: is_public, loadAfter: first_frame, onState: ({ storage, reason }) => … });
//   const { reply, blob } = await store.post({ op: 'put', space: 'draft', key, version }, bytes);
// Operations and answers: store-protocol.js. `op: 'usage'` answers {used, quota, kept} in bytes.

const nothing = new Uint8Array(0), folder = 'tongban-store';

/// Whether this browser keeps a store of ours. One that keeps nothing for pages (a private window) has none.
async function kept_here() {
  if (!navigator.storage?.getDirectory) return false;
  try {
    await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
    return true;
  } catch (error) {
    return error?.name !== 'NotFoundError' && error?.name !== 'SecurityError';
  }
}

class Store {
  /// `memory`: whether nothing is to be kept, or a promise of that. `loadAfter`: a promise. `kept` (a promise, too) is whether there was a store when the page came.
  constructor({ memory = false, loadAfter = Promise.resolve(), onState = () => {} } = {}) {
    this.load_after_ = loadAfter;
    this.on_state_ = onState;
    this.kept = Promise.resolve(memory).then((nothing_kept) => {
      this.memory_ = nothing_kept;
      return nothing_kept ? false : kept_here();
    });
    this.written_ = false;
    this.waiting_ = new Map();
    this.next_ = 1;
    this.state = { storage: 'unknown' };
    this.opened_ = new Promise((resolve) => { this.is_open_ = resolve; });
    // What is kept will be asked for: SQLite loads while the module does.
    this.kept.then((kept) => { if (kept) this.worker_ ??= this.start_(); });
  }

  /// The blob is copied, never taken.
  async post(request, blob = nothing) {
    if (request.op === 'usage') return { reply: await this.usage_(), blob: nothing };
    const nothing_to_list = request.op === 'list' && !this.written_;
    this.written_ ||= request.op !== 'list';
    if (!this.worker_ && !(await this.kept)) {
      if (nothing_to_list) return { reply: { ok: true, count: 0 }, blob: nothing };
      await this.load_after_;
    }
    this.worker_ ??= this.start_();
    const id = this.next_++;
    const answer = new Promise((resolve) => this.waiting_.set(id, resolve));
    this.worker_.postMessage({ id, request, blob });
    const result = await answer;
    if (result.reply.ok && request.op === 'put' && request.space === 'draft') this.ask_to_keep_();
    return result;
  }

  /// Until the store that something was asked of has opened, or has turned out not to; at once where nothing was.
  async opening() {
    if (this.written_ || (await this.kept)) await this.opened_;
  }

  /// Ends the worker; what was not answered by then never will be.
  close() {
    this.worker_?.terminate();
    this.worker_ = undefined;
    for (const resolve of this.waiting_.values()) resolve({ reply: { ok: false, error: 'storage_closed' }, blob: nothing });
    this.waiting_.clear();
  }

  start_() {
    const address = new URL('./store-worker.js', import.meta.url);
    address.searchParams.set(this.memory_ ? 'memory' : 'folder', folder);
    const worker = new Worker(address, { type: 'module', name: 'store' });
    worker.onmessage = ({ data }) => {
      if (data.state) return this.set_state_(data.state);
      const resolve = this.waiting_.get(data.id);
      this.waiting_.delete(data.id);
      resolve?.({ reply: data.reply, blob: data.blob });
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.set_state_({ storage: 'none', reason: 'worker' });
      this.close();
    };
    // A page kept for "back" must not hold the database from the tabs that are in use.
    addEventListener('pagehide', (event) => { if (event.persisted) worker.postMessage({ release: true }); });
    addEventListener('pageshow', (event) => { if (event.persisted) worker.postMessage({ resume: true }); });
    return worker;
  }

  set_state_(state) {
    if (state.storage === this.state.storage && state.reason === this.state.reason) return;
    this.state = state;
    this.is_open_();
    this.on_state_(state);
  }

  // Asked only once there is something to keep: some browsers show a question.
  async ask_to_keep_() {
    if (this.asked_ || this.memory_) return;
    this.asked_ = true;
    await navigator.storage?.persist?.().catch(() => false);
  }

  async usage_() {
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.().catch(() => ({}))) ?? {};
    const kept = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
    return { ok: true, used: usage, quota, kept, ...this.state };
  }
}

export const createStore = (options) => new Store(options);
