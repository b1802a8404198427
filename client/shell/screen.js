// What the page shows of the portal: one layer a region, each with a picture and its elements, and the switch between
// that and the page that was there before.
import { Twin } from './twin.js';

const names = ['', 'top', 'rail', 'main', 'beside', 'bottom', 'dialog', 'toast'];
const main_layer = 3, beside_layer = 4, dialog_layer = 6;

/// A canvas with what another one, or a bitmap, shows now.
export function copied(source) {
  const canvas = Object.assign(document.createElement('canvas'), { width: source.width, height: source.height });
  canvas.getContext('2d').drawImage(source, 0, 0);
  return canvas;
}

export class Screen {
  /// `twin_options` go to Twin; `follow()` is called when the elements are those of a new frame.
  constructor(host, twin_options, follow) {
    this.host_ = host;
    this.layers_ = new Map();
    this.twin = new Twin((number) => this.layer_(number).twin, twin_options);
    this.follow_ = follow;
  }

  get scroller() { return this.layer_(main_layer).box; }
  /// What stands beside the page, if anything does.
  get beside() {
    const box = this.layers_.get(beside_layer)?.box;
    return box?.hidden === false ? box : null;
  }

  /// What holds a dialog, while there is one; and all that lies behind it.
  get over() {
    const layer = this.layers_.get(dialog_layer);
    return layer?.box.hidden === false ? layer.twin : null;
  }
  get around() { return [...this.layers_].filter(([number]) => number !== dialog_layer).map(([, { box }]) => box); }

  layer_(number) {
    let layer = this.layers_.get(number);
    if (layer) return layer;
    const box = document.createElement('div'), canvas = document.createElement('canvas'), twin = document.createElement('div');
    box.className = `layer layer-${names[number]}`;
    canvas.setAttribute('aria-hidden', 'true');
    twin.className = 'twin';
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
    this.follow_();
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
}
