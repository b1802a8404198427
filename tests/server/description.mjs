// A node's description (server/openapi.yaml), and what of an exchange it doesn't say: a status of an operation, the type of the
// answer's body, what is in it where that is JSON; and what was asked for, where it was done.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.TONGBAN_DEPS, 'npm/'));
const { Ajv2020 } = require('ajv/dist/2020.js');
const formats = require('ajv-formats');
const yaml = require('yaml');

const methods = ['get', 'put', 'post', 'patch', 'delete', 'head'];
const is_json = (type) => type === 'application/json' || type === 'application/problem+json';
const pattern_of = (path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
/// Below these nothing but the API answers; all else is the portal's.
const is_api = (path) => /^\/(api|exchange|catalogue)\/|^\/(healthz|readyz|metrics)$/.test(path);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export class Description {
  #document;
  #ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
  #operations = [];
  #schemas = new Map();
  #seen = new Set();

  constructor(file) {
    this.#document = yaml.parse(readFileSync(file, 'utf8'));
    formats(this.#ajv);
    this.#ajv.addKeyword('components');
    for (const [path, item] of Object.entries(this.#document.paths))
      for (const method of methods)
        if (item[method]) this.#operations.push({ method, path, pattern: pattern_of(path), captures: path.split('{').length, ...item[method] });
    // As the router does: what is literal goes before what is captured.
    this.#operations.sort((a, b) => a.captures - b.captures);
  }

  /// One sentence for each fault; none: all of it is described.
  faults({ method, path, status, type, asked, answered }) {
    const operation = this.#operation(method, path);
    if (!operation && !is_api(path)) return [];
    const response = this.#response(operation, status);
    if (!response) return [`${status} is not described`];
    const faults = type === 'unread' || method === 'HEAD' ? [] : this.#body(response, type, answered, 'answer');
    if (is_json(type) && method !== 'HEAD' && operation) this.#seen.add(`${operation.method} ${operation.path} ${status}`);
    if (operation?.requestBody && status < 300) faults.push(...this.#request(operation.requestBody, asked));
    return faults;
  }

  /// The JSON answers of a success that no exchange had.
  unseen() {
    const described = this.#operations.flatMap((one) => Object.keys(one.responses).map((status) => ({ one, status })));
    return described
      .filter(({ one, status }) => status < 300 && this.#at(one.responses[status]).content?.['application/json'])
      .map(({ one, status }) => `${one.method} ${one.path} ${status}`)
      .filter((name) => !this.#seen.has(name));
  }

  #operation(method, path) {
    const here = this.#operations.filter((one) => one.pattern.test(path));
    const named = (name) => here.find((one) => one.method === name);
    return named(method.toLowerCase()) ?? (method === 'HEAD' ? named('get') : undefined);
  }

  #response(operation, status) {
    const anywhere = this.#document['x-answers-of-every-operation'];
    const elsewhere = { 404: anywhere[400], 405: anywhere[400], 429: anywhere[400] };
    return this.#at((operation?.responses ?? elsewhere)[status] ?? anywhere[status]);
  }

  #request(body, asked) {
    const json = body.content['application/json'];
    if (!json || (asked === '' && !body.required)) return [];
    return this.#body(body, 'application/json', asked, 'request');
  }

  #body({ content }, type, text, what) {
    if (type === '-') return content ? [`the ${what} has no body`] : [];
    if (!content?.[type]) return [`the ${what}'s ${type} is not described`];
    if (!is_json(type)) return [];
    const value = parsed(text);
    if (value === undefined) return [`the ${what} is no JSON`];
    const valid = this.#compiled(content[type].schema);
    if (valid(value)) return [];
    return valid.errors.map((error) => `${what} ${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
  }

  #compiled(schema) {
    if (!this.#schemas.has(schema)) this.#schemas.set(schema, this.#ajv.compile({ components: this.#document.components, ...schema }));
    return this.#schemas.get(schema);
  }

  /// What is there, or what it refers to.
  #at(node) {
    if (!node?.$ref) return node;
    return node.$ref.slice(2).split('/').reduce((inside, name) => inside[name], this.#document);
  }
}
