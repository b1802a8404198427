// The module's second part. The first has placeholders where its functions belong (client/package/split.mjs): imports
// of 'later', each named after its slot of the table. Once the part is linked, the slots hold the functions themselves.
export class SecondPart {
  #url;
  #first = null;
  #code = null;
  #linked = false;

  constructor(url) { this.#url = url; }

  get linked() { return this.#linked; }

  /// What the first part imports. Reached only where the host didn't know that the second part is needed; then
  /// there is no other way than to hold the thread until it is here.
  get placeholders() {
    return new Proxy({}, { get: (_, slot) => (...given) => {
      this.#load_now();
      return this.#table().get(Number(slot))(...given);
    } });
  }

  /// The first part's instance is there.
  follows(first) { this.#first = first.exports; }

  /// Has the part on its way, also before the first is there.
  begin() {
    this.#code ??= WebAssembly.compileStreaming(fetch(this.#url));
    this.#code.catch(() => { this.#code = null; });
    return this.#code;
  }

  /// Whether the part is linked; false when it could not be had, and may be asked for again.
  async load() {
    try {
      if (!this.#linked) this.#link(await this.begin());
    } catch { /* the line, most of all */ }
    return this.#linked;
  }

  #load_now() {
    if (this.#linked) return;
    const request = new XMLHttpRequest();
    request.open('GET', this.#url, false);
    request.responseType = 'arraybuffer';
    request.send();
    this.#link(new WebAssembly.Module(request.response));
  }

  #link(part) {
    if (this.#linked) return;
    new WebAssembly.Instance(part, { first: this.#first });
    this.#linked = true;
  }

  #table() { return Object.values(this.#first).find((exported) => exported instanceof WebAssembly.Table); }
}
