// The elements of all formats ("Rules for all octets"). A type reads from a cursor and writes a value; raw octets are
// hexadecimal in values, instants are milliseconds (a decimal text where a number would not be exact).
export class Fault extends Error {
  constructor(code, detail = '') {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
  }
}
export const demand = (holds, code, detail) => { if (!holds) throw new Fault(code, detail); };

export class Cursor {
  at = 0;
  constructor(octets) { this.octets = octets; }
  take(size) {
    demand(this.octets.length - this.at >= size, 'truncated');
    return this.octets.subarray(this.at, this.at += size);
  }
  rest() { return this.take(this.octets.length - this.at); }
}

export function read(type, octets) {
  const cursor = new Cursor(octets);
  const value = type.read(cursor);
  demand(cursor.at === octets.length, 'surplus');
  return value;
}

const unsigned = (size) => ({
  read: (cursor) => cursor.take(size).readUIntLE(0, size),
  write: (value) => {
    const out = Buffer.alloc(size);
    out.writeUIntLE(value, 0, size);
    return out;
  },
});
export const u8 = unsigned(1), u16 = unsigned(2), u32 = unsigned(4);

export const instant = {
  read: (cursor) => {
    const ms = cursor.take(8).readBigInt64LE();
    return Number.isSafeInteger(Number(ms)) ? Number(ms) : String(ms);
  },
  write: (value) => {
    const out = Buffer.alloc(8);
    out.writeBigInt64LE(BigInt(value));
    return out;
  },
};

const mapped = (type, after, before) => ({
  read: (cursor) => after(type.read(cursor)),
  write: (value) => type.write(before(value)),
});
const hex = (type) => mapped(type, (octets) => octets.toString('hex'), (text) => Buffer.from(text, 'hex'));
const sized = (count) => ({
  read: (cursor) => cursor.take(count.read(cursor)),
  write: (octets) => Buffer.concat([count.write(octets.length), octets]),
});
export const raw = (size) => hex({ read: (cursor) => cursor.take(size), write: (octets) => (demand(octets.length === size, 'size'), octets) });
export const rest = hex({ read: (cursor) => cursor.rest(), write: (octets) => octets });
export const blob = hex(sized(u32));

/// A blob that holds one value of `type`, and nothing else; `or_nothing`: or no octet, for null.
export const framed = (type, { or_nothing = false } = {}) => mapped(sized(u32), (octets) => (or_nothing && octets.length === 0 ? null : read(type, octets)),
  (value) => (or_nothing && value === null ? Buffer.alloc(0) : type.write(value)));

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
export const text = mapped(sized(u16), (octets) => {
  try { return utf8.decode(octets); } catch { throw new Fault('utf8'); }
}, (value) => Buffer.from(value, 'utf8'));

/// The names of the numbers from `first` on.
export const one_of = (first, ...names) => mapped(u8, (number) => {
  demand(names[number - first] !== undefined, 'range', `${number}`);
  return names[number - first];
}, (name) => first + names.indexOf(name));
export const flag = mapped(u8, (number) => (demand(number <= 1, 'range', 'flag'), number === 1), (value) => (value ? 1 : 0));

export const day = mapped(u32, (number) => {
  const digits = String(number).padStart(8, '0');
  const value = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const date = new Date(`${value}T00:00:00Z`);
  demand(number >= 10000101 && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value), 'range', 'day');
  return value;
}, (value) => Number(value.replaceAll('-', '')));

/// A flag, and what follows it only if it is 1: otherwise null.
export const optional = (type) => ({
  read: (cursor) => (flag.read(cursor) ? type.read(cursor) : null),
  write: (value) => (value === null ? flag.write(false) : Buffer.concat([flag.write(true), type.write(value)])),
});
export const list = (type, count = u16) => ({
  read: (cursor) => Array.from({ length: count.read(cursor) }, () => type.read(cursor)),
  write: (values) => Buffer.concat([count.write(values.length), ...values.map((value) => type.write(value))]),
});
export const checked = (type, holds, why) => ({ ...type, read: (cursor) => {
  const value = type.read(cursor);
  demand(holds(value), 'range', why);
  return value;
} });

/// Fields one after the other; a field whose type depends on those before it is a function of the record.
export const record = (fields) => ({
  read: (cursor) => {
    const value = {};
    for (const [name, type] of Object.entries(fields)) value[name] = (typeof type === 'function' ? type(value) : type).read(cursor);
    return value;
  },
  write: (value) => Buffer.concat(Object.entries(fields).map(([name, type]) => (typeof type === 'function' ? type(value) : type).write(value[name]))),
});

/// Magic and format number before a record; the reader refuses formats that it doesn't know with a code of its own. The
/// fields may be a function of the number.
export const format = (magic, known, fields) => {
  const record_of = (number) => record(typeof fields === 'function' ? fields(number) : fields);
  return {
    read: (cursor) => {
      demand(cursor.take(4).toString('latin1') === magic, 'magic');
      const number = u16.read(cursor);
      demand(known.includes(number), 'version', `${magic} ${number}`);
      return { format: number, ...record_of(number).read(cursor) };
    },
    write: (value) => Buffer.concat([Buffer.from(magic, 'latin1'), u16.write(value.format), record_of(value.format).write(value)]),
  };
};
