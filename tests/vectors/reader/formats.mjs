// Every format of shared/wire/README.md, written down from that page alone: what reads them writes them, too.
import { blake2b, open_seal, seal, verify } from './primitives.mjs';
import { blob, checked, day, demand, flag, format, framed, instant, list, one_of, optional, raw, read, record, rest, text, u8, u32 } from './octets.mjs';

const digest = raw(32), id = raw(16), key_id = raw(8), signature = raw(64);
const hex = (octets) => octets.toString('hex');
/// Of octets, and of texts as UTF-8.
export const digest_of = (...parts) => hex(blake2b(Buffer.concat(parts.map((part) => Buffer.from(part)))));
const key_id_of = (key) => digest_of(key).slice(0, 16);

// Application, carried application
const person = { name: text, identity_number: text, mobile: text };
const rising = (answers) => answers.every(([question], index) => index === 0 || Buffer.compare(Buffer.from(answers[index - 1][0]), Buffer.from(question)) < 0);
const pair = (first, second) => ({
  read: (cursor) => [first.read(cursor), second.read(cursor)],
  write: ([one, other]) => Buffer.concat([first.write(one), second.write(other)]),
});
const materials = list(record({ key: text, way: one_of(0, 'bring', 'attached'), files: list(record({ digest, media_type: text, size: u32 })) }));

export const application = format('TBAP', [1], {
  submission_id: id, item: text, catalogue_version: u32, received_by: text,
  answers: checked(list(pair(text, text)), rising, 'order of questions'),
  applicant: record(person), agent: optional(record({ ...person, relation: text })),
  registration: text, residence: text, address: text, statement: text, materials, access_hash: digest, sealed_at: instant,
});
export const access_hash = (secret) => digest_of('TBACCESS', secret);

const carried = format('TBCA', [1], { key_id, box: rest });
export function open_carried(octets, intake) {
  const { key_id: to, box } = read(carried, octets);
  demand(to === key_id_of(intake.public), 'key');
  return unsealed(intake, box, application);
}
export function write_carried(value, addressee, random) {
  return carried.write({ format: 1, key_id: key_id_of(addressee), box: hex(seal(addressee, application.write(value), random)) });
}

// Codes
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
function base45(octets) {
  let out = '';
  for (let at = 0; at < octets.length; at += 2) {
    const two = at + 1 < octets.length;
    for (let value = two ? octets.readUInt16BE(at) : octets[at], left = two ? 3 : 2; left > 0; --left, value = Math.floor(value / 45)) out += alphabet[value % 45];
  }
  return out;
}
function from_base45(characters) {
  demand(characters.length % 3 !== 1, 'base45');
  const out = [];
  for (let at = 0; at < characters.length; at += 3) {
    const digits = [...characters.slice(at, at + 3)].map((character) => alphabet.indexOf(character));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    demand(!digits.includes(-1) && value < (digits.length === 3 ? 65536 : 256), 'base45');
    out.push(...(digits.length === 3 ? [value >> 8, value & 255] : [value]));
  }
  return Buffer.from(out);
}

export function write_code(set, number, of, piece) {
  const held = Buffer.concat([set, Buffer.from([number, of]), piece]);
  return `TBC1:${base45(Buffer.concat([held, blake2b(held).subarray(0, 4)]))}.`;
}
/// As few codes as hold it in at most `longest` characters each.
export function cut_into_codes(octets, longest) {
  const room = Math.floor(((longest - 'TBC1:.'.length) * 2) / 3) - 12, count = Math.ceil(octets.length / room);
  demand(count <= 3, 'size');
  const size = Math.ceil(octets.length / count), set = blake2b(octets).subarray(0, 6);
  return Array.from({ length: count }, (_, index) => write_code(set, index + 1, count, octets.subarray(index * size, (index + 1) * size)));
}
function read_code(characters) {
  const narrow = characters.replaceAll('\u3000', ' ').replaceAll('\uffe5', '$')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  const [, number_of_format, inner] = /^TBC([1-9]):(.*)\.$/s.exec(narrow.trim().toUpperCase()) ?? [];
  demand(inner !== undefined, 'code');
  demand(number_of_format === '1', 'version', 'code');
  const octets = from_base45(inner);
  demand(octets.length > 12, 'truncated');
  const held = octets.subarray(0, -4);
  demand(blake2b(held).subarray(0, 4).equals(octets.subarray(-4)), 'check');
  const [number, of] = held.subarray(6, 8);
  demand(of >= 1 && of <= 3 && number >= 1 && number <= of, 'range', 'number of the code');
  return { set: hex(held.subarray(0, 6)), number, of, piece: held.subarray(8) };
}
export function join_codes(codes) {
  const read_codes = codes.map(read_code), { set, of } = read_codes[0];
  demand(read_codes.every((code) => code.set === set && code.of === of), 'set');
  const pieces = Array.from({ length: of }, (_, index) => read_codes.find((code) => code.number === index + 1)?.piece);
  demand(!pieces.includes(undefined), 'incomplete');
  const whole = Buffer.concat(pieces);
  demand(hex(blake2b(whole).subarray(0, 6)) === set, 'whole');
  return whole;
}

