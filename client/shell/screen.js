// What the page shows of the portal: one layer a region, each with a picture and its elements, and the switch between
// that and the page that was there before.
import { Twin, heirs_of, reachable } from './twin.js';

const names = ['', 'top', 'rail', 'main', 'beside', 'bottom', 'dialog', 'toast'];
const main_layer = 3, beside_layer = 4, dialog_layer = 6;

/// A canvas with what another one, or a bitmap, shows now.
export function copied(source) {
  const canvas = Object.assign(document.createElement('canvas'), { width: source.width, height: source.height });
  canvas.getContext('2d').drawImage(source, 0, 0);
  return canvas;
}

export class Screen {
  /// `twin_options` go to Twin. `contexts`: 'bitmaprenderer', or '2d' where pictures are drawn over.
  constructor(host, twin_options) {
    this.host_ = host;
    this.layers_ = new Map();
    this.twin = new Twin((number) => this.layer_(number).twin, twin_options);
    this.dialog_open = false;
    this.returns_to_ = [];
  }

  get scroller() { return this.layer_(main_layer).box; }
  /// What stands beside the page, if anything does.
  get beside() {
    const box = this.layers_.get(beside_layer)?.box;
    return box?.hidden === false ? box : null;
  }

  layer_(number) {
    let layer = this.layers_.get(number);
    if (layer) return layer;
    const box = document.createElement('div'), canvas = document.createElement('canvas'), twin = document.createElement('div');
    box.className = `layer layer-${names[number]}`;
    canvas.setAttribute('aria-hidden', 'true');
    twin.className = 'twin';
    if (number === dialog_layer) twin.tb_backdrop = true;
    box.append(canvas, twin);
    // In the order of reading, whichever came first.
    const next = [...this.layers_.keys()].filter((n) => n > number).sort((a, b) => a - b)[0];
    this.host_.insertBefore(box, next ? this.layers_.get(next).box : null);
    layer = { box, canvas, twin, place: '' };
    this.layers_.set(number, layer);
    return layer;
  }

  /// Draws straight from another canvas (where bitmaps can't be handed over).
  draw(number, source) {
    const { canvas } = this.layer_(number);
    canvas.width = source.width;
    canvas.height = source.height;
    canvas.getContext('2d').drawImage(source, 0, 0);
  }

  show({ layers, ops, pictures }) {
    const bitmaps = new Map(pictures), seen = new Set();
    for (const [number, ...place] of layers) {
      seen.add(number);
      const layer = this.layer_(number), bitmap = bitmaps.get(number);
      this.place_(layer, place);
      if (bitmap?.close) {
        layer.canvas.width = bitmap.width;
        layer.canvas.height = bitmap.height;
        (layer.context ??= layer.canvas.getContext('bitmaprenderer')).transferFromImageBitmap(bitmap);
      }
    }
    for (const [number, { box }] of this.layers_) box.hidden = !seen.has(number);
    const focus = this.twin.apply(ops);
    this.follow_dialog_(seen.has(dialog_layer));
    if (focus) focus.focus();
  }

  place_(layer, place) {
    const key = place.slice(0, 7).join();
    if (layer.place === key) return;
    layer.place = key;
    const [x, y, w, h, content, canvas_y, canvas_h] = place;
    const { box, canvas, twin } = layer;
    Object.assign(box.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
    Object.assign(twin.style, { height: `${content}px` });
    Object.assign(canvas.style, { transform: `translateY(${canvas_y}px)`, width: `${w}px`, height: `${canvas_h}px` });
  }

  /// While a dialog is open the rest can't be reached; afterwards the focus is where it was.
  follow_dialog_(open) {
    if (open === this.dialog_open) return;
    this.dialog_open = open;
    for (const [number, { box }] of this.layers_) if (number !== dialog_layer) box.inert = open;
    for (const beside of document.querySelectorAll('body > .skip')) beside.inert = open;
    if (open) {
      this.returns_to_ = [document.activeElement, ...heirs_of(document.activeElement)];
      const dialog = this.layer_(dialog_layer).twin.querySelector('[role=dialog],[role=alertdialog]');
      (dialog?.querySelector('[data-focus],input,select,textarea') ?? dialog)?.focus({ preventScroll: true });
    } else {
      // What asked may be gone by the answer.
      this.returns_to_.find(reachable)?.focus({ preventScroll: true });
      this.returns_to_ = [];
    }
    this.onDialog?.(open);
  }

  dialog() { return this.layers_.get(dialog_layer)?.twin.querySelector('[role=dialog],[role=alertdialog]'); }
}
