// What a store answers to each operation, whichever records it stands on. Records offer
// read(space, key), list(space, prefix), write(space, key, version, writer, blob), remove(space, key),
// erase(space) and atomically(work); a record is {key, version, writer, blob}.
//
// Requests: {op, space, key, version?, prefix?, parts?} with a blob:
//   get     one row, or none
//   put     `version` is that of the record which this one follows (0: there was none; left out: whatever
//           there is). The last write wins. Where the two differ, and another writer wrote last, a space of
//           `keeps_losers` keeps what was overwritten as `key~copy-<version>`, and the answer says so.
//   delete  removes one record, if it is there
//   list    all rows of the space whose key begins with `prefix`, by key
//   batch   `parts` = [{op: put|delete, space, key, version?, size?}], all or none; the blobs follow one another
//   erase   removes a space, or everything if it is empty
// Answers: {ok, error?, count?, version?, conflict?, copy?} and a blob of packed rows (pack_rows). A put answers
// with its new version, also as a row without content.

/// Where a person's work is; elsewhere a record is only a cache of what can be had again.
const keeps_losers = new Set(['draft']);

export class StoreError extends Error {
  constructor(code, detail = '') { super(detail || code); this.code = code; }
}

const encoder = new TextEncoder(), decoder = new TextDecoder();
const nothing = new Uint8Array(0);

/// (u32 key length, key, u64 version, u32 blob length, blob)*, little endian.
export function pack_rows(rows) {
  const keys = rows.map((row) => encoder.encode(row.key));
  const length = rows.reduce((sum, row, i) => sum + 16 + keys[i].length + row.blob.length, 0);
  const bytes = new Uint8Array(length), view = new DataView(bytes.buffer);
  let at = 0;
  rows.forEach((row, i) => {
    view.setUint32(at, keys[i].length, true);
    bytes.set(keys[i], at + 4);
    at += 4 + keys[i].length;
    view.setBigUint64(at, BigInt(row.version), true);
    view.setUint32(at + 8, row.blob.length, true);
    bytes.set(row.blob, at + 12);
    at += 12 + row.blob.length;
  });
  return bytes;
}

export function unpack_rows(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), rows = [];
  for (let at = 0; at < bytes.length; ) {
    const key_length = view.getUint32(at, true);
    const key = decoder.decode(bytes.subarray(at + 4, at + 4 + key_length));
    at += 4 + key_length;
    const version = Number(view.getBigUint64(at, true)), length = view.getUint32(at + 8, true);
    rows.push({ key, version, blob: bytes.slice(at + 12, at + 12 + length) });
    at += 12 + length;
  }
  return rows;
}

const is_name = (value) => typeof value === 'string' && value.length > 0 && value.length <= 200;

function put(records, { space, key, version }, writer, blob) {
  const before = records.read(space, key);
  // A request whose answer got lost comes again.
  if (before && before.writer === writer && same(before.blob, blob)) return { version: before.version };
  const next = (before?.version ?? 0) + 1;
  const overwritten = before && version !== undefined && version !== before.version && before.writer !== writer;
  let copy;
  if (overwritten && keeps_losers.has(space) && !same(before.blob, blob)) {
    copy = `${key}~copy-${before.version}`;
    records.write(space, copy, 1, before.writer, before.blob);
  }
  records.write(space, key, next, writer, blob);
  return copy ? { version: next, conflict: true, copy } : { version: next };
}

function same(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function batch(records, parts, writer, blob) {
  let at = 0;
  const answers = [];
  for (const part of parts) {
    if (!is_name(part.space) || !is_name(part.key)) throw new StoreError('bad_request');
    if (part.op === 'put') {
      if (!Number.isInteger(part.size) || part.size < 0 || at + part.size > blob.length) throw new StoreError('bad_request');
      answers.push({ key: part.key, ...put(records, part, writer, blob.slice(at, at + part.size)) });
      at += part.size;
    } else if (part.op === 'delete') {
      records.remove(part.space, part.key);
    } else {
      throw new StoreError('bad_request');
    }
  }
  if (at !== blob.length) throw new StoreError('bad_request');
  return answers;
}

/// Carries out one request. Throws StoreError, or what the records throw; then nothing has changed.
export function perform(records, request, writer, blob = nothing) {
  const { op, space = '', key } = request;
  const of_one = op === 'get' || op === 'put' || op === 'delete';
  if (of_one && (!is_name(space) || !is_name(key))) throw new StoreError('bad_request');
  const rows_answer = (rows) => ({ reply: { ok: true, count: rows.length }, blob: pack_rows(rows) });
  switch (op) {
    case 'get': {
      const record = records.read(space, key);
      return rows_answer(record ? [record] : []);
    }
    case 'list':
      if (!is_name(space)) throw new StoreError('bad_request');
      return rows_answer(records.list(space, request.prefix ?? ''));
    case 'put': {
      const answer = records.atomically(() => put(records, request, writer, blob));
      return { reply: { ok: true, count: 1, ...answer }, blob: pack_rows([{ key, version: answer.version, blob: nothing }]) };
    }
    case 'delete':
      records.atomically(() => records.remove(space, key));
      return rows_answer([]);
    case 'batch': {
      if (!Array.isArray(request.parts)) throw new StoreError('bad_request');
      const answers = records.atomically(() => batch(records, request.parts, writer, blob));
      const copies = answers.filter((answer) => answer.conflict).map((answer) => answer.copy);
      return {
        reply: { ok: true, count: answers.length, ...(copies.length ? { conflict: true, copy: copies[0] } : {}) },
        blob: pack_rows(answers.map(({ key: name, version }) => ({ key: name, version, blob: nothing }))),
      };
    }
    case 'erase':
      records.erase(space);
      return rows_answer([]);
    default:
      throw new StoreError('bad_request', `no operation '${op}'`);
  }
}
