// Runs one fuzz target on its seeds for some seconds, keeps what it has learnt and what it has found (which is tried
// again the next time), and reports what it counted: in all its runs of this build and of earlier ones, as far as the
// ledger has them, since the goal is one over time.
// Usage: node run.mjs BUILD TARGET SECONDS [OPTION OF LIBFUZZER…]   (TONGBAN_FUZZ_SECONDS overrules)
//        node run.mjs BUILD --book             enters this build's executions in ledger.json, to be committed
// Each run draws and prints a seed; with TONGBAN_FUZZ_SEED it plays that one again, the same as long as the corpus is.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [build, target, seconds, ...options] = process.argv.slice(2);
const ledger_file = join(import.meta.dirname, 'ledger.json');
const ledger = JSON.parse(readFileSync(ledger_file, 'utf8'));
/// A field takes a hundred characters at most, three octets each; a set of codes some two thousand octets.
const longest = { typed: 320, carried: 2048 }[target] ?? 4096;
/// What one execution has freed fits into 1 MB: with the usual 256 every allocation misses the processor's cache. A find is played
/// again by hand, with longer stacks.
const sanitizer = 'quarantine_size_mb=1:thread_local_quarantine_size_kb=128:malloc_context_size=2';
const seed = process.env.TONGBAN_FUZZ_SEED ?? randomInt(1, 2 ** 32);
const made = (path) => (mkdirSync(path, { recursive: true }), path);
const counted = (name) => join(made(join(build, 'counted')), `${name}.json`);
const count_of = (name) => (existsSync(counted(name)) ? JSON.parse(readFileSync(counted(name), 'utf8')).executions : 0);

function book() {
  for (const name of readdirSync(join(build, 'counted')).map((file) => file.replace('.json', ''))) {
    ledger.executions[name] = (ledger.executions[name] ?? 0) + count_of(name);
    rmSync(counted(name));
  }
  writeFileSync(ledger_file, JSON.stringify(ledger, null, 2) + '\n');
  console.log(ledger.executions);
}

function fuzz() {
  const folder = (name) => made(join(build, name, target));
  const found = folder('found');
  console.log(`TONGBAN_FUZZ_SEED=${seed}`);
  const run = spawnSync(join(build, 'tests', 'fuzz', `fuzz_${target}`), [
    folder('corpus'), folder('seeds'), found, `-max_total_time=${process.env.TONGBAN_FUZZ_SECONDS ?? seconds}`, `-seed=${seed}`, `-max_len=${longest}`, '-timeout=10',
    '-rss_limit_mb=1024', '-print_final_stats=1', '-verbosity=1', `-artifact_prefix=${found}/`, ...options,
  ], { encoding: 'utf8', maxBuffer: 256 << 20, env: { ...process.env, ASAN_OPTIONS: sanitizer } });

  const executions = Number(/number_of_executed_units: *(\d+)/.exec(run.stderr)?.[1] ?? 0);
  const crashes = run.status === 0 ? 0 : 1;
  const here = count_of(target) + executions;
  writeFileSync(counted(target), JSON.stringify({ executions: here }) + '\n');
  const all = (ledger.executions[target] ?? 0) + here;
  const figures = JSON.stringify({ 'fuzz.executions': all, 'fuzz.least_executions': all, 'fuzz.crashes': crashes });
  console.log(`${executions} executions in this run; ${figures}`);
  writeFileSync(join(made(join(build, 'figures')), `fuzz_${target}.json`), figures + '\n');
  if (crashes > 0 || executions === 0) {
    console.error(run.stderr?.slice(-4000) ?? run.error);
    process.exit(1);
  }
}

if (target === '--book') book();
else fuzz();
