// The twin: real elements for everything on the canvas, kept up to date by the operations that the module sends
// (client/ui/twin.h). The same class shows the page without WebGL2; then elements flow and have no rectangles.

const soft_break = '\u0001';
const svg_space = 'http://www.w3.org/2000/svg';
const live_values = new Set(['value', 'checked', 'selected']);

/// "310110194703160415" → "310110 19470316 0415"
export function grouped(text, groups) {
  const parts = [];
  let at = 0;
  for (const size of groups) {
    if (at >= text.length) break;
    parts.push(text.slice(at, at + size));
    at += size;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts.join(' ');
}

export const groups_of = (element) => element.dataset?.group?.split(',').map(Number);

/// What can be reached behind `element`, then what stands before it, nearest first: the heirs of its focus.
export function heirs_of(element) {
  const all = [...(element.closest('.twin') ?? document.body).querySelectorAll('a[href],button,input,select,textarea,[tabindex]')];
  const at = all.indexOf(element);
  return [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0)).reverse()];
}
export const reachable = (element) => element.isConnected && !element.disabled && element.getClientRects().length > 0;

export class Twin {
  /// `roots`: layer number → element. `onImage(element, name)` is asked for pictures named "photo:…".
  constructor(roots, { flow = false, onImage = () => {}, composing = () => null } = {}) {
    this.roots_ = roots;
    this.flow_ = flow;
    this.on_image_ = onImage;
    this.composing_ = composing;
    this.elements_ = new Map();
    this.rects_ = new Map();
  }

  element(id) { return this.elements_.get(id); }
  id(element) { return element?.tb_id; }

  apply(operations) {
    const values = [], held = document.activeElement;
    let focus = null, heirs = [];
    for (const [kind, id, ...rest] of operations) {
      const element = this.elements_.get(id);
      if (kind === '+') focus = this.add_(id, rest, values) || focus;
      else if (!element) continue;
      else if (kind === '-') {
        if (heirs.length === 0 && held !== document.body && element.contains(held)) heirs = heirs_of(held);
        this.remove_(element);
      }
      else if (kind === 'p') this.place_(element, rest[0], rest[1]);
      else if (kind === 'a') this.change_(element, rest[0], values);
      else if (kind === 't') this.text_(element, rest[0]);
      else if (kind === 's') this.style_(element, rest[0]);
      else if (kind === 'r') this.rect_(element, rest);
    }
    // A select can only take its value when its options are there.
    for (const [element, name, value] of values) this.live_(element, name, value);
    if (!held?.isConnected) heirs.find(reachable)?.focus({ preventScroll: true });
    return focus;
  }

  /// Elements that aren't where they were meant to be, by more than a pixel. For the audit.
  strays() {
    const out = [];
    for (const [id, element] of this.elements_) {
      const rect = this.rects_.get(id), parent = element.parentElement;
      if (!rect || !element.isConnected || element.classList.contains('sr') || element.localName === 'option') continue;
      const a = element.getBoundingClientRect(), b = parent.getBoundingClientRect();
      const border = [parent.clientLeft, parent.clientTop];
      const off = [a.left - b.left - border[0] - rect[0], a.top - b.top - border[1] - rect[1], a.width - rect[2], a.height - rect[3]];
      if (off.some((v) => Math.abs(v) > 1)) out.push(`<${element.localName}> ${element.textContent.slice(0, 20)} is off by ${off.map((v) => v.toFixed(1))}`);
    }
    return out;
  }

  add_(id, [parent, after, tag, attributes, text, style, ...rect], values) {
    const old = this.elements_.get(id);
    if (old) this.remove_(old);
    const element = tag === 'svg' ? document.createElementNS(svg_space, 'svg') : document.createElement(tag);
    element.tb_id = id;
    this.elements_.set(id, element);
    for (const [name, value] of Object.entries(attributes)) this.attribute_(element, name, value, values);
    if (text) this.text_(element, text);
    if (!this.flow_) {
      if (style[0]) this.style_(element, style);
      this.rect_(element, rect);
    }
    this.place_(element, parent, after);
    return 'data-focus' in attributes ? element : null;
  }

