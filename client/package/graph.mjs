// The site's files and how they refer to each other. A file's final name holds a digest of its final content, so
// what it refers to is settled first; two files that refer to each other can't both be named so, and are refused.
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { bundle, imported_by, loaded_by } from './javascript.mjs';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const types = {
  '.html': 'text/html; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.otf': 'font/otf',
  '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8',
};
export const type_of = (name) => types[extname(name)] ?? 'application/octet-stream';

const is_module = (name) => /\.m?js$/.test(name);

const small_css = (text, address) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n')
  .replace(/url\((["']?)\.\/([^"')]+)\1\)/g, (_, __, target) => `url(${address(target)})`).trim() + '\n';

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
  /// The names of the files that the site will have: a module that is only imported is part of others.
  files() {
    const modules = this.names().filter(is_module);
    const loaded = new Set(['main.js', ...modules.flatMap((name) => loaded_by(this.source(name).toString()))]);
    return this.names().filter((name) => !is_module(name) || loaded.has(name));
  }

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

  /// A style sheet for a document, small, with its references as in link().
  sheet(text) { return small_css(text, (name) => this.file(name).path); }

  /// The sources of the module and of all that it imports, by name.
  closure(name, found = {}) {
    found[name] = this.source(name).toString();
    for (const part of imported_by(found[name])) if (!(part in found)) this.closure(part, found);
    return found;
  }

  finished_(name, source) {
    // All hashed files lie in one folder.
    const beside = (target) => `./${this.file(target).path.slice('/a/'.length)}`;
    switch (extname(name)) {
      case '.js':
      case '.mjs':
        return Buffer.from(bundle(name, this.closure(name))
          .replace(/(["'`])\.\/([^"'`\s]+)\1/g, (text, quote, target) => (this.has(target) ? quote + beside(target) + quote : text)));
      case '.css':
        return Buffer.from(small_css(source.toString(), beside));
      default:
        return Buffer.from(source);
    }
  }
}
