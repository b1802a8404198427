// The cryptography that the format page names, from Node's own where it has it. It has neither BLAKE2b of 32 octets nor
// XSalsa20-Poly1305; these are written here after RFC 7693, RFC 8439 and Bernstein's "Extending the Salsa20 nonce",
// so that nothing is shared with the library that wrote the vectors. For tests only: none of it takes constant time.
import { createHash, createPrivateKey, createPublicKey, diffieHellman, sign as node_sign, verify as node_verify } from 'node:crypto';

// BLAKE2b
const word = (value) => BigInt.asUintN(64, value);
const rotated = (value, by) => word((value >> by) | (value << (64n - by)));
const start = ['6a09e667f3bcc908', 'bb67ae8584caa73b', '3c6ef372fe94f82b', 'a54ff53a5f1d36f1',
  '510e527fade682d1', '9b05688c2b3e6c1f', '1f83d9abfb41bd6b', '5be0cd19137e2179'].map((hex) => BigInt(`0x${hex}`));
const orders = ['0123456789abcdef', 'ea489fd61c02b753', 'b8c052fdae367194', '7931dcbe265a40f8', '905724afe1bc683d',
  '2c6a0b834d75fe19', 'c51fed4a0763928b', 'db7ec13950f4862a', '6fe9b308c2d714a5', 'a2847615fb9e3cd0'].map((line) => [...line].map((digit) => parseInt(digit, 16)));
const lanes = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];

export function blake2b(message, size = 32) {
  const state = [...start];
  state[0] ^= BigInt(0x01010000 ^ size);
  const blocks = Math.max(1, Math.ceil(message.length / 128));
  const padded = Buffer.concat([message, Buffer.alloc(blocks * 128 - message.length)]);
  for (let block = 0; block < blocks; ++block) {
    const last = block === blocks - 1;
    const work = [...state, ...start];
    work[12] ^= BigInt(last ? message.length : (block + 1) * 128);
    if (last) work[14] = word(~work[14]);
    const words = Array.from({ length: 16 }, (_, index) => padded.readBigUInt64LE(block * 128 + index * 8));
    for (let round = 0; round < 12; ++round) {
      lanes.forEach(([a, b, c, d], lane) => {
        for (const [half, by_d, by_b] of [[0, 32n, 24n], [1, 16n, 63n]]) {
          work[a] = word(work[a] + work[b] + words[orders[round % 10][2 * lane + half]]);
          work[d] = rotated(work[d] ^ work[a], by_d);
          work[c] = word(work[c] + work[d]);
          work[b] = rotated(work[b] ^ work[c], by_b);
        }
      });
    }
    state.forEach((value, index) => { state[index] = value ^ work[index] ^ work[index + 8]; });
  }
  const out = Buffer.alloc(64);
  state.forEach((value, index) => out.writeBigUInt64LE(value, index * 8));
  return out.subarray(0, size);
}

// XSalsa20-Poly1305
const quarters = [[0, 4, 8, 12], [5, 9, 13, 1], [10, 14, 2, 6], [15, 3, 7, 11], [0, 1, 2, 3], [5, 6, 7, 4], [10, 11, 8, 9], [15, 12, 13, 14]];
const left = (value, by) => (value << by) | (value >>> (32 - by));
const words_of = (octets) => Array.from({ length: octets.length / 4 }, (_, index) => octets.readUInt32LE(index * 4));
const octets_of = (words) => Buffer.from(Uint32Array.from(words).buffer);

function salsa(key, input) {
  const [k, n, c] = [words_of(key), words_of(input), words_of(Buffer.from('expand 32-byte k'))];
  const before = [c[0], ...k.slice(0, 4), c[1], ...n, c[2], ...k.slice(4), c[3]];
  const after = Int32Array.from(before);
  for (let round = 0; round < 10; ++round) {
    for (const [a, b, c, d] of quarters) {
      after[b] ^= left(after[a] + after[d], 7);
      after[c] ^= left(after[b] + after[a], 9);
      after[d] ^= left(after[c] + after[b], 13);
      after[a] ^= left(after[d] + after[c], 18);
    }
  }
  return { block: octets_of(before.map((value, index) => value + after[index])), key: octets_of([0, 5, 10, 15, 6, 7, 8, 9].map((index) => after[index])) };
}

