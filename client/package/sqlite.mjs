// SQLite's own JavaScript on its way into the site, without what the store never turns on (shell/store-sqlite.js): three
// of its file systems, and its own worker.
const begin = '\n\t\tglobalThis.sqlite3ApiBootstrap.initializers.push(function(sqlite3) {\n', end = '\n\t\t});';

/// What each part that is left out says of itself.
const unused = {
  kvvfs: 'if (sqlite3.config.disable?.vfs?.kvvfs) return;',
  opfs: 'if (sqlite3.config.disable?.vfs?.opfs && sqlite3.config.disable.vfs["opfs-vfs"]) return;',
  'opfs-vfs': 'if (!sqlite3.opfs || sqlite3.config.disable?.vfs?.opfs) return;',
  'opfs-wl': 'if (!sqlite3.opfs || sqlite3.config.disable?.vfs?.["opfs-wl"]) return;',
  worker: 'sqlite3.initWorker1API = function() {',
};

/// The text of the library, which looks for its module beside itself, by a plain name.
export function slim_sqlite(source) {
  for (const [name, mark] of Object.entries(unused)) {
    const at = source.indexOf(mark), from = source.lastIndexOf(begin, at), to = source.indexOf(end, at) + end.length;
    if (at < 0 || from < 0 || to < end.length) throw new Error(`SQLite's ${name} is not where it was: look at client/package/sqlite.mjs`);
    source = source.slice(0, from) + source.slice(to);
  }
  return source.replaceAll('"sqlite3.wasm"', '"./sqlite3.wasm"');
}
