// The site's files and how they refer to each other. A file's final name holds a digest of its final content, so
// what it refers to is settled first; two files that refer to each other can't both be named so, and are refused.
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { imports_in, pack_javascript } from './javascript.mjs';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const types = {
  '.html': 'text/html; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.otf': 'font/otf',
  '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8',
};
export const type_of = (name) => types[extname(name)] ?? 'application/octet-stream';

export class Graph {
  constructor() {
    this.sources_ = new Map();
    this.done_ = new Map();
    this.on_the_way_ = [];
  }

  /// `make` gives the content when it is first needed: a buffer, or a text that may depend on other files' names.
  add(name, make) { this.sources_.set(name, make); }
  has(name) { return this.sources_.has(name); }
  names() { return [...this.sources_.keys()]; }

  /// {path, bytes, digest}: the file as it will be served.
  file(name) {
    const done = this.done_.get(name);
    if (done) return done;
    if (this.on_the_way_.includes(name))
      throw new Error(`files refer to each other in a circle: ${[...this.on_the_way_, name].join(' → ')}`);
    this.on_the_way_.push(name);
    const bytes = this.finished_(name, this.source(name));
    this.on_the_way_.pop();
    const digest = sha256(bytes), extension = extname(name);
    const stem = name.slice(name.lastIndexOf('/') + 1, name.length - extension.length);
    const file = { name, path: `/a/${stem}.${digest.slice(0, 10)}${extension}`, bytes, digest };
    this.done_.set(name, file);
    return file;
  }

  source(name) {
    const make = this.sources_.get(name);
    if (!make) throw new Error(`no file '${name}' to put into the site`);
    return make();
  }

  /// References of a document that is served from another folder: absolute, hashed.
  link(text) {
    return text.replace(/\b(href|src)="\.\/([^"]+)"/g, (_, attribute, name) => `${attribute}="${this.file(name).path}"`)
      .replace(/"src": "\.\/([^"]+)"/g, (_, name) => `"src": "${this.file(name).path}"`);
  }

  /// The module and all that it imports before it runs.
  closure(name, found = new Set()) {
    if (found.has(name)) return found;
    found.add(name);
    for (const specifier of imports_in(this.source(name).toString()))
      if (this.has(specifier.replace('./', ''))) this.closure(specifier.replace('./', ''), found);
    return found;
  }

  finished_(name, source) {
    // All hashed files lie in one folder.
    const beside = (target) => `./${this.file(target).path.slice('/a/'.length)}`;
    const reference = (text) => {
      const target = text.replace(/^\.\//, '');
      // A plain name is a reference where generated code names its own module.
      const meant = text.startsWith('./') ? this.has(target) : target !== name && /\.(wasm|js|mjs)$/.test(target) && this.has(target);
      return meant ? beside(target) : undefined;
    };
    switch (extname(name)) {
      case '.js':
      case '.mjs':
        return Buffer.from(pack_javascript(source.toString(), reference));
      case '.css':
        return Buffer.from(source.toString().replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n')
          .replace(/url\((["']?)\.\/([^"')]+)\1\)/g, (_, __, target) => `url(${beside(target)})`).trim() + '\n');
      default:
        return Buffer.from(source);
    }
  }
}