  place_(element, parent, after) {
    const above = this.elements_.get(parent) ?? this.roots_(parent);
    const before = after ? this.elements_.get(after) : null;
    const held = document.activeElement;
    const had_focus = held && held !== document.body && element.contains(held);
    // Text of the parent itself comes first and belongs to no record.
    let next = before ? before.nextSibling : above.firstChild;
    while (!before && next && next.tb_id === undefined) next = next.nextSibling;
    above.insertBefore(element, next);
    if (had_focus && document.activeElement !== held) held.focus({ preventScroll: true });
  }

  remove_(element) {
    for (const below of element.querySelectorAll('*')) this.forget_(below);
    this.forget_(element);
    element.remove();
  }

  forget_(element) {
    if (this.elements_.get(element.tb_id) === element) {
      this.elements_.delete(element.tb_id);
      this.rects_.delete(element.tb_id);
    }
  }

  change_(element, attributes, values) {
    for (const [name, value] of Object.entries(attributes)) {
      // An option is born selected; afterwards the list's own value says which one is. The module knows that value as
      // soon as somebody has chosen, the options a frame later: they would put back a list that has gone on meanwhile.
      if (name !== 'selected') this.attribute_(element, name, value, values);
    }
  }

  attribute_(element, name, value, values) {
    if (name === 'markup') element.innerHTML = value ?? '';
    else if (live_values.has(name) && element.localName !== 'progress' && !(name === 'value' && element.localName === 'option')) values.push([element, name, value]);
    else if (name === 'src' && value?.startsWith('photo:')) this.on_image_(element, value.slice(6));
    else if (name === 'data-pad') this.padding_(element, value);
    else if (value === null) element.removeAttribute(name);
    else if (name === 'disabled' || name === 'multiple') element.toggleAttribute(name, value !== 'false');
    else element.setAttribute(name, value);
  }

  live_(element, name, value) {
    if (name === 'checked' || name === 'selected') {
      if (element[name] !== (value === 'true')) element[name] = value === 'true';
      return;
    }
    const groups = groups_of(element), shown = groups ? grouped(value ?? '', groups) : value ?? '';
    if (element.value === shown) return;
    // Text that an input method is still building is nobody's to change.
    if (this.composing_() === element) return;
    element.value = shown;
  }

  padding_(element, value) {
    const [left, right] = (value ?? '0 0').split(' ');
    element.style.paddingLeft = `${left}px`;
    element.style.paddingRight = `${right}px`;
  }

  text_(element, text) {
    if (element.localName === 'option' || this.flow_) {
      const first = element.firstChild;
      if (first?.nodeType === Node.TEXT_NODE) first.data = text;
      else element.prepend(text);
      return;
    }
    // <wbr> breaks our lines where the canvas does, and keeps the words one string for search and copy.
    const nodes = [];
    for (const piece of text.split(soft_break)) {
      if (nodes.length) nodes.push(document.createElement('wbr'));
      piece.split('\n').forEach((line, i) => {
        if (i) nodes.push(document.createElement('br'));
        nodes.push(line);
      });
    }
    for (const node of [...element.childNodes]) if (node.tb_id === undefined) node.remove();
    element.prepend(...nodes);
  }

  style_(element, [font, line, flags]) {
    const { style } = element;
    style.fontSize = `${font}px`;
    if (line) style.lineHeight = `${line}px`;
    element.classList.toggle('b', (flags & 1) !== 0);
    element.classList.toggle('center', (flags & 2) !== 0);
    element.classList.toggle('end', (flags & 4) !== 0);
    element.classList.toggle('tabular', (flags & 8) !== 0);
    element.classList.toggle('clip', (flags & 16) !== 0);
  }

  rect_(element, [x, y, w, h]) {
    if (this.flow_) return;
    const { style } = element;
    style.transform = x || y ? `translate(${x}px,${y}px)` : '';
    style.width = `${w}px`;
    style.height = `${h}px`;
    this.rects_.set(element.tb_id, [x, y, w, h]);
  }
}
