// The store's worker, one a tab. The tab that holds the lock owns the database; the others send it their requests
// over a channel. When the owner's tab dies, the browser gives the lock to the next, which opens the database, says
// so, and is asked again for all that was not answered: a request that comes twice does no harm (store-protocol.js).
//
// From the page: {id, request, blob}, {release: true}, {resume: true}. To the page: {id, reply, blob}, {state}.
import { MemoryRecords } from './store-memory.js';
import { StoreError, perform } from './store-protocol.js';

const name = 'tongban-store';
const me = crypto.randomUUID?.() ?? String(crypto.getRandomValues(new Uint32Array(4)));
const { searchParams: settings } = new URL(location.href);
const retry_for_ms = 15_000;

let records;             // set while this worker answers by itself
let give_back;           // ends the hold on the lock
let channel;
const pending = new Map();  // id → {request, blob} of our own page, not yet answered
const done_for_others = new Map();  // other worker → ids that this owner has answered

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const say_state = (storage, reason) => postMessage({ state: { storage, ...(reason ? { reason } : {}) } });

function fault_of(error) {
  if (error instanceof StoreError) return { ok: false, error: error.code };
  return { ok: false, error: 'storage_failed', detail: String(error?.message ?? error).slice(0, 200) };
}

function answer(request, writer, blob) {
  try {
    return perform(records, request, writer, blob);
  } catch (error) {
    return { reply: fault_of(error), blob: new Uint8Array(0) };
  }
}

// Requests are carried out one after another, in the order in which they came.
let queue = Promise.resolve();
const enqueue = (work) => (queue = queue.then(work).catch((error) => console.error('store:', error)));

function serve_own(id) {
  enqueue(() => {
    const asked = pending.get(id);
    if (!asked || !records) return;
    const { reply, blob } = answer(asked.request, me, asked.blob);
    settle(id, reply, blob);
  });
}

function settle(id, reply, blob) {
  if (pending.delete(id)) postMessage({ id, reply, blob }, [blob.buffer]);
}

const ask_owner = (id) => channel?.postMessage({ kind: 'ask', from: me, id, ...pending.get(id) });

function serve_other({ from, id, request, blob }) {
  enqueue(() => {
    if (!records || !give_back) return;
    if (!done_for_others.has(from)) done_for_others.set(from, new Set());
    if (done_for_others.get(from).has(id)) return;
    const result = answer(request, from, blob);
    done_for_others.get(from).add(id);
    channel.postMessage({ kind: 'answer', to: from, id, reply: result.reply, blob: result.blob });
  });
}

function on_channel({ data }) {
  switch (data.kind) {
    case 'who':
      if (give_back) channel.postMessage({ kind: 'owner' });
      break;
    case 'owner':
      say_state('opfs');
      for (const id of pending.keys()) ask_owner(id);
      break;
    case 'ask':
      serve_other(data);
      break;
    case 'answer':
      if (data.to === me) settle(data.id, data.reply, data.blob);
      break;
  }
}

/// The lock is ours, but the dead owner's file handles may take a moment to be closed by the browser.
async function open_with_patience() {
  const { SqliteRecords } = await import('./store-sqlite.js');
  for (let waited = 0, step = 20; ; waited += step, step = Math.min(step * 2, 500)) {
    try {
      return await SqliteRecords.open(settings.get('folder'));
    } catch (error) {
      const held = error?.name === 'NoModificationAllowedError' || error?.name === 'InvalidStateError';
      if (!held || waited > retry_for_ms) throw error;
      await pause(step);
    }
  }
}

function become_memory(reason) {
  records = new MemoryRecords();
  channel?.close();
  channel = undefined;
  say_state('memory', reason);
  for (const id of pending.keys()) serve_own(id);
}

async function own() {
  let opened;
  try {
    opened = await open_with_patience();
  } catch (error) {
    become_memory(String(error?.name ?? 'Error'));
    return;
  }
  const released = new Promise((resolve) => { give_back = resolve; });
  records = opened;
  say_state('opfs');
  channel.postMessage({ kind: 'owner' });
  for (const id of pending.keys()) serve_own(id);
  await released;
  await enqueue(() => {
    give_back = records = undefined;
    opened.close();
    done_for_others.clear();
  });
}

function start() {
  const opfs = navigator.storage?.getDirectory && navigator.locks && globalThis.BroadcastChannel && globalThis.FileSystemFileHandle;
  if (settings.has('memory') || !opfs) return become_memory(settings.has('memory') ? 'asked' : 'unsupported');
  channel = new BroadcastChannel(name);
  channel.onmessage = on_channel;
  channel.postMessage({ kind: 'who' });
  navigator.locks.request(name, own).catch((error) => become_memory(String(error?.name ?? 'Error')));
}

onmessage = ({ data }) => {
  if (data.release) {
    give_back?.();
  } else if (data.resume) {
    if (channel && !give_back) {
      channel.postMessage({ kind: 'who' });
      navigator.locks.request(name, own);
    }
  } else {
    pending.set(data.id, { request: data.request, blob: data.blob });
    if (records) serve_own(data.id);
    else ask_owner(data.id);
  }
};
start();