// Event
const verdicts = list(record({ material: text, verdict: one_of(0, 'fine', 'missing'), reason: text }));
const nothing = record({}), reason = record({ reason: text }), to_reason = record({ to: text, reason: text });
const payloads = {
  submitted: nothing, received: nothing, form_checked: record({ verdicts }), returned: record({ verdicts, note: text, due: optional(day) }),
  supplemented: record({ materials, note: text }), accepted: record({ direct: flag, outside_body: text, reason: text }),
  transferred: to_reason, transfer_received: nothing, not_ours: to_reason,
  decided: record({ outcome: one_of(0, 'granted', 'refused'), decision: text }), delivered: nothing, withdrawn: reason,
  originals_moved: record({ to: text, papers: text }), duplicate_found: record({ centre: text }),
};
const event_body = {
  previous: digest, seq: u32, kind: one_of(0, ...Object.keys(payloads)), centre: text, actor: text, server_time: instant,
  device_time: optional(instant), payload: ({ kind }) => payloads[kind],
};
const unlinked = format('TBEV', [1], event_body), linked = format('TBEV', [1], { ...event_body, digest });
/// Its digest is checked when it is read, and reckoned when it is written.
export const event = {
  read: (cursor) => {
    const start = cursor.at, value = linked.read(cursor);
    demand(value.digest === digest_of(cursor.octets.subarray(start, cursor.at - 32)), 'digest');
    return value;
  },
  write: (value) => {
    const before = unlinked.write(value);
    return Buffer.concat([before, blake2b(before)]);
  },
};
/// Whether these are all events of a case from its first: numbered without gaps, chained to the application.
export function check_chain(content, events) {
  events.forEach(({ seq, previous }, index) => {
    demand(seq === index, 'gap');
    demand(previous === (index === 0 ? content : events[index - 1].digest), 'chain');
  });
}

// Letter
const wishes = ['supplemented', 'withdrawn'];
const request = format('TBRQ', [1], { kind: checked(event_body.kind, (kind) => wishes.includes(kind), 'wish'), materials, text, actor: text, made_at: instant });
const events = list(framed(event)), receipts = list(blob);
const whole = { application: framed(application), access_hash: digest, events };
const bodies = {
  transfer: whole, progress: { events, receipts }, give_back: { events, receipts }, request: { request: framed(request) },
  recollection: { ...whole, receipts, taken: u32 }, enquiry: {}, claim: {},
};
const lost = checked(list(digest), (digests) => digests.length > 0, 'lost files');
export const letter = format('TBLE', [1, 2], (number) => ({
  kind: one_of(1, ...Object.keys(bodies)), from: text, to: text, submission_id: id, number: text, seq: u32, first: u32, written_at: instant,
  body: ({ kind }) => record({ ...bodies[kind], ...(number === 2 ? { lost } : {}) }),
}));

// What is signed: the key's id and the signature stand at the end
const signed = (fields) => ({ ...fields, key_id, signature });
export const receipt = format('TBRC', [1], signed({
  kind: one_of(1, 'stored', 'accepted', 'decided'), number: text, submission_id: id, item: text, catalogue_version: u32,
  content: digest, event: digest, outcome: one_of(0, 'granted', 'refused'), centre: text, at: instant,
}));
export const answer = format('TBAN', [1], signed({
  kind: one_of(1, 'taken', 'refused', 'duplicate', 'held', 'lacking', 'later'), envelope: id, digest, by: text, at: instant, code: text,
  other: text, expected: u32, lacking: list(digest), event: framed(event, { or_nothing: true }),
}));
export const proof_text = (octets) => `TBR1${octets.toString('base64url')}`;
export const read_proof_text = (characters) => (demand(characters.startsWith('TBR1'), 'code'), Buffer.from(characters.slice(4), 'base64url'));
const after = { submission_id: id, holder: text };
export const recall = format('TBRE', [2], signed({ from: text, since: instant, at: instant, after: record(after) }));
export const recall_page = format('TBRP', [1], signed({ by: text, recall: digest, later: flag, letters: list(id), more: optional(record(after)) }));
const address = { from: text, to: text };
export const envelope = format('TBEN', [1], { id, ...address, key_id, sealed: blob, signature });
const unsigned_envelope = format('TBEN', [1], { id, ...address, sealed: blob });
const parcel = format('TBPA', [1], { ...address, key_id, sealed: blob, signature });
const parcel_inside = record({ ...address, file: rest });
const entry = record({ centre: text, node: text, address: text, signing: digest, sealing: digest, valid_from: instant, valid_until: instant, successor: text });
export const directory = format('TBDI', [1], { version: u32, issued_at: instant, key_id, entries: list(entry, u32), signature });

