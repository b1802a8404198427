// A peer in another language: reads and writes every vector with nothing but the format page, and refuses what was
// changed. Run: node --test tests/vectors/reader/reader.test.mjs
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as wire from './formats.mjs';
import { Fault, read } from './octets.mjs';
import { blake2b, open_seal, seal, sealing_pair, secret_box, signing_pair } from './primitives.mjs';

const folder = join(import.meta.dirname, '..');
const held = (name) => Buffer.from(readFileSync(join(folder, `${name}.hex`), 'utf8').trim(), 'hex');
const values = JSON.parse(readFileSync(join(folder, 'values.json'), 'utf8'));
const [a, b] = values.centres;

// Keys and random octets, as tests/vectors/README.md has them
const seed = (first) => Buffer.from([first, ...Array(31).fill(0)]);
const seed_of = (centre, use) => blake2b(Buffer.from(centre + use));
const centres = Object.fromEntries(values.centres.map((centre) => {
  return [centre, { signing: signing_pair(seed_of(centre, 's')), sealing: sealing_pair(seed_of(centre, 'x')) }];
}));
const root = signing_pair(seed(1)), next_root = signing_pair(seed(2)), city = signing_pair(seed(9)), intake = sealing_pair(seed(7));

/// SplitMix64; of each number its highest octet.
function seeded(state) {
  let at = BigInt(state);
  const next = () => {
    at = BigInt.asUintN(64, at + 0x9E3779B97F4A7C15n);
    let z = at;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94D049BB133111EBn);
    return Number((z ^ (z >> 31n)) >> 56n);
  };
  return (size) => Buffer.from(Array.from({ length: size }, next));
}

// What the vectors state, put together
const hex = (octets) => octets.toString('hex');
const photo = wire.digest_of('photo');
const application = values.application;
const content = wire.digest_of(held('application'));
const chain = Object.entries(values.payloads).map(([kind, payload], seq) => ({
  format: 1, seq, kind, centre: a, actor: seq % 2 === 0 ? 'resident' : 'window-a', server_time: values.letter.written_at + seq,
  device_time: seq === 0 ? values.letter.written_at - 5000 : null,
  payload: payload.materials ? { ...payload, materials: application.materials } : payload,
}));
let previous = content;
for (const event of chain) {
  event.previous = previous;
  previous = event.digest = hex(wire.event.write({ ...event, previous }).subarray(-32));
}
const whole = { application, access_hash: application.access_hash, events: chain };
const letter = (kind, body, format = 1) => ({ format, kind, ...values.letter, submission_id: application.submission_id, body });
const recollection = { ...whole, receipts: values.receipts, taken: values.taken };
const letters = {
  'letter-transfer': letter('transfer', whole),
  'letter-progress': letter('progress', { events: chain, receipts: values.receipts }),
  'letter-give-back': letter('give_back', { events: chain, receipts: values.receipts }),
  'letter-request': letter('request', { request: { ...values.request, materials: application.materials } }),
  'letter-recollection': letter('recollection', recollection),
  'letter-enquiry': letter('enquiry', {}),
  'letter-claim': letter('claim', {}),
  'letter-lost': letter('recollection', { ...recollection, lost: [photo] }, 2),
};

const signed = (type, name, who, more) => {
  const value = { ...values[name], ...more };
  const key_of = (read_value) => centres[read_value[who]]?.signing.public;
  return { read: (octets) => wire.read_signed(type, octets, key_of), write: () => wire.write_signed(type, value, centres[value[who]].signing), value };
};
const after = (place) => ({ submission_id: application.submission_id, ...place });
const listed_key = ({ seed: first, ...entry }) => ({ ...entry, key: hex((entry.purpose === 'intake' ? sealing_pair : signing_pair)(seed(first)).public) });
const key_list = (count) => ({ version: values['key-list'].version, keys: values['key-list'].keys.slice(0, count).map(listed_key) });
const listed = (count) => ({
  read: (octets) => wire.read_key_list(octets, root.public),
  write: () => wire.write_key_list(key_list(count), root),
  value: key_list(count),
});
const directory = {
  ...values.directory,
  entries: values.directory.entries.map((entry) => {
    const { signing, sealing } = centres[entry.centre];
    return { ...entry, signing: hex(signing.public), sealing: hex(sealing.public) };
  }),
};
const plain = (type, value) => ({ read: (octets) => read(type, octets), write: () => type.write(value), value });
const parcel = { from: a, to: b, file: hex(Buffer.from('photo')) };
const carried_value = { ...application, materials: [] };

