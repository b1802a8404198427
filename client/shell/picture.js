// What can be measured of a chosen picture without understanding it, so that who took it hears of a blurred or glaring
// one while the paper still lies before them. Loaded with the first picture.

const longest = 1024;   // letters of a page are still several pixels high
const tile = 16;
const most_octets = 10 << 20;   // casework::largest_file
const widest = 4000;
const burnt = 250, scan = 240;   // grey levels: nothing left to read; a page that is white all over is a scan, not glare

function pixels_of(bitmap) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const w = Math.max(1, Math.round(bitmap.width * scale)), h = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = typeof OffscreenCanvas === 'undefined' ? Object.assign(document.createElement('canvas'), { width: w, height: h }) : new OffscreenCanvas(w, h);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0, w, h);
  const { data } = context.getImageData(0, 0, w, h), grey = new Uint8Array(w * h);
  for (let i = 0; i < grey.length; ++i) grey[i] = (data[4 * i] * 77 + data[4 * i + 1] * 151 + data[4 * i + 2] * 28) >> 8;
  return { grey, w, h };
}

/// Of one tile: the mean square of its Laplacian, and whether light has burnt it out.
function look_at({ grey, w }, left, top) {
  let squares = 0, white = 0;
  for (let y = top; y < top + tile; ++y) {
    for (let x = left; x < left + tile; ++x) {
      const at = y * w + x, edge = 4 * grey[at] - grey[at - 1] - grey[at + 1] - grey[at - w] - grey[at + w];
      squares += edge * edge;
      if (grey[at] >= burnt) ++white;
    }
  }
  const all = tile * tile;
  return { edges: squares / all, burnt: white > all * 0.97 };
}

/// The file itself, or, where it is larger than a centre takes, the same picture with fewer pixels: letters of a page are
/// still large in it. What this browser can't open stays as it is.
export async function fitting(file) {
  const bitmap = file.size > most_octets && await createImageBitmap(file).catch(() => null);
  if (!bitmap) return file;
  const scale = Math.min(1, widest / Math.max(bitmap.width, bitmap.height));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const smaller = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  return smaller && smaller.size < file.size ? smaller : file;
}

const median = (levels) => {
  const counts = new Uint32Array(256);
  for (const level of levels) ++counts[level];
  let seen = 0, level = 0;
  while ((seen += counts[level]) * 2 < levels.length) ++level;
  return level;
};

/// {width, height} of the picture, `sharpness` of its sharpest tenth, and the ninth where most is burnt out: `glare`
/// is its share, `glareAt` its number, row by row. Empty when it is no picture that this browser can open.
export async function measure(file) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return {};
  const { width, height } = bitmap, picture = pixels_of(bitmap);
  bitmap.close();
  const edges = [], ninths = Array.from({ length: 9 }, () => ({ tiles: 0, burnt: 0 }));
  for (let top = 1; top + tile < picture.h; top += tile) {
    for (let left = 1; left + tile < picture.w; left += tile) {
      const seen = look_at(picture, left, top);
      const ninth = ninths[3 * Math.floor((3 * top) / picture.h) + Math.floor((3 * left) / picture.w)];
      edges.push(seen.edges);
      ++ninth.tiles;
      ninth.burnt += seen.burnt;
    }
  }
  if (!edges.length) return { width, height };
  edges.sort((a, b) => a - b);
  const share = ({ tiles, burnt: lost }) => (tiles ? lost / tiles : 0);
  const glares = median(picture.grey) >= scan ? ninths.map(() => 0) : ninths.map(share);
  const glare = Math.max(...glares);
  return { width, height, sharpness: edges[Math.floor(edges.length * 0.9)], glare, glareAt: glares.indexOf(glare) };
}
