// Small arithmetic of benchmarks, and how they speak: one JSON object a line counts, the rest is talk.
export const sorted = (values) => [...values].sort((a, b) => a - b);
export const quantile = (values, q) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * q))];
export const median = (values) => quantile(values, 0.5);
export const round = (value, digits = 1) => Number(value.toFixed(digits));
export const report = (figures) => console.log(JSON.stringify(figures));
export const talk = (...words) => console.log(...words);

/// Ends as deploy/bench expects of a benchmark that can't run here.
export function not_here(why) {
  console.error(why);
  process.exit(77);
}
