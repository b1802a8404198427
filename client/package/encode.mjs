// Packs files with brotli, zstd and gzip, mostly at their slowest settings. Results are kept by content, so a build in which
// little changed packs little.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

const { constants } = zlib;
const brotli = promisify(zlib.brotliCompress), gzip = promisify(zlib.gzip);
// Not the streaming form: it doesn't know the size, and clears tables for the largest.
const zstd = zlib.zstdCompressSync
  ? (bytes) => zlib.zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 19 } })
  : async (bytes) => execFileSync('zstd', ['-19', '-q', '-c'], { input: bytes, maxBuffer: 1 << 28 });

// A window larger than the file only costs memory, and time to clear it.
const window_for = (length) => Math.min(24, Math.max(16, Math.ceil(Math.log2(length + 1)) + 1));

const encoders = {
  br: (bytes, quality) => brotli(bytes, { params: {
    [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: window_for(bytes.length), [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  zstd,
  gzip: (bytes) => gzip(bytes, { level: 9 }),
};
export const suffix = { br: '.br', zstd: '.zst', gzip: '.gz' };

/// {br, zstd, gzip} of a file's bytes; a coding that gains less than a twentieth is left out. `fast` is for what few
/// people ever load: a hundred times faster, a tenth larger.
export async function encode(bytes, digest, cache, { fast = false } = {}) {
  mkdirSync(cache, { recursive: true });
  const packed = {};
  for (const [coding, encoder] of Object.entries(encoders)) {
    const quality = fast ? 6 : 11;
    const kept = join(cache, `${digest}-${quality}${suffix[coding]}`);
    if (!existsSync(kept)) {
      writeFileSync(`${kept}.part`, await encoder(bytes, quality));
      renameSync(`${kept}.part`, kept);
    }
    const result = readFileSync(kept);
    if (result.length < bytes.length * 0.95) packed[coding] = result;
  }
  return packed;
}

/// Runs `work` over the items, a few at a time.
export async function side_by_side(items, work, width = 3) {
  const queue = [...items.entries()], results = new Array(items.length);
  const worker = async () => { for (let next; (next = queue.shift()); ) results[next[0]] = await work(next[1]); };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