/// What ends with a signature or is sealed: no bit of it may be changed.
const guarded = {
  receipt: signed(wire.receipt, 'receipt', 'centre', { submission_id: application.submission_id, content, event: chain[9].digest }),
  answer: signed(wire.answer, 'answer', 'by', { digest: wire.digest_of('envelope'), lacking: [photo], event: chain[7] }),
  recall: signed(wire.recall, 'recall', 'from', { after: after(values.recall.after) }),
  'recall-page': signed(wire.recall_page, 'recall-page', 'by', { recall: wire.digest_of(held('recall')), more: after(values['recall-page'].more) }),
  directory: {
    read: (octets) => wire.read_signed(wire.directory, octets, () => city.public),
    write: () => wire.write_signed(wire.directory, directory, city),
    value: directory,
  },
  envelope: {
    read: (octets) => wire.open_envelope(octets, ({ from }) => centres[from]?.signing.public, centres[b].sealing),
    write: () => {
      const random = seeded(77);
      return wire.write_envelope({ format: 1, id: hex(random(16)) }, letters['letter-request'], centres[a].signing, centres[b].sealing.public, random(32));
    },
    value: letters['letter-request'],
  },
  parcel: {
    read: (octets) => wire.open_parcel(octets, ({ from }) => centres[from]?.signing.public, centres[b].sealing),
    write: () => wire.write_parcel({ format: 1 }, parcel, centres[a].signing, centres[b].sealing.public, seeded(79)(32)),
    value: parcel,
  },
  'root-change': {
    read: (octets) => ({ root: hex(wire.read_new_root(octets, root.public)) }),
    write: () => wire.write_new_root(root, next_root),
    value: { root: hex(next_root.public) },
  },
  'key-list': listed(4),
  'key-list-before-intake': listed(3),
  carried: {
    read: (octets) => wire.open_carried(octets, intake),
    write: () => wire.write_carried(carried_value, intake.public, seeded(78)(32)),
    value: carried_value,
  },
  ...Object.fromEntries(chain.map((event, kind) => [`event-${kind}`, plain(wire.event, event)])),
};
const formats = {
  ...guarded,
  application: plain(wire.application, application),
  ...Object.fromEntries(Object.entries(letters).map(([name, value]) => [name, plain(wire.letter, value)])),
};
const codes = ['carried-code-1', 'carried-code-2'];

const without_signature = ({ key_id, signature, ...value }) => value;
const refused = (work, ...expected) => assert.throws(work, (fault) => fault instanceof Fault && (expected.length === 0 || expected.includes(fault.code)));
function* flipped(octets) {
  for (let bit = 0; bit < octets.length * 8; ++bit) {
    const other = Buffer.from(octets);
    other[bit >> 3] ^= 1 << (bit & 7);
    yield other;
  }
}

test('BLAKE2b is that of OpenSSL at every length of a block, and RFC 7693\'s at 32 octets', () => {
  for (const size of [0, 1, 63, 64, 127, 128, 129, 255, 256, 257, 1000]) {
    const message = seeded(size)(size);
    assert.equal(hex(blake2b(message, 64)), createHash('blake2b512').update(message).digest('hex'));
  }
  assert.equal(photo, application.materials[0].files[0].digest);
});

test('the box is that of the example in "Cryptography in NaCl"', () => {
  const octets = (...lines) => Buffer.from(lines.join(''), 'hex');
  const key = octets('1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389'), nonce = octets('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37');
  const message = octets(
    'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31',
    '0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864',
    '5e0705');
  const box = octets(
    'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972',
    '71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3',
    '7973f622a43d14a6599b1f654cb45a74e355a5');
  assert.equal(hex(secret_box(key, nonce, message)), hex(box));
});

