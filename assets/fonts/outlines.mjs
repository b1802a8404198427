// Makes a cut font smaller without anybody seeing it: outlines on half the grid, 500 units to the em instead of 1,000,
// which is 0.16 of a pixel at the largest letters of the sharpest screen; no second copy of widths, which hmtx has;
// glyphs numbered in order. What a font is for others (CFF's names and dictionaries) is written anew in its least form.
// Reads what hb-subset writes with --no-hinting and --desubroutinize, and refuses anything else.

const coarser = 2;
const halved = (value) => Math.round(value / coarser);

// ---- charstrings (Adobe Technical Note 5177)
const moves = new Map([[21, 2], [22, 1], [4, 1]]), end_char = 14;

/// Which axis (0: x, 1: y) each operand of an operator moves along.
function axes_of(operator, count) {
  const each = (pattern) => Array.from({ length: count }, (_, i) => pattern[i % pattern.length]);
  const led = (first, pattern) => (count % 4 === 1 ? [first, ...Array.from({ length: count - 1 }, (_, i) => pattern[i % 4])] : each(pattern));
  switch (operator) {
    case 22: case 6: return each([0, 1]);
    case 4: case 7: return each([1, 0]);
    case 21: case 5: case 8: case 24: case 25: return each([0, 1]);
    case 27: return led(1, [0, 0, 1, 0]);
    case 26: return led(0, [1, 0, 1, 1]);
    case 31: case 30: {
      const from_x = [0, 0, 1, 1], from_y = [1, 0, 1, 0];
      const axes = each(operator === 31 ? [...from_x, ...from_y] : [...from_y, ...from_x]);
      if (count % 4 === 1) axes[count - 1] = 1 - axes[count - 2];
      return axes;
    }
    default: throw new Error(`an outline uses the operator ${operator}`);
  }
}

function* operations(charstring) {
  let operands = [];
  for (let at = 0; at < charstring.length;) {
    const octet = charstring[at++];
    if (octet === 28) operands.push(charstring.readInt16BE((at += 2) - 2));
    else if (octet === 255) operands.push(charstring.readInt32BE((at += 4) - 4) / 65536);
    else if (octet >= 251) operands.push(-(octet - 251) * 256 - charstring[at++] - 108);
    else if (octet >= 247) operands.push((octet - 247) * 256 + charstring[at++] + 108);
    else if (octet >= 32) operands.push(octet - 139);
    else {
      yield [octet, operands];
      operands = [];
    }
  }
}

function number(value) {
  if (value >= -107 && value <= 107) return [value + 139];
  if (value >= 108 && value <= 1131) return [247 + ((value - 108) >> 8), (value - 108) & 255];
  if (value >= -1131 && value <= -108) return [251 + ((-value - 108) >> 8), (-value - 108) & 255];
  return [28, (value >> 8) & 255, value & 255];
}

/// The same outline on the coarser grid. Points are rounded where they are, not their distances, so nothing drifts.
function coarse(charstring) {
  const out = [], exact = [0, 0], rounded = [0, 0];
  for (const [operator, operands] of operations(charstring)) {
    if (operator === end_char) break;
    // A width may stand before the first move.
    const moved = moves.has(operator) ? operands.slice(-moves.get(operator)) : operands;
    axes_of(operator, moved.length).forEach((axis, i) => {
      exact[axis] += moved[i];
      const now = halved(exact[axis]);
      out.push(...number(now - rounded[axis]));
      rounded[axis] = now;
    });
    out.push(operator);
  }
  return Buffer.from([...out, end_char]);
}

// ---- CFF (Adobe Technical Note 5176)
function read_index(cff, at) {
  const count = cff.readUInt16BE(at);
  if (count === 0) return { items: [], end: at + 2 };
  const size = cff[at + 2], offset = (i) => cff.readUIntBE(at + 3 + i * size, size), base = at + 2 + (count + 1) * size;
  return { items: Array.from({ length: count }, (_, i) => cff.subarray(base + offset(i), base + offset(i + 1))), end: base + offset(count) };
}

function write_index(items) {
  if (!items.length) return Buffer.from([0, 0]);
  const total = items.reduce((sum, item) => sum + item.length, 1), size = total < 0x100 ? 1 : total < 0x10000 ? 2 : total < 0x1000000 ? 3 : 4;
  const head = Buffer.alloc(3 + (items.length + 1) * size);
  head.writeUInt16BE(items.length, 0);
  head[2] = size;
  items.reduce((offset, item, i) => {
    head.writeUIntBE(offset + item.length, 3 + (i + 1) * size, size);
    return offset + item.length;
  }, (head.writeUIntBE(1, 3, size), 1));
  return Buffer.concat([head, ...items]);
}

