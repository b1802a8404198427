// The key that opens what a person left on this device. It is kept only wrapped by a WebCrypto key that no script
// can read out, so a copy of the browser's files alone does not open the drafts. On a public browser, and where
// the browser has no WebCrypto or IndexedDB, it lives in memory: leaving the page ends it.

const database_name = 'tongban-key', table = 'key', id = 'data';
const bytes_of_key = 32;

let in_memory;
let kept = false;

/// Whether the key of the last openDataKey survives a closed tab.
export const dataKeyIsKept = () => kept;

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open_database() {
  const request = indexedDB.open(database_name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(table);
  return settled(request);
}

function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

async function make_record() {
  const wrapper = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapper, crypto.getRandomValues(new Uint8Array(bytes_of_key)));
  return { wrapper, iv, wrapped };
}

/// Two tabs may start at once: the first record stands, the other's is dropped.
async function record_in(database) {
  const found = await settled(database.transaction(table).objectStore(table).get(id));
  if (found) return found;
  const made = await make_record();
  const transaction = database.transaction(table, 'readwrite', { durability: 'strict' });
  const done = committed(transaction);
  const objects = transaction.objectStore(table);
  const other = await settled(objects.get(id));
  if (!other) objects.put(made, id);
  await done;
  return other ?? made;
}

async function open_kept() {
  const database = await open_database();
  try {
    const { wrapper, iv, wrapped } = await record_in(database);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrapper, wrapped));
  } finally {
    database.close();
  }
}

/// 32 bytes, the same at each start of this browser until eraseDataKey; on a public browser, of this page only.
export async function openDataKey({ publicBrowser = false } = {}) {
  kept = false;
  if (!publicBrowser && globalThis.crypto?.subtle && globalThis.indexedDB) {
    try {
      const key = await open_kept();
      kept = true;
      return key;
    } catch (error) {
      console.warn(`the data key can't be kept: ${error?.name ?? error}`);
    }
  }
  return (in_memory ??= crypto.getRandomValues(new Uint8Array(bytes_of_key)));
}

/// After this, nothing that was stored under the key can be read again, by anybody.
export async function eraseDataKey() {
  in_memory?.fill(0);
  in_memory = undefined;
  kept = false;
  if (!globalThis.indexedDB) return;
  const request = indexedDB.deleteDatabase(database_name);
  await settled(request).catch(() => {});
}
