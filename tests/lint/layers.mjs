// Which folder may include which: the house's load-bearing walls. Run: node tests/lint/layers.mjs [ROOT]
// A file in `shared/catalogue` may include what its longest matching row allows, and its own folder, and nothing else of ours.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const allowed = {
  'shared/base': [],
  'shared/ports': ['shared/base', 'shared/crypto'],
  'shared/crypto': ['shared/base', 'shared/ports/random.h'],
  'shared/catalogue': ['shared/base', 'shared/crypto'],
  'shared/casework': ['shared/base', 'shared/crypto', 'shared/catalogue'],
  'shared/wire': ['shared/base', 'shared/ports', 'shared/crypto', 'shared/catalogue', 'shared/casework'],
  'shared/usecases': ['shared/base', 'shared/ports', 'shared/crypto', 'shared/catalogue', 'shared/casework', 'shared/wire'],
  'assets/compiler': ['shared'],
  'assets/words': [],
  'client/ui': ['shared/base'],
  'client/app': ['shared', 'assets/words'],
  'client/views': ['shared/base', 'shared/catalogue', 'shared/casework', 'client/ui', 'client/app', 'assets/words'],
  'client/platform': ['shared', 'client/ui', 'client/app', 'client/views'],
  'client/package': ['shared', 'client/ui', 'client/app', 'client/views', 'client/platform/headless', 'assets'],
  'server/tls': ['shared'],
  'server/http': ['shared', 'server/ports', 'server/tls'],
  'server/store': ['shared', 'server/ports'],
  'server/exchange': ['shared', 'server/ports', 'server/tls'],
  'server/platform': ['shared', 'server/ports'],
  'server/ports': ['shared'],
  'server': ['shared', 'server', 'assets/compiler'],
  'tests': ['shared', 'client', 'server', 'assets', 'tests'],
};

// shared/ knows no platform: these headers would bring threads, files, clocks of the machine or a browser in.
const barred = {
  shared: /^(thread|mutex|future|condition_variable|filesystem|fstream|iostream|random|unistd\.h|sys\/.*|emscripten.*|boost\/.*|sqlite3\.h)$/,
  'client/app': /^(imgui.*|emscripten.*|thread|fstream|filesystem)$/,
  'client/views': /^(imgui.*|emscripten.*|thread|fstream|filesystem)$/,
  'client/ui': /^(emscripten.*|thread|fstream|filesystem)$/,
};

const root = process.argv[2] ?? '.';
const within = (path, folder) => path === folder || path.startsWith(folder + '/');
const row = (table, path) => Object.keys(table).filter((folder) => within(path, folder)).sort((a, b) => b.length - a.length)[0];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name === 'build') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(h|cpp|c)$/.test(entry.name)) yield path;
  }
}

const faults = [];
let files = 0;
for (const top of ['shared', 'client', 'server', 'assets', 'tests']) {
  for (const file of sources(join(root, top))) {
    ++files;
    const path = relative(root, file);
    const home = row(allowed, path);
    const walls = barred[row(barred, path)];
    readFileSync(file, 'utf8').split('\n').forEach((line, index) => {
      const own = /^\s*#\s*include\s+"((?:shared|client|server|assets|tests)\/[^"]+)"/.exec(line);
      const foreign = /^\s*#\s*include\s+<([^>]+)>/.exec(line);
      const fault = (why) => faults.push(`${path}:${index + 1}: ${why}`);
      if (own) {
        if (!home) fault('stands in a folder that tests/lint/layers.mjs does not know');
        else if (!within(own[1], home) && !allowed[home].some((folder) => within(own[1], folder)))
          fault(`${home} may not include ${own[1]}`);
      }
      if (foreign && walls?.test(foreign[1])) fault(`<${foreign[1]}> does not belong here`);
    });
  }
}

for (const fault of faults) console.error(fault);
console.log(`${files} files looked at, ${faults.length} includes across a wall`);
process.exit(faults.length ? 1 : 0);
