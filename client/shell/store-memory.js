// Records in memory: for a public browser, and where the browser gives no place to keep anything.

export class MemoryRecords {
  constructor() { this.spaces_ = new Map(); }

  read(space, key) { return this.spaces_.get(space)?.get(key); }

  list(space, prefix) {
    const records = [...(this.spaces_.get(space)?.values() ?? [])].filter((record) => record.key.startsWith(prefix));
    return records.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  write(space, key, version, writer, blob) {
    if (!this.spaces_.has(space)) this.spaces_.set(space, new Map());
    this.spaces_.get(space).set(key, { key, version, writer, blob });
  }

  remove(space, key) { this.spaces_.get(space)?.delete(key); }

  erase(space) {
    if (space) this.spaces_.delete(space);
    else this.spaces_.clear();
  }

  atomically(work) {
    const before = new Map([...this.spaces_].map(([space, records]) => [space, new Map(records)]));
    try {
      return work();
    } catch (error) {
      this.spaces_ = before;
      throw error;
    }
  }
}
