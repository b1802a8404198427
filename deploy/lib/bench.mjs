// Gathers what the benchmarks print and lays it against the goals.
// A benchmark is a program; each line it prints that is a JSON object {"dotted.key": number, …}
// counts, the rest is its talk. One that can't run on this machine says why on standard error and
// ends with status 77.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const NOT_HERE = 77;

function runOne(program, environment) {
  const isScript = program.endsWith(".mjs");
  const command = isScript ? process.execPath : program;
  const started = Date.now();
  const run = spawnSync(command, isScript ? [program] : [], {
    encoding: "utf8", env: { ...process.env, ...environment }, maxBuffer: 64 << 20, timeout: 30 * 60_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const values = {};
  for (const line of (run.stdout ?? "").split("\n")) {
    if (!line.startsWith("{")) continue;
    try { Object.assign(values, JSON.parse(line)); } catch { /* talk, not a result */ }
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const lastWords = (run.stderr ?? "").trim().split("\n").at(-1) ?? "";
  return { name: basename(program), status: run.status, seconds, values, lastWords };
}

/// Sizes are facts of the built site: no benchmark has to run for them.
function siteSizes(buildFolder) {
  const file = join(buildFolder, "site", "sizes.json");
  if (!existsSync(file)) return {};
  const sizes = JSON.parse(readFileSync(file, "utf8"));
  return Object.fromEntries(Object.entries(sizes).filter(([key, value]) => key.includes(".") && typeof value === "number"));
}

/// How two tests' counts of one thing become one: of times the longest, of what each must have the least, else the sum.
function together(key, before, count) {
  if (before === undefined) return count;
  if (key.endsWith("_ms")) return Math.max(before, count);
  return key.includes(".least_") ? Math.min(before, count) : before + count;
}

function countsIn(folder) {
  const counts = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    for (const [key, count] of Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")))) counts[key] = together(key, counts[key], count);
  }
  return counts;
}

/// When the folder's newest count was written, and whether the program has been built anew since.
function ageOf(folder, program) {
  const at = Math.max(0, ...readdirSync(folder).map((file) => statSync(join(folder, file)).mtimeMs));
  const older = existsSync(program) && statSync(program).mtimeMs > at;
  return `${new Date(at).toISOString().slice(0, 16)}${older ? ", of an earlier build" : ""}`;
}

/// What the tests have counted when they last ran (tests/fakes/figures.h), in any build of the folder; the long runs of
/// the same tests apart, in figures/long. Runs of one test in several builds are not added up: the largest counts.
function countsOfTests(buildFolder) {
  const counts = {};
  for (const build of readdirSync(buildFolder)) {
    for (const folder of [join(buildFolder, build, "figures"), join(buildFolder, build, "figures", "long")]) {
      if (!existsSync(folder)) continue;
      console.error(`   counts of ${basename(buildFolder)}/${build}${folder.endsWith("long") ? ", long" : ""}: ${ageOf(folder, join(buildFolder, build, "tongban"))}`);
      for (const [key, count] of Object.entries(countsIn(folder))) counts[key] = Math.max(counts[key] ?? count, count);
    }
  }
  return counts;
}

function verdict(value, goal) {
  if (!goal || goal.goal === undefined) return "";
  const reached = goal.better === "more" ? value >= goal.goal : value <= goal.goal;
  if (reached) return "reached";
  if (goal.fault === undefined) return "missed";
  const fault = goal.better === "more" ? value < goal.fault : value > goal.fault;
  return fault ? "FAULT" : "missed";
}

function ratio(value, goal) {
  return goal?.goal ? (value / goal.goal).toFixed(2) : "";
}

function shown(value) {
  if (value === undefined) return "";
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function printTable(values, goals) {
  const rows = [["figure", "measured", "goal", "× goal", "", "what"]];
  const keys = [...Object.keys(goals), ...Object.keys(values).filter((key) => !(key in goals)).sort()];
  for (const key of keys) {
    const value = values[key];
    if (value === undefined) continue;
    const goal = goals[key];
    rows.push([key, shown(value), shown(goal?.goal), ratio(value, goal), verdict(value, goal), goal?.says ?? ""]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const numeric = new Set([1, 2, 3]);
  for (const row of rows) {
    console.log(row.map((cell, column) => numeric.has(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join("  ").trimEnd());
  }
  const missing = Object.keys(goals).filter((key) => !(key in values));
  if (missing.length) console.log(`\nnot measured: ${missing.join(", ")}`);
}

const [buildFolder, wantsJson, ...programs] = process.argv.slice(2);
const goals = JSON.parse(readFileSync(join(dirname(new URL(import.meta.url).pathname), "goals.json"), "utf8"));
const values = { ...siteSizes(buildFolder), ...countsOfTests(buildFolder) };
let failed = 0;
for (const program of programs) {
  const result = runOne(program, { TONGBAN_BUILD: buildFolder });
  Object.assign(values, result.values);
  if (result.status === NOT_HERE) {
    console.error(`   ${result.name}: not on this machine: ${result.lastWords}`);
  } else if (result.status !== 0) {
    failed += 1;
    console.error(`   ${result.name}: failed (status ${result.status}): ${result.lastWords}`);
  } else {
    console.error(`   ${result.name}: ${result.seconds} s`);
  }
}
if (wantsJson === "json") {
  console.log(JSON.stringify(Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2));
} else {
  printTable(values, goals);
}
process.exit(failed ? 1 : 0);