function stream(key, nonce, size) {
  const inner = salsa(key, nonce.subarray(0, 16)).key;
  const counter = Buffer.alloc(8);
  const blocks = Array.from({ length: Math.ceil(size / 64) }, (_, block) => {
    counter.writeUInt32LE(block);
    return salsa(inner, Buffer.concat([nonce.subarray(16), counter])).block;
  });
  return Buffer.concat(blocks).subarray(0, size);
}

const integer = (octets) => BigInt(`0x${Buffer.from(octets).reverse().toString('hex')}`);

function poly1305(key, message) {
  const r = integer(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) sum = ((sum + integer([...message.subarray(at, at + 16), 1])) * r) % ((1n << 130n) - 5n);
  return Buffer.from(BigInt.asUintN(128, sum + integer(key.subarray(16))).toString(16).padStart(32, '0'), 'hex').reverse();
}

export function secret_box(key, nonce, message) {
  const pad = stream(key, nonce, 32 + message.length);
  const hidden = message.map((octet, index) => octet ^ pad[32 + index]);
  return Buffer.concat([poly1305(pad.subarray(0, 32), hidden), hidden]);
}

function open_secret_box(key, nonce, box) {
  const pad = stream(key, nonce, 32 + Math.max(0, box.length - 16));
  const hidden = box.subarray(16);
  if (!poly1305(pad.subarray(0, 32), hidden).equals(box.subarray(0, 16))) return undefined;
  return hidden.map((octet, index) => octet ^ pad[32 + index]);
}

// Ed25519, X25519
const curves = { ed25519: '2b6570', x25519: '2b656e' };
const in_der = (head, curve, tail, octets) => Buffer.concat([Buffer.from(head + curves[curve] + tail, 'hex'), octets]);
const private_key = (curve, octets) => createPrivateKey({ key: in_der('302e02010030050603', curve, '04220420', octets), format: 'der', type: 'pkcs8' });
const public_key = (curve, octets) => createPublicKey({ key: in_der('302a30050603', curve, '032100', octets), format: 'der', type: 'spki' });
const public_half = (key) => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);

export function signing_pair(seed) {
  const key = private_key('ed25519', seed);
  return { public: public_half(key), sign: (message) => node_sign(null, message, key) };
}
export const verify = (key, message, signature) => node_verify(null, message, public_key('ed25519', key), signature);

/// A pair whose secret key is the first half of the seed's SHA-512, as crypto_box_seed_keypair has it.
export const sealing_pair = (seed) => agreeing_pair(createHash('sha512').update(seed).digest().subarray(0, 32));
function agreeing_pair(secret) {
  const key = private_key('x25519', secret);
  return { public: public_half(key), agree: (other) => diffieHellman({ privateKey: key, publicKey: public_key('x25519', other) }) };
}

const key_of_box = (pair, other) => salsa(pair.agree(other), Buffer.alloc(16)).key;
const nonce_of_seal = (once, addressee) => blake2b(Buffer.concat([once, addressee]), 24);

/// crypto_box_seal with a pair for this once that comes from `seed`.
export function seal(addressee, message, seed) {
  const once = sealing_pair(seed);
  return Buffer.concat([once.public, secret_box(key_of_box(once, addressee), nonce_of_seal(once.public, addressee), message)]);
}
export function open_seal(pair, sealed) {
  const once = sealed.subarray(0, 32);
  if (sealed.length < 48) return undefined;
  return open_secret_box(key_of_box(pair, once), nonce_of_seal(once, pair.public), sealed.subarray(32));
}
