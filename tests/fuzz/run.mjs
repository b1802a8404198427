// Runs one fuzz target on its seeds for some seconds, keeps what it has learnt and what it has found (which is tried
// again the next time), and reports what it counted: in all its runs of this build, since the goal is one over time.
// Usage: node run.mjs BUILD TARGET SECONDS   (TONGBAN_FUZZ_SECONDS overrules)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [build, target, seconds] = process.argv.slice(2);
const folder = (name) => {
  const path = join(build, name, target);
  mkdirSync(path, { recursive: true });
  return path;
};
const corpus = folder('corpus'), seeds = folder('seeds'), found = folder('found');

const run = spawnSync(join(build, 'tests', 'fuzz', `fuzz_${target}`), [
  corpus, seeds, found, `-max_total_time=${process.env.TONGBAN_FUZZ_SECONDS ?? seconds}`, '-seed=1', '-max_len=4096', '-timeout=10',
  '-rss_limit_mb=1024', '-print_final_stats=1', '-verbosity=1', `-artifact_prefix=${found}/`,
], { encoding: 'utf8', maxBuffer: 256 << 20 });

const executions = Number(/number_of_executed_units: *(\d+)/.exec(run.stderr)?.[1] ?? 0);
const crashes = run.status === 0 ? 0 : 1;
const kept = join(build, 'figures', `fuzz_${target}.json`);
const before = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8'))['fuzz.executions'] : 0;
const figures = JSON.stringify({ 'fuzz.executions': before + executions, 'fuzz.least_executions': before + executions, 'fuzz.crashes': crashes });
console.log(`${executions} executions in this run; ${figures}`);
mkdirSync(join(build, 'figures'), { recursive: true });
writeFileSync(kept, figures + '\n');
if (crashes > 0 || executions === 0) {
  console.error(run.stderr?.slice(-4000) ?? run.error);
  process.exit(1);
}
