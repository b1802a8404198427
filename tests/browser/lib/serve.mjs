// A small server for browser tests. It serves a packaged site by its manifest.json as the node would (encodings,
// ETag, immutable names, strict headers, the shell for a portal route), or plain files of a folder, or both.
//   const server = await serve({ site: 'build/site', files: { '/x.js': '/path/x.js' }, handlers: { '/api/…': (request, response) => … } });
//   server.url, server.log, server.down = true (cuts every connection), await server.close()
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.wasm': 'application/wasm', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.otf': 'font/otf',
  '.webmanifest': 'application/manifest+json',
};
export const strict_headers = {
  // The node's own policy (server/http/head.cpp).
  'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
    + "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cross-Origin-Opener-Policy': 'same-origin',
};
const not_portal = /^\/(api|exchange|catalogue|healthz|readyz|metrics)(\/|$)/;

export function load_site(folder) {
  return { folder, paths: JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) };
}

function send_entry(site, entry, request, response) {
  const policy = strict_headers['Content-Security-Policy'];
  const headers = {
    ...strict_headers, ...(entry.style && { 'Content-Security-Policy': policy.replace("style-src 'self'", `$& '${entry.style}'`) }), 'Content-Type': entry.type, ETag: entry.etag, Vary: 'Accept-Encoding',
    'Cache-Control': entry.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (request.headers['if-none-match'] === entry.etag) return void response.writeHead(304, headers).end();
  const accepted = request.headers['accept-encoding'] ?? '';
  const encoding = ['br', 'zstd', 'gzip'].find((name) => entry.encodings?.[name] && new RegExp(`\\b${name}\\b`).test(accepted));
  const file = join(site.folder, encoding ? entry.encodings[encoding] : entry.file);
  if (encoding) headers['Content-Encoding'] = encoding;
  headers['Content-Length'] = statSync(file).size;
  response.writeHead(200, headers);
  response.end(request.method === 'HEAD' ? undefined : readFileSync(file));
}

function send_file(path, response) {
  response.writeHead(200, { ...strict_headers, 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' });
  response.end(readFileSync(path));
}

export async function serve({ site, root, files = {}, handlers = {}, port = 0, host = '127.0.0.1' } = {}) {
  const state = { site: site ? load_site(site) : undefined, files, handlers, log: [], down: false };
  const sockets = new Set();
  const answer = (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    state.log.push({ method: request.method, path });
    const handler = Object.keys(state.handlers).find((prefix) => path === prefix || (prefix.endsWith('/') && path.startsWith(prefix)));
    if (handler) return state.handlers[handler](request, response);
    if (state.files[path]) return send_file(state.files[path], response);
    const entry = state.site && Object.hasOwn(state.site.paths, path) ? state.site.paths[path] : undefined;
    if (entry) return send_entry(state.site, entry, request, response);
    const file = root && join(root, normalize(path === '/' ? '/index.html' : path));
    if (file && existsSync(file) && statSync(file).isFile()) return send_file(file, response);
    if (state.site && !not_portal.test(path) && !/\.\w+$/.test(path)) return send_entry(state.site, state.site.paths['/index.html'], request, response);
    response.writeHead(404, { ...strict_headers, 'Content-Type': 'text/plain' }).end('not found');
  };
  const server = createServer((request, response) => {
    if (state.down) return void request.socket.destroy();
    try { answer(request, response); } catch (error) { response.writeHead(500).end(String(error)); }
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    if (state.down) socket.destroy();
  });
  await new Promise((resolve, reject) => server.listen(port, host, resolve).on('error', reject));
  return Object.assign(state, {
    url: `http://localhost:${server.address().port}`,
    use_site(folder) { state.site = load_site(folder); },
    cut() { state.down = true; for (const socket of sockets) socket.destroy(); },
    close: () => new Promise((resolve) => { for (const socket of sockets) socket.destroy(); server.close(resolve); }),
  });
}
