// What a picture that the portal let somebody keep looks like: its size, its paper, its ink, and whether a QR code is on it.
import { readFileSync } from 'node:fs';

/// `codes`: rows of pixels that cross the two upper eyes of a QR code (dark and light as 1:1:3:1:1, twice).
export const look_at_kept = (page, path) => page.evaluate(async (octets) => {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(octets)], { type: 'image/png' }));
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const ink = canvas.getContext('2d');
  ink.drawImage(bitmap, 0, 0);
  const { data } = ink.getImageData(0, 0, bitmap.width, bitmap.height);
  const is_dark = (x, y) => data[4 * (y * bitmap.width + x)] < 96;
  const eyes_in = (y) => {
    const runs = [];
    for (let x = 0, from = 0; x <= bitmap.width; ++x) {
      if (x < bitmap.width && x > 0 && is_dark(x, y) === is_dark(x - 1, y)) continue;
      if (x > 0) runs.push({ dark: is_dark(x - 1, y), long: x - from });
      from = x;
    }
    const near = (run, long) => Math.abs(run.long - long) <= long * 0.35 + 1;
    return runs.filter((run, at) => at + 4 < runs.length && run.dark && run.long > 2
      && [1, 1, 3, 1, 1].every((times, step) => near(runs[at + step], times * run.long))).length;
  };
  let dark = 0, codes = 0;
  for (let at = 0; at < data.length; at += 4) dark += data[at] < 96 ? 1 : 0;
  for (let y = 0; y < bitmap.height; ++y) codes += eyes_in(y) >= 2 ? 1 : 0;
  return { width: bitmap.width, height: bitmap.height, corner: [...data.slice(0, 4)], dark: dark / (data.length / 4), codes };
}, [...readFileSync(path)]);
