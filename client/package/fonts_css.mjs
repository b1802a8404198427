// The font slices as style sheets. Slices of home and main name their characters exactly; a rare slice names its
// block. The face that is declared last wins, so the second sheet says rare, main, and home once more: a rare slice
// is taken only for what the others haven't.
const family = 'Noto Sans SC';

const face = (name, weight, range) =>
  `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url(./fonts/${name}.otf) format("opentype");unicode-range:${range}}\n`;

function block_of(name) {
  const first = parseInt(name.slice('rare-'.length), 16);
  return `U+${first.toString(16)}-${(first + (first < 0x10000 ? 0xff : 0xfff)).toString(16)}`.toUpperCase();
}

/// {home, more}: the text for the page's style sheet, and for the one that is loaded after the first frame.
export function font_sheets(slices) {
  const names = Object.keys(slices).sort();
  const sheet = (prefix) => names.filter((name) => name.startsWith(prefix)).map((name) =>
    face(name, slices[name].weight, prefix === 'rare-' ? block_of(name) : slices[name].range)).join('');
  return { home: sheet('home-'), more: sheet('rare-') + sheet('main-') + sheet('home-') };
}