const listed = record({ purpose: u8, holder: text, key: digest, valid_from: instant, valid_until: instant });
export const key_list = record({ magic: raw(8), version: u32, root: digest, keys: list(listed), signature });
const new_root = record({ magic: raw(8), old_root: digest, root: digest, signature_of_old: signature, signature });
const purposes = [undefined, 'catalogue', 'directory', 'centre', 'intake'];

/// Reads what ends with a signature; `key_of(value)` is the public key that the value may be signed with, or nothing.
export function read_signed(type, octets, key_of) {
  const value = read(type, octets), key = key_of(value);
  demand(key && (value.key_id === undefined || value.key_id === key_id_of(key)), 'key');
  demand(verify(key, octets.subarray(0, -64), octets.subarray(-64)), 'signature');
  return value;
}
export function write_signed(type, value, signing) {
  const before = type.write({ ...value, key_id: key_id_of(signing.public), signature: '00'.repeat(64) }).subarray(0, -64);
  return Buffer.concat([before, signing.sign(before)]);
}

export function read_key_list(octets, root) {
  const value = read_signed(key_list, octets, ({ root: named }) => (named === hex(root) ? root : undefined));
  demand(value.magic === hex(Buffer.from('TBKEYS01')), 'magic');
  demand(value.keys.every(({ purpose }) => purpose !== 0), 'range', 'purpose');
  return { version: value.version, keys: value.keys.filter(({ purpose }) => purposes[purpose]).map((key) => ({ ...key, purpose: purposes[key.purpose] })) };
}
export function write_key_list({ version, keys }, signing) {
  const numbered = keys.map((key) => ({ ...key, purpose: purposes.indexOf(key.purpose) }));
  return write_signed(key_list, { magic: hex(Buffer.from('TBKEYS01')), version, root: hex(signing.public), keys: numbered }, signing);
}
export function read_new_root(octets, old_root) {
  const value = read(new_root, octets), root = Buffer.from(value.root, 'hex');
  demand(value.magic === hex(Buffer.from('TBROOT01')) && value.old_root === hex(old_root), 'key');
  const statement = octets.subarray(0, 72);
  demand(verify(old_root, statement, octets.subarray(72, 136)) && verify(root, statement, octets.subarray(136)), 'signature');
  return root;
}
export function write_new_root(old_root, root) {
  const statement = Buffer.concat([Buffer.from('TBROOT01'), old_root.public, root.public]);
  return Buffer.concat([statement, old_root.sign(statement), root.sign(statement)]);
}

function unsealed(sealing, sealed, type) {
  const inside = open_seal(sealing, Buffer.from(sealed, 'hex'));
  demand(inside, 'sealed');
  return read(type, inside);
}
function open_both(type, inner, octets, key_of, sealing) {
  const outside = read_signed(type, octets, key_of), inside = unsealed(sealing, outside.sealed, inner);
  demand(inside.from === outside.from && inside.to === outside.to, 'address');
  return inside;
}
/// What stays the same when a letter is signed anew: its octets without key id and signature.
export const letter_digest = (value) => digest_of(unsigned_envelope.write(value));
/// The letter in an envelope, and a file in a parcel: signed by a key of `from`, sealed to the addressee.
export const open_envelope = (octets, key_of, sealing) => open_both(envelope, letter, octets, key_of, sealing);
export const open_parcel = (octets, key_of, sealing) => open_both(parcel, parcel_inside, octets, key_of, sealing);
const write_both = (type, inner) => (outside, inside, signing, addressee, random) =>
  write_signed(type, { ...outside, from: inside.from, to: inside.to, sealed: hex(seal(addressee, inner.write(inside), random)) }, signing);
export const write_envelope = write_both(envelope, letter);
export const write_parcel = write_both(parcel, parcel_inside);
