// JavaScript on its way into the site: comments and needless white space go, and references to other files get
// their final names. It works on the parser's tokens, so nothing else can change. The parser is acorn, which
// Debian's Emscripten brings with it (package node-acorn).
import { createRequire } from 'node:module';

const acorn = createRequire(import.meta.url)('/usr/share/nodejs/acorn');

// Two tokens that would run into one when nothing stands between them: names, and + + or - -, or / /.
const word = /[\p{ID_Continue}$\u200c\u200d#\\]/u;
const would_join = (left, right) =>
  (word.test(left) && word.test(right)) || (left === right && (left === '+' || left === '-' || left === '/')) ||
  (left === '/' && right === '*') || (/\d/.test(left) && right === '.') || (left === '<' && right === '!');

// A line break may end a statement, so one stays wherever there were some; but not after or before these.
const may_end_statement = (left, right) => !/^[;,{(\[]$/.test(left) && !/^[})\],;]$/.test(right);

/// The text of each token, with where it stands. Template strings are kept whole, as one piece.
function pieces_of(source) {
  const tokens = [];
  acorn.parse(source, { ecmaVersion: 'latest', sourceType: 'module', onToken: tokens, allowHashBang: true });
  const pieces = [];
  for (let i = 0, depth = 0, start = 0; i < tokens.length; ++i) {
    const { type, start: from, end } = tokens[i];
    if (type.label === '`') {
      // Opening and closing ticks pair up; a template inside ${…} of another nests.
      const opens = tokens[i + 1]?.type.label === 'template' && !(depth > 0 && tokens[i - 1]?.type.label === 'template');
      if (opens) { if (depth++ === 0) start = from; continue; }
      if (--depth === 0) pieces.push({ from: start, end, kind: 'template' });
      continue;
    }
    if (depth === 0 && type.label !== 'eof') pieces.push({ from, end, kind: type.label });
  }
  return pieces;
}

/// `rename(text)` gives the new text of a string literal that names another file, or undefined.
export function pack_javascript(source, rename = () => undefined) {
  const out = [];
  let last, before = '';
  for (const { from, end, kind } of pieces_of(source)) {
    let text = source.slice(from, end);
    if (kind === 'string') {
      const renamed = rename(text.slice(1, -1));
      if (renamed !== undefined) text = `'${renamed}'`;
    }
    if (last !== undefined) {
      if (source.slice(last, from).includes('\n') && may_end_statement(before, text)) out.push('\n');
      else if (would_join(before.at(-1), text[0])) out.push(' ');
    }
    out.push(text);
    before = text;
    last = end;
  }
  return out.join('') + '\n';
}

/// The modules that a module imports before it runs.
export function imports_in(source) {
  const { body } = acorn.parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  return body.filter(({ type, source: from }) => from && /^(Import|Export(Named|All))Declaration$/.test(type)).map(({ source: from }) => from.value);
}
