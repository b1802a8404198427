// The sign ○—● as a PNG, for systems that take no SVG. Drawn from the same figures as client/shell/icon.svg.
import * as zlib from 'node:zlib';

const accent = [0x0a, 0x52, 0x57], white = [0xff, 0xff, 0xff];

// How much of the sign covers a point, in a field of 64 × 64: ring, line, disc. Distances give soft edges.
function coverage(x, y, pixel) {
  const inside = (distance) => Math.min(1, Math.max(0, 0.5 - distance / pixel));
  const ring = Math.abs(Math.hypot(x - 19, y - 32) - 8.5) - 2.5;
  const disc = Math.hypot(x - 46, y - 32) - 10.5;
  const line = Math.max(Math.abs(y - 32) - 2.5, 27.5 - x, x - 40);
  return inside(Math.min(ring, disc, line));
}

function chunk(tag, data) {
  const body = Buffer.concat([Buffer.from(tag, 'latin1'), data]), out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

// node:zlib has crc32 from 22.2 on; a table serves older ones.
function crc(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; ++bit) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

/// Fills the whole square: systems cut their own shape out of it.
export function icon_png(size) {
  const rows = Buffer.alloc(size * (1 + 3 * size));
  for (let y = 0; y < size; ++y)
    for (let x = 0; x < size; ++x) {
      const part = coverage(((x + 0.5) * 64) / size, ((y + 0.5) * 64) / size, 64 / size);
      for (let c = 0; c < 3; ++c) rows[y * (1 + 3 * size) + 1 + 3 * x + c] = Math.round(accent[c] + (white[c] - accent[c]) * part);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