test('no vector is left out', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.hex')).map((name) => name.slice(0, -4));
  assert.deepEqual(files.sort(), [...Object.keys(formats), ...codes].sort());
});

for (const [name, { read: read_one, write, value }] of Object.entries(formats)) {
  test(`${name} says what is stated of it, and writing that gives the same octets`, () => {
    assert.deepEqual(without_signature(read_one(held(name))), without_signature(value));
    assert.equal(hex(write()), hex(held(name)));
  });

  test(`${name} is refused when it ends early, goes on, or is of a format to come`, () => {
    const octets = held(name);
    for (let size = 0; size < octets.length; ++size) refused(() => read_one(octets.subarray(0, size)));
    refused(() => read_one(Buffer.concat([octets, Buffer.alloc(1)])));
    if (name.startsWith('key-list') || name === 'root-change') return;
    refused(() => read_one(Buffer.concat([octets.subarray(0, 4), Buffer.from([3, 0]), octets.subarray(6)])), 'version');
  });
}

for (const [name, { read: read_one }] of Object.entries(guarded)) {
  test(`${name} is refused when any one bit of it is another`, () => {
    for (const other of flipped(held(name))) refused(() => read_one(other));
  });
}

test('the events are one chain that begins with the application, and no bit of the application can change without breaking it', () => {
  const events = chain.map((_, kind) => read(wire.event, held(`event-${kind}`)));
  wire.check_chain(content, events);
  for (const other of flipped(held('application'))) refused(() => wire.check_chain(wire.digest_of(other), events), 'chain');
  refused(() => wire.check_chain(content, events.slice(1)), 'gap');
  refused(() => wire.check_chain(content, events.with(3, events[4])), 'gap');
  for (const name of ['letter-transfer', 'letter-recollection', 'letter-lost']) {
    const { body } = read(wire.letter, held(name));
    wire.check_chain(wire.digest_of(wire.application.write(body.application)), body.events);
  }
});

test('ids and secrets come from the seed that is named, and the access hash from the secret', () => {
  const random = seeded(42);
  assert.equal(hex(random(16)), application.submission_id);
  assert.equal(wire.access_hash(random(16)), application.access_hash);
});

test('a signature counts only for the centre that is named, and only with the key that is named', () => {
  const by_a = { 'recall-page': wire.recall_page, envelope: wire.envelope }, by_b = { receipt: wire.receipt, answer: wire.answer, recall: wire.recall };
  for (const [name, type] of Object.entries({ ...by_a, ...by_b })) {
    const other = by_a[name] ? b : a;
    refused(() => wire.read_signed(type, held(name), () => centres[other].signing.public), 'key');
    refused(() => wire.read_signed(type, held(name), () => undefined), 'key');
  }
  refused(() => wire.read_key_list(held('key-list'), city.public), 'key');
  const no_list = wire.write_signed(wire.key_list, { ...read(wire.key_list, held('key-list')), magic: hex(Buffer.from('TBROOT01')) }, root);
  refused(() => wire.read_key_list(no_list, root.public), 'magic');
});

test('an envelope opens for its addressee only, and not when its address is another than the letter\'s', () => {
  const key_of = ({ from }) => centres[from].signing.public;
  refused(() => wire.open_envelope(held('envelope'), key_of, centres[a].sealing), 'sealed');
  // A relay that signs with its own key what another centre has sealed.
  const { sealed, id } = read(wire.envelope, held('envelope'));
  const stolen = wire.write_signed(wire.envelope, { format: 1, id, from: b, to: b, sealed }, centres[b].signing);
  refused(() => wire.open_envelope(stolen, key_of, centres[b].sealing), 'address');
});

test('a letter that is signed anew keeps its letter digest', () => {
  const octets = held('envelope'), envelope = read(wire.envelope, octets);
  const anew = wire.write_signed(wire.envelope, envelope, signing_pair(centres[a].signing.public));
  assert.notEqual(wire.digest_of(anew), wire.digest_of(octets));
  assert.equal(wire.letter_digest(read(wire.envelope, anew)), wire.letter_digest(envelope));
});