/// Always as long, so that offsets can be filled in afterwards.
const offset = (value) => [29, (value >> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const per_unit = [30, 0xa0, 0x02, 0xff];   // the real number .002, in nibbles
const zero = number(0);

function charstrings_of(cff) {
  const names = read_index(cff, cff[2]), dictionaries = read_index(cff, names.end);
  for (const [operator, operands] of operations_of_dictionary(dictionaries.items[0])) if (operator === 17) return read_index(cff, operands[0]).items;
  throw new Error('the font has no outlines');
}

function* operations_of_dictionary(dictionary) {
  let operands = [];
  for (let at = 0; at < dictionary.length;) {
    const octet = dictionary[at++];
    if (octet <= 21) {
      yield [octet === 12 ? 1200 + dictionary[at++] : octet, operands];
      operands = [];
    } else if (octet === 29) operands.push(dictionary.readInt32BE((at += 4) - 4));
    else if (octet === 28) operands.push(dictionary.readInt16BE((at += 2) - 2));
    else if (octet === 30) while ((dictionary[at] & 15) !== 15 && dictionary[at++] >> 4 !== 15);
    else if (octet >= 247) operands.push(octet < 251 ? (octet - 247) * 256 + dictionary[at++] + 108 : -(octet - 251) * 256 - dictionary[at++] - 108);
    else operands.push(octet - 139);
  }
}

function write_cff(outlines, em) {
  const count = outlines.length, two = (value) => [value >> 8, value & 255];
  const names = write_index([Buffer.from('NotoSansSC')]), strings = write_index([Buffer.from('Adobe'), Buffer.from('Identity')]), subroutines = write_index([]);
  const charset = Buffer.from([2, ...two(1), ...two(count - 2)]), select = Buffer.from([3, ...two(1), ...two(0), 0, ...two(count)]);
  const own = Buffer.from([...number(em), 20]), glyphs = write_index(outlines);
  const top = (at) => write_index([Buffer.from([...number(391), ...number(392), ...zero, 12, 30, ...per_unit, ...zero, ...zero, ...per_unit, ...zero, ...zero, 12, 7,
    ...offset(count), 12, 34, ...offset(at.charset), 15, ...offset(at.select), 12, 37, ...offset(at.glyphs), 17, ...offset(at.fonts), 12, 36])]);
  const fonts = (at) => write_index([Buffer.from([...offset(own.length), ...offset(at.own), 18])]);
  const nowhere = { charset: 0, select: 0, glyphs: 0, fonts: 0, own: 0 };
  const at = { charset: 4 + names.length + top(nowhere).length + strings.length + subroutines.length };
  at.select = at.charset + charset.length;
  at.fonts = at.select + select.length;
  at.own = at.fonts + fonts(nowhere).length;
  at.glyphs = at.own + own.length;
  return Buffer.concat([Buffer.from([1, 0, 4, 4]), names, top(at), strings, subroutines, charset, select, fonts(at), own, glyphs]);
}

// ---- the tables around it (OpenType)
/// Where lengths in font units stand.
const lengths = { head: [36, 38, 40, 42], hhea: [4, 6, 8, 10, 12, 14, 16], 'OS/2': [2, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 68, 70, 72, 74, 76, 86, 88] };

function read_tables(font) {
  return new Map(Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
    const at = 12 + 16 * i, from = font.readUInt32BE(at + 8);
    return [font.toString('latin1', at, at + 4), Buffer.from(font.subarray(from, from + font.readUInt32BE(at + 12)))];
  }));
}

function checksum(table) {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
}

function write_tables(tables) {
  const count = tables.size, power = Math.floor(Math.log2(count)), head = Buffer.alloc(12 + 16 * count), padded = [];
  head.write('OTTO', 0, 'latin1');
  [count, 16 << power, power, 16 * count - (16 << power)].forEach((value, i) => head.writeUInt16BE(value, 4 + 2 * i));
  let from = head.length;
  [...tables].forEach(([tag, table], i) => {
    const whole = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    head.write(tag, 12 + 16 * i, 'latin1');
    [checksum(whole), from, table.length].forEach((value, j) => head.writeUInt32BE(value, 16 + 16 * i + 4 * j));
    from += whole.length;
    padded.push(whole);
  });
  return Buffer.concat([head, ...padded]);
}

/// hmtx has a width for each glyph up to a number, and only bearings after it. Bearings are the outlines' own.
function widths(hmtx, measured, count) {
  const out = Buffer.alloc(4 * count);
  for (let glyph = 0; glyph < count; ++glyph) out.writeUInt16BE(halved(hmtx.readUInt16BE(4 * Math.min(glyph, measured - 1))), 4 * glyph);
  return out;
}

/// A font's octets, smaller.
export function on_half_the_grid(font) {
  const tables = read_tables(font), head = tables.get('head'), hhea = tables.get('hhea');
  const em = halved(head.readUInt16BE(18));
  if (em !== 500) throw new Error('the font has another grid than 1,000 units');
  const outlines = charstrings_of(tables.get('CFF ')).map(coarse);
  tables.set('CFF ', write_cff(outlines, em));
  tables.set('hmtx', widths(tables.get('hmtx'), hhea.readUInt16BE(34), outlines.length));
  hhea.writeUInt16BE(outlines.length, 34);
  head.writeUInt16BE(em, 18);
  head.writeUInt32BE(0, 8);
  for (const [tag, places] of Object.entries(lengths)) for (const at of places) if (at + 2 <= tables.get(tag).length) tables.get(tag).writeInt16BE(halved(tables.get(tag).readInt16BE(at)), at);
  const whole = write_tables(tables);
  // The checksum of the whole font stands in its head table (as 0xB1B0AFBA less the sum).
  const place = 12 + 16 * [...tables.keys()].indexOf('head');
  whole.writeUInt32BE((0xb1b0afba - checksum(whole)) >>> 0, whole.readUInt32BE(place + 8) + 8);
  return whole;
}
