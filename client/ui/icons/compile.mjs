// Turns assets/icons/icons.json into drawing commands: compile.mjs icons.json icon.h out.inc
//
// Output: one table of 16-bit numbers in hundredths of the 24 grid and, for HTML, the SVG fragments.
// Commands: 1 shape (fill: 0 none, 1 current, 2 surface; stroke: 0, 1) · 2 move x y · 3 line x y ·
// 4 cubic x1 y1 x2 y2 x y · 5 close · 6 circle x y r · 0 end.
import { readFileSync, writeFileSync } from 'node:fs';

const [, , jsonPath, headerPath, outPath] = process.argv;
const { icons } = JSON.parse(readFileSync(jsonPath, 'utf8'));
const header = readFileSync(headerPath, 'utf8');
const names = header.slice(header.indexOf('None,') + 5, header.indexOf('};')).split(',').map((s) => s.trim()).filter(Boolean);
const keys = Object.keys(icons);
const capital = (s) => s[0].toUpperCase() + s.slice(1);
if (names.join() !== keys.map(capital).join()) throw new Error('icon.h and icons.json name different icons');

const attribute = (element, name) => (element.match(new RegExp(`\\s${name}="([^"]*)"`)) || [])[1];
const number = (element, name) => Number(attribute(element, name) || 0);
const hundredths = (v) => Math.round(v * 100);

function arcToCubics(x1, y1, rx, ry, turn, large, sweep, x2, y2) {
  // SVG 1.1, F.6.5: from the end points to the centre; then quarter by quarter.
  if (turn) throw new Error('turned ellipses are not in the subset');
  const dx = (x1 - x2) / 2, dy = (y1 - y2) / 2;
  const grow = Math.sqrt(Math.max(1, (dx * dx) / (rx * rx) + (dy * dy) / (ry * ry)));
  rx *= grow; ry *= grow;
  const under = Math.max(0, (rx * rx * ry * ry - rx * rx * dy * dy - ry * ry * dx * dx) / (rx * rx * dy * dy + ry * ry * dx * dx));
  const k = (large === sweep ? -1 : 1) * Math.sqrt(under);
  const cx = (k * rx * dy) / ry + (x1 + x2) / 2, cy = (-k * ry * dx) / rx + (y1 + y2) / 2;
  const from = Math.atan2((y1 - cy) / ry, (x1 - cx) / rx);
  let span = Math.atan2((y2 - cy) / ry, (x2 - cx) / rx) - from;
  if (sweep && span < 0) span += 2 * Math.PI;
  if (!sweep && span > 0) span -= 2 * Math.PI;
  const parts = Math.max(1, Math.ceil(Math.abs(span) / (Math.PI / 2) - 1e-6));
  const step = span / parts, handle = (4 / 3) * Math.tan(step / 4);
  const out = [];
  for (let i = 0; i < parts; ++i) {
    const a = from + i * step, b = a + step;
    out.push([
      cx + rx * (Math.cos(a) - handle * Math.sin(a)), cy + ry * (Math.sin(a) + handle * Math.cos(a)),
      cx + rx * (Math.cos(b) + handle * Math.sin(b)), cy + ry * (Math.sin(b) - handle * Math.cos(b)),
      cx + rx * Math.cos(b), cy + ry * Math.sin(b)]);
  }
  return out;
}

function pathCommands(d) {
  const tokens = d.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)/g);
  const out = [];
  let at = 0, x = 0, y = 0, sx = 0, sy = 0, command = '';
  const next = () => Number(tokens[at++]);
  while (at < tokens.length) {
    if (/[a-zA-Z]/.test(tokens[at])) command = tokens[at++];
    const relative = command === command.toLowerCase();
    const ox = relative ? x : 0, oy = relative ? y : 0;
    switch (command.toUpperCase()) {
      case 'M': x = ox + next(); y = oy + next(); sx = x; sy = y; out.push([2, x, y]); command = relative ? 'l' : 'L'; break;
      case 'L': x = ox + next(); y = oy + next(); out.push([3, x, y]); break;
      case 'H': x = ox + next(); out.push([3, x, y]); break;
      case 'V': y = oy + next(); out.push([3, x, y]); break;
      case 'C': {
        const c = [ox + next(), oy + next(), ox + next(), oy + next(), ox + next(), oy + next()];
        [x, y] = c.slice(4);
        out.push([4, ...c]);
        break;
      }
      case 'A': {
        const [rx, ry, turn, large, sweep] = [next(), next(), next(), next(), next()];
        const ex = ox + next(), ey = oy + next();
        for (const c of arcToCubics(x, y, rx, ry, turn, large, sweep, ex, ey)) out.push([4, ...c]);
        x = ex; y = ey;
        break;
      }
      case 'Z': out.push([5]); x = sx; y = sy; break;
      default: throw new Error(`path command ${command} is not in the subset`);
    }
  }
  return out;
}

function rectCommands(element) {
  const x = number(element, 'x'), y = number(element, 'y'), w = number(element, 'width'), h = number(element, 'height'), r = number(element, 'rx');
  if (!r) return [[2, x, y], [3, x + w, y], [3, x + w, y + h], [3, x, y + h], [5]];
  const d = `M${x + r} ${y}H${x + w - r}A${r} ${r} 0 0 1 ${x + w} ${y + r}V${y + h - r}A${r} ${r} 0 0 1 ${x + w - r} ${y + h}` +
            `H${x + r}A${r} ${r} 0 0 1 ${x} ${y + h - r}V${y + r}A${r} ${r} 0 0 1 ${x + r} ${y}Z`;
  return pathCommands(d);
}

const numbers = [], starts = [];
for (const key of keys) {
  starts.push(numbers.length);
  for (const element of icons[key].match(/<[^>]+>/g)) {
    const fill = { currentColor: 1, surface: 2 }[attribute(element, 'fill')] || 0;
    numbers.push(1, fill, attribute(element, 'stroke') === 'none' ? 0 : 1);
    let commands;
    if (element.startsWith('<circle')) commands = [[6, number(element, 'cx'), number(element, 'cy'), number(element, 'r')]];
    else if (element.startsWith('<rect')) commands = rectCommands(element);
    else if (element.startsWith('<path')) commands = pathCommands(attribute(element, 'd'));
    else throw new Error(`${element} is not in the subset`);
    for (const [op, ...args] of commands) numbers.push(op, ...args.map(hundredths));
  }
  numbers.push(0);
}

const wrap = (list) => list.reduce((lines, v) => {
  if (lines[lines.length - 1].length + v.length > 110) lines.push('');
  lines[lines.length - 1] += v + ',';
  return lines;
}, ['']).join('\n    ');
writeFileSync(outPath, `// Made by client/ui/icons/compile.mjs from assets/icons/icons.json.
constexpr std::int16_t icon_numbers[] = {\n    ${wrap(numbers.map(String))}};
constexpr std::uint16_t icon_starts[] = {\n    ${wrap(starts.map(String))}};
constexpr const char* icon_svg[] = {\n${keys.map((k) => `    R"svg(${icons[k]})svg",`).join('\n')}};
`);
