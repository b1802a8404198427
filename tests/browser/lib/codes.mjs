// Codes as a scanner sees them: read off the screen, not out of the portal.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deps } from './chromium.mjs';
import { quiet, settled } from './portal.mjs';

const decoder = pathToFileURL(join(deps, 'npm/node_modules/qr/decode.js'));

/// The pixels of a picture, by the browser's own reader of pictures.
const pixels_of = (page, png) => page.evaluate(async (octets) => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${octets}`)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { width, height, data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  let text = '';
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return { width, height, data: btoa(text) };
}, png.toString('base64'));

/// A picture of the code that `image` is the twin of.
export async function picture_of(page, image) {
  await image.scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  await quiet(page);   // what was scrolled is drawn anew
  return image.screenshot();
}

/// What the code says. A scanner looks again until it has read it.
export async function scanned(page, blank, image) {
  const { default: decode } = await import(decoder);
  for (const last = Date.now() + 5_000; ;) {
    const { width, height, data } = await pixels_of(blank, await picture_of(page, image));
    try {
      return decode({ width, height, data: new Uint8Array(Buffer.from(data, 'base64')) });
    } catch (unread) {
      if (Date.now() > last) throw unread;
    }
  }
}

/// As a hand-held scanner: a keyboard that ends with Enter. The hand that holds it takes longer to the next code than the
/// field takes to be empty again.
export async function scan_into(page, text) {
  await page.keyboard.type(text);
  await settled(page, () => page.keyboard.press('Enter'));
}

