// QR codes in a picture that somebody took at the window: by the browser's own detector where it has one, else by a
// decoder that comes only now and is not kept for use offline. Loaded with the first picture.

const longest = 2000;   // pixels: a code of 85 modules across half of it has a dozen for each

async function by_browser(bitmap) {
  const detector = globalThis.BarcodeDetector;
  if (!detector || !(await detector.getSupportedFormats()).includes('qr_code')) return null;
  return (await new detector({ formats: ['qr_code'] }).detect(bitmap)).map(({ rawValue }) => rawValue);
}

async function by_hand(bitmap) {
  const { default: decode } = await import('./qr-decode.mjs');
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  try { return [decode(context.getImageData(0, 0, canvas.width, canvas.height))]; } catch { return []; }   // it throws when it finds none
}

/// The texts of the codes in it; null when this browser can't look for any.
export async function codes_in(blob) {
  const bitmap = await createImageBitmap(blob).catch(() => null);
  if (!bitmap) return [];
  try {
    const found = await by_browser(bitmap).catch(() => null);
    return found?.length ? found : await by_hand(bitmap).catch(() => found);
  } finally {
    bitmap.close();
  }
}
