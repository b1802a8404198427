// A browser as slow as a phone: every process of it is stopped for five sixths of the time. DevTools' own throttling
// doesn't reach workers, and a quota of the system would need rights that a test has not.
import { readdirSync, readFileSync } from 'node:fs';

function parents() {
  const of = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      of.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch { /* it has just ended */ }
  }
  return of;
}

function family(pid) {
  const of = parents(), found = new Set([pid]);
  for (let grew = true; grew;) {
    grew = false;
    for (const [child, parent] of of) if (found.has(parent) && !found.has(child)) grew = !!found.add(child);
  }
  return [...found];
}

/// Slows the process `pid` and all below it by `factor`, until stop() is called.
export function slow_down(pid, factor = 6, slice_ms = 4) {
  let processes = family(pid), running = true, stopped = false, timer, ticks = 0;
  const signal = (name) => { for (const one of processes) { try { process.kill(one, name); } catch { /* ended */ } } };
  const turn = () => {
    if (!running) return;
    if (stopped && ++ticks % 8 === 0) processes = family(pid);
    stopped = !stopped;
    signal(stopped ? 'SIGSTOP' : 'SIGCONT');
    timer = setTimeout(turn, stopped ? slice_ms * (factor - 1) : slice_ms);
  };
  turn();
  return { stop() { running = false; clearTimeout(timer); signal('SIGCONT'); } };
}
