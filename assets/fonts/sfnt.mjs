// Reads which characters a face of an OpenType file or collection can draw. Only the two subtable
// formats that Noto and hb-subset write are understood (4: basic plane, 12: all planes).
import { closeSync, openSync, readSync } from 'node:fs';

class File {
  constructor(path) { this.descriptor = openSync(path, 'r'); }
  read(offset, length) {
    const bytes = Buffer.alloc(length);
    if (readSync(this.descriptor, bytes, 0, length, offset) !== length) throw new Error('the font file is cut short');
    return bytes;
  }
  close() { closeSync(this.descriptor); }
}

function table_offset(file, face, tag) {
  const start = file.read(0, 4).toString('latin1') === 'ttcf' ? file.read(12 + 4 * face, 4).readUInt32BE() : 0;
  const count = file.read(start + 4, 2).readUInt16BE();
  const directory = file.read(start + 12, count * 16);
  for (let at = 0; at < directory.length; at += 16)
    if (directory.toString('latin1', at, at + 4) === tag)
      return { offset: directory.readUInt32BE(at + 8), length: directory.readUInt32BE(at + 12) };
  throw new Error(`the font has no table '${tag}'`);
}

function add_format_4(cmap, at, found) {
  const segments = cmap.readUInt16BE(at + 6) / 2;
  const ends = at + 14, starts = ends + 2 * segments + 2, deltas = starts + 2 * segments, offsets = deltas + 2 * segments;
  for (let i = 0; i < segments; ++i) {
    const start = cmap.readUInt16BE(starts + 2 * i), end = cmap.readUInt16BE(ends + 2 * i);
    const delta = cmap.readUInt16BE(deltas + 2 * i), range = cmap.readUInt16BE(offsets + 2 * i);
    for (let code = start; code <= end && code !== 0xffff; ++code) {
      const glyph = range === 0 ? code : cmap.readUInt16BE(offsets + 2 * i + range + 2 * (code - start));
      if ((glyph !== 0 || range === 0) && ((glyph + delta) & 0xffff) !== 0) found.add(code);
    }
  }
}

function add_format_12(cmap, at, found) {
  const groups = cmap.readUInt32BE(at + 12);
  for (let i = 0; i < groups; ++i) {
    const group = at + 16 + 12 * i;
    for (let code = cmap.readUInt32BE(group); code <= cmap.readUInt32BE(group + 4); ++code) found.add(code);
  }
}

/// The code points that face `face` of the file has a glyph for.
export function coverage(path, face = 0) {
  const file = new File(path);
  try {
    const { offset, length } = table_offset(file, face, 'cmap');
    const cmap = file.read(offset, length), found = new Set();
    for (let i = 0, count = cmap.readUInt16BE(2); i < count; ++i) {
      const at = cmap.readUInt32BE(4 + 8 * i + 4), format = cmap.readUInt16BE(at);
      if (format === 4) add_format_4(cmap, at, found);
      if (format === 12) add_format_12(cmap, at, found);
    }
    return found;
  } finally {
    file.close();
  }
}