test('the codes are cut and joined as stated, in any order, twice, in small letters and in full width', () => {
  const texts = codes.map((name) => held(name).toString());
  assert.deepEqual(wire.cut_into_codes(held('carried'), 300), texts);
  const wide = (text) => text.replaceAll('$', '\uffe5').replaceAll(' ', '\u3000')
    .replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
  for (const read_ones of [texts, [...texts].reverse(), [...texts, texts[0]], texts.map((text) => `${text.toLowerCase()}\r\n`), texts.map(wide)]) {
    assert.equal(hex(wire.join_codes(read_ones)), hex(held('carried')));
  }
  refused(() => wire.join_codes(texts.slice(1)), 'incomplete');
  refused(() => wire.join_codes([texts[0], wire.cut_into_codes(held('application'), 300)[1]]), 'set');
  refused(() => wire.join_codes([wire.write_code(blake2b(held('carried')).subarray(0, 6), 1, 1, Buffer.from('another'))]), 'whole');
  refused(() => wire.join_codes([texts[0].replace('TBC1', 'TBC2'), texts[1]]), 'version');
});

test('a code with one bit turned is refused, or reads the same because only its case has changed', () => {
  const [first, second] = codes.map((name) => held(name));
  for (const other of flipped(first)) {
    const text = other.toString('latin1');
    if (text.toUpperCase() === first.toString()) assert.equal(hex(wire.join_codes([text, second.toString()])), hex(held('carried')));
    else refused(() => wire.join_codes([text, second.toString()]));
  }
});

test('a receipt as a QR is its octets', () => {
  const text = wire.proof_text(held('receipt'));
  assert.match(text, /^TBR1[\w-]+$/);
  assert.equal(hex(wire.read_proof_text(text)), hex(held('receipt')));
});

test('a list that names keys of purposes to come is read without them, and one that names purpose 0 is a fault', () => {
  const list = read(wire.key_list, held('key-list'));
  const of_purpose = (purpose) => wire.write_signed(wire.key_list, { ...list, keys: [{ ...list.keys[0], purpose }] }, root);
  assert.deepEqual(wire.read_key_list(of_purpose(5), root.public).keys, []);
  refused(() => wire.read_key_list(of_purpose(0), root.public), 'range');
});

test('what has two texts is refused in the second', () => {
  const apart = (value) => wire.application.write({ ...application, ...value });
  refused(() => read(wire.application, apart({ answers: [...application.answers].reverse() })), 'range');
  refused(() => read(wire.application, apart({ answers: [application.answers[0], application.answers[0]] })), 'range');
  const empty_list = wire.letter.write({ ...letters['letter-lost'], body: { ...recollection, lost: [] } });
  refused(() => read(wire.letter, empty_list), 'range');
  const returned = held('event-3');
  for (const day of [20261131, 20260001, 9990101]) {
    const other = Buffer.from(returned);
    other.writeUInt32LE(day, other.length - 36);
    refused(() => read(wire.event, other), 'range');
  }
});

test('a number that says nothing is refused', () => {
  const received = held('event-1'), flag = received.length - 33;
  assert.equal(received[flag], 0);
  received[flag] = 2;
  refused(() => read(wire.event, received), 'range');
  refused(() => read(wire.letter, wire.letter.write(letter('request', { request: { ...letters['letter-request'].body.request, kind: 'accepted' } }))), 'range');
});

test('text that is no UTF-8 of RFC 3629 is refused, and a mark of byte order is kept', () => {
  const item = (octets) => {
    const head = held('application').subarray(0, 22), tail = held('application').subarray(26);
    return read(wire.application, Buffer.concat([head, Buffer.from([octets.length, 0]), Buffer.from(octets), tail])).item;
  };
  for (const octets of [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe4, 0xb8], [0x80]]) refused(() => item(octets), 'utf8');
  assert.equal(item([0xef, 0xbb, 0xbf, 0x31]), '\ufeff1');
});

test('a seal around nothing is 48 octets', () => {
  const sealed = seal(intake.public, Buffer.alloc(0), seed(5));
  assert.equal(sealed.length, 48);
  assert.equal(open_seal(intake, sealed)?.length, 0);
  assert.equal(open_seal(intake, sealed.subarray(1)), undefined);
});
