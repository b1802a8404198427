// Which characters go into which slice. Pure: sets of code points in, slices out.

export const codes_of = (text) => new Set(Array.from(text, (character) => character.codePointAt(0)).filter(drawable));
export const text_of = (codes) => String.fromCodePoint(...[...codes].sort((a, b) => a - b));
export const union = (...sets) => new Set(sets.flatMap((set) => [...set]));
export const without = (set, ...others) => new Set([...set].filter((code) => !others.some((other) => other.has(code))));
export const within = (set, other) => new Set([...set].filter((code) => other.has(code)));

// Controls, line ends and joiners have no glyph to miss.
function drawable(code) {
  return code > 0x20 && !(code >= 0x7f && code <= 0xa0) && !(code >= 0x200b && code <= 0x200f) && code !== 0xfeff && code !== 0xad;
}

/// ASCII and the space, which every slice's first use needs.
export const ascii = () => new Set(Array.from({ length: 95 }, (_, index) => 0x20 + index));

const digits = () => new Set([0x20, ...Array.from({ length: 10 }, (_, index) => 0x30 + index)]);

/// The 3,755 characters of GB 2312-80 level 1 (rows 16 to 55): nearly all of what people write.
export function gb2312_level_1() {
  const bytes = [];
  for (let row = 0xb0; row <= 0xd7; ++row)
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); ++cell) bytes.push(row, cell);
  return codes_of(new TextDecoder('gb18030', { fatal: true }).decode(Uint8Array.from(bytes)));
}

/// Han characters: the basic block, compatibility, extension A and all later extensions.
export const is_han = (code) =>
  (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0x20000 && code <= 0x3ffff) || code === 0x3007;

/// `U+4E00-4E09,U+4E0B`: a set as CSS writes it.
export function unicode_range(codes) {
  const sorted = [...codes].sort((a, b) => a - b), parts = [];
  for (let i = 0; i < sorted.length; ) {
    let last = i;
    while (last + 1 < sorted.length && sorted[last + 1] === sorted[last] + 1) ++last;
    const hex = (code) => code.toString(16).toUpperCase();
    parts.push(last === i ? `U+${hex(sorted[i])}` : `U+${hex(sorted[i])}-${hex(sorted[last])}`);
    i = last + 1;
  }
  return parts.join(',');
}

/// The slice that a character outside `main` would be in.
export const rare_slice = (code) => `rare-${(code < 0x10000 ? code & ~0xff : code & ~0xfff).toString(16)}`;

/// Slices by name. `home-*`: the first screen; `main-*`: everything that the portal itself says, and (regular
/// only) GB 2312 level 1, since people's own words are set in regular; `rare-<hex>`: what Noto has beyond these of
/// the 256 code points from hex on (of the 4,096 from hex on above the basic plane, where Noto has few). So
/// the name of the slice that has a character follows from the character. Slices of one weight are disjoint.
export function slices({ home, home_bold = home, said, symbols, drawn_by_regular, drawn_by_bold }) {
  // Bold Latin is seldom, and comes with main.
  const first = union(ascii(), home), first_bold = union(digits(), home_bold);
  const main_regular = without(union(said, symbols, gb2312_level_1()), first);
  const main_bold = without(union(ascii(), said, symbols), first_bold);
  const result = new Map([
    ['home-regular', within(first, drawn_by_regular)],
    ['home-bold', within(first_bold, drawn_by_bold)],
    ['main-regular', within(main_regular, drawn_by_regular)],
    ['main-bold', within(main_bold, drawn_by_bold)],
  ]);
  for (const code of without(drawn_by_regular, first, main_regular)) {
    if (!is_han(code)) continue;
    const name = rare_slice(code);
    if (!result.has(name)) result.set(name, new Set());
    result.get(name).add(code);
  }
  return result;
}
