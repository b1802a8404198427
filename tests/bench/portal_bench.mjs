// The portal's goals, measured in headless Chromium over a real node: a cold first visit and an installed start on a
// slowed browser and a slow line; search, frames, rest and heap without either. With arguments only those: starts,
// search, busy, sound, glyphs, draft_saved, rest.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, executable, flags, open_browser } from '../browser/lib/chromium.mjs';
import { missing, start_nodes } from '../browser/lib/nodes.mjs';
import { audit, axe, in_worker, installed, live, portal_context, quiet, sizes, visit } from '../browser/lib/portal.mjs';
import { filled_draft } from '../browser/lib/prepare.mjs';
import { looks, screens_of, take_look } from '../browser/lib/screens.mjs';
import { say } from '../browser/lib/words.mjs';
import { median, not_here, quantile, report, round, talk } from './lib/figures.mjs';
import { slow_down } from './lib/slow_down.mjs';
import { slow_line } from './lib/slow_line.mjs';

// A browser that has just come up loads pages of its own: not what a visit costs.
const settled_ms = 3000;
const cold_visits = 3, rest_seconds = 60, slower = 6;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// In the page, before anything else: when it painted first, and when the canvas took over.
const watch_start = () => {
  globalThis.__live = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!document.documentElement?.classList.contains('live')) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now()));
    }).observe(document, { attributes: true, subtree: true, childList: true });
  });
};
const start_times = (page) => page.evaluate(async () => ({
  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime, live: await globalThis.__live,
}));

/// A browser whose process is known, so that it can be slowed.
async function spawn_browser() {
  const profile = mkdtempSync(join(tmpdir(), 'tongban-bench-'));
  const child = spawn(executable, [...flags, '--lang=zh-CN', `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const endpoint = await new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
      const match = /DevTools listening on (\S+)/.exec(text);
      if (match) resolve(match[1]);
    });
    child.on('exit', () => reject(new Error(text.slice(-300))));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  return {
    browser, pid: child.pid,
    async close() {
      await browser.close().catch(() => {});
      child.kill('SIGKILL');
      await wait(200);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/// How long a fixed piece of arithmetic takes in a page: the browser's speed.
const speed = (page) => page.evaluate(() => {
  const begin = performance.now();
  let x = 1;
  for (let i = 0; i < 2e7; ++i) x = (x * 16807) % 2147483647;
  return performance.now() - begin + (x < 0 ? 1 : 0);
});

async function calibrate(pid, context) {
  const page = await context.newPage();
  const plain = median([await speed(page), await speed(page), await speed(page)]);
  const slow = slow_down(pid, slower);
  const slowed = median([await speed(page), await speed(page)]);
  slow.stop();
  await page.close();
  talk(`calibration: the browser is ${(slowed / plain).toFixed(1)} times slower (wanted: ${slower})`);
  report({ 'portal.calibration_slowdown': round(slowed / plain) });
}

async function starts(node) {
  const paints = [], lives = [];
  let offline;
  for (let visit_number = 0; visit_number < cold_visits; ++visit_number) {
    const { browser, pid, close } = await spawn_browser();
    const line = await slow_line(node.port);
    const context = await browser.newContext({ ...sizes['390x844'], locale: 'zh-CN' });
    await context.addInitScript(watch_start);
    if (visit_number === 0) await calibrate(pid, context);
    const page = await context.newPage(), url = `http://localhost:${line.port}/`;
    await wait(settled_ms);
    let slow = slow_down(pid, slower);
    await page.goto(url, { timeout: 120_000 });
    const { paint, live: canvas } = await start_times(page);
    slow.stop();
    paints.push(paint);
    lives.push(canvas);
    if (visit_number === 0) {
      await installed(page);
      await page.getByRole('link', { name: /188/ }).first().waitFor({ timeout: 60_000 });
      await wait(2000);
      line.cut();
      slow = slow_down(pid, slower);
      await page.goto(url, { timeout: 120_000 });
      offline = await start_times(page);
      slow.stop();
    }
    await close();
    await line.close();
  }
  report({ 'portal.fmp_ms': round(median(paints), 0), 'portal.cold_interactive_ms': round(median(lives), 0),
    'portal.offline_start_ms': round(offline.paint, 0), 'portal.offline_interactive_ms': round(offline.live, 0) });
}

/// In the portal's worker: how long each frame keeps it busy, apart from what the software GPU takes (uploading, and
/// handing the picture over), what else runs, and its memory.
const watch_worker = () => {
  const seen = (globalThis.__seen = { frames: [], gpu: [], draws: 0, timers: 0, messages: 0, memory: null });
  let gpu = 0;
  const timed = (prototype, name) => {
    const call = prototype[name];
    prototype[name] = function (...args) {
      const begin = performance.now();
      try {
        return call.apply(this, args);
      } finally {
        gpu += performance.now() - begin;
      }
    };
  };
  timed(OffscreenCanvas.prototype, 'transferToImageBitmap');
  for (const side of ['width', 'height']) {
    const { get, set } = Object.getOwnPropertyDescriptor(OffscreenCanvas.prototype, side), resizing = { set };
    timed(resizing, 'set');
    Object.defineProperty(OffscreenCanvas.prototype, side, { get, set: resizing.set });
  }
  for (const name of ['texImage2D', 'texSubImage2D', 'bufferData', 'bufferSubData', 'clear', 'drawElements']) timed(WebGL2RenderingContext.prototype, name);
  const port = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    ...port,
    set(handler) {
      port.set.call(this, (event) => {
        const draws = seen.draws, begin = performance.now();
        gpu = 0;
        ++seen.messages;
        handler(event);
        if (seen.draws === draws) return;
        seen.frames.push(performance.now() - begin - gpu);
        seen.gpu.push(gpu);
      });
    },
  });
  const draw = WebGL2RenderingContext.prototype.drawElements;
  WebGL2RenderingContext.prototype.drawElements = function (...args) {
    ++seen.draws;
    return draw.apply(this, args);
  };
  // A frame tells the page what of its time was the GPU's.
  const post = globalThis.postMessage;
  globalThis.postMessage = (data, ...rest) => {
    if (data?.effect?.t === 'frame') data.gpu_ms = gpu;
    return post.call(globalThis, data, ...rest);
  };
  const timer = globalThis.setTimeout;
  globalThis.setTimeout = (...args) => {
    ++seen.timers;
    return timer(...args);
  };
  // The second part is given what the first exports, and its memory is among it.
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(make, [part, imports]) {
      seen.memory = Object.values(imports).flatMap(Object.values).find((value) => value instanceof WebAssembly.Memory) ?? seen.memory;
      return new make(part, imports);
    },
  });
};
async function watched_page(context, url) {
  const page = await context.newPage();
  let worker;
  page.on('worker', (started) => { if (/portal-worker/.test(started.url())) worker = started; });
  await page.goto(url);
  await live(page);
  await quiet(page, 1000);
  return { page, seen: () => worker.evaluate(() => ({ ...__seen, memory: __seen.memory?.buffer.byteLength, frames: [...__seen.frames] })) };
}

/// From the key's event in the page to the frame with the results being shown there, and what of it was the GPU's.
const watch_search = () => {
  globalThis.__typed = [];
  let begun = 0;
  addEventListener('input', (event) => { begun = event.timeStamp; }, true);
  const Counted = globalThis.Worker;
  globalThis.Worker = class extends Counted {
    set onmessage(handler) {
      super.onmessage = (event) => {
        handler(event);
        if (event.data.effect?.t !== 'frame' || !begun) return;
        globalThis.__typed.push({ shown: performance.now() - begun, gpu: event.data.gpu_ms });
        begun = 0;
      };
    }
  };
};
async function search(context, url) {
  const { page } = await watched_page(context, url);
  const field = page.getByRole('searchbox').first();
  await field.focus();
  for (const words of ['jinglaoka', 'juzhuzheng', '退休手续', 'znhh', 'yibao baoxiao', '敬老咔', 'shiyedengji', '档案查询']) {
    for (const key of words) {
      await page.keyboard.insertText(key);
      await wait(120);
    }
    await field.fill('');
    await wait(200);
  }
  const times = await page.evaluate(() => __typed);
  await page.close();
  talk(`search: ${times.length} keys`);
  // Painted is what has been handed to the GPU: where software plays it, its time is the machine's and no person's.
  const painted = times.map(({ shown, gpu }) => shown - gpu), shown = times.map((time) => time.shown);
  report({ 'portal.keystroke_p50_ms': round(quantile(painted, 0.5)), 'portal.keystroke_p95_ms': round(quantile(painted, 0.95)),
    'portal.keystroke_shown_p50_ms': round(quantile(shown, 0.5)), 'portal.keystroke_shown_p95_ms': round(quantile(shown, 0.95)) });
}

const screens = ['/', '/items', '/items?q=jlk', '/item/i109', '/item/i001', '/centres', '/centre/310109010', '/cases', '/drafts', '/help', '/settings', '/staff'];

async function busy(context, url) {
  const { page, seen } = await watched_page(context, url);
  await filled_draft(page);
  const before = (await seen()).frames.length;
  for (const path of screens) await visit(page, path);
  await visit(page, '/centres');
  await page.mouse.move(195, 400);
  for (let turn = 0; turn < 12; ++turn) {
    await page.mouse.wheel(0, 900);
    await wait(120);
  }
  const { frames, gpu, memory } = await seen();
  const busiest = frames.slice(before);
  await page.close();
  if (!memory) throw new Error("the module's memory was not seen");
  report({ 'portal.frame_cpu_ms': round(quantile(busiest, 0.95)), 'portal.frame_cpu_p50_ms': round(median(busiest)),
    'portal.frame_software_gpu_p50_ms': round(median(gpu.slice(before))), 'portal.heap_bytes': memory });
}

/// Every screen at every size, as usual, in both larger types and in dark.
async function sound(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await live(page);
  const all = screens_of(await filled_draft(page)), shown = [{ size: 'SizeNormal' }, ...looks.filter(({ name }) => ['large', 'extra', 'dark'].includes(name))];
  let unnamed = 0, off = 0, violations = 0, seen = 0;
  for (const { viewport } of Object.values(sizes)) {
    await page.setViewportSize(viewport);
    for (const look of shown) {
      await take_look(page, look);
      for (const [, path] of all) {
        await visit(page, path);
        ++seen;
        for (const line of await audit(page)) {
          const apart = /is off by (.*)$/.exec(line);
          if (apart) off = Math.max(off, ...apart[1].split(',').map((value) => Math.abs(Number(value))));
          else if (/name/.test(line)) ++unnamed;
        }
        violations += (await axe(page)).length;
      }
    }
  }
  await page.close();
  talk(`sound: ${all.length} screens, ${seen} looks at them`);
  report({ 'portal.unnamed_controls': unnamed, 'portal.axe_violations': violations, 'portal.twin_max_offset_px': round(off) });
}

/// Every guide and both lists, as high as a picture can be, and names in characters that few fonts have.
async function glyphs(context, url) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1000, height: 2000 });
  await page.goto(url);
  await live(page);
  await quiet(page, 3000);   // the main slices
  const missing_here = new Set();
  const look = async () => {
    await quiet(page, 150);
    for (const line of await audit(page)) if (/no glyph/.test(line)) missing_here.add(line);
  };
  await visit(page, '/items');
  const guides = await page.getByRole('main').getByRole('listitem').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const path of ['/items', '/centres', '/help', ...guides]) {
    await visit(page, path);
    await look();
  }
  await visit(page, `${guides[0]}/prepare/form`);
  await page.getByRole('textbox', { name: say('FieldName') }).fill('㛃𬱖𬍛𠅤');
  await visit(page, '/drafts');
  await quiet(page, 2000);   // their slices
  await look();
  await page.close();
  talk(`glyphs: ${guides.length} guides${missing_here.size ? `; ${[...missing_here].join(', ')}` : ''}`);
  report({ 'portal.missing_glyphs': missing_here.size });
}

/// In the page: from a key's event to the store's answer that the draft is on the disk.
const watch_store = () => {
  globalThis.__saved = [];
  let typed = 0;
  addEventListener('input', (event) => { typed = event.timeStamp; }, true);
  const Watched = globalThis.Worker;
  globalThis.Worker = class extends Watched {
    constructor(...args) {
      super(...args);
      if (args[1]?.name !== 'store') return;
      this.puts = new Set();
      this.addEventListener('message', ({ data }) => {
        if (!this.puts.delete(data.id) || !data.reply.ok || !typed) return;
        globalThis.__saved.push(performance.now() - typed);
        typed = 0;
      });
    }
    postMessage(data, ...rest) {
      if (data.request?.op === 'put' && data.request.space === 'draft') this.puts?.add(data.id);
      super.postMessage(data, ...rest);
    }
  };
};
async function draft_saved(context, url) {
  const { page } = await watched_page(context, url);
  await filled_draft(page);
  await page.goBack();
  const field = page.getByRole('textbox', { name: say('FieldAddress') });
  await field.press('End');
  await wait(2000);
  await page.evaluate(() => { __saved.length = 0; });
  for (let turn = 1; turn <= 5; ++turn) {
    await page.keyboard.insertText(String(turn));
    await page.waitForFunction((turns) => __saved.length === turns, turn);
  }
  const times = await page.evaluate(() => __saved);
  await page.close();
  report({ 'portal.draft_saved_ms': round(Math.max(...times), 0) });
}

async function rest(context, url) {
  const { page, seen } = await watched_page(context, url);
  await visit(page, '/item/i109');
  await quiet(page, 4000);
  const page_counts = () => page.evaluate(() => ({ ...__counts }));
  const before = { ...(await page_counts()), worker: await seen() };
  await wait(rest_seconds * 1000);
  const after = { ...(await page_counts()), worker: await seen() };
  const grown = (of) => of(after) - of(before);
  await page.close();
  const total = grown((c) => c.messages) + grown((c) => c.timers) + grown((c) => c.animation)
    + grown((c) => c.worker.draws) + grown((c) => c.worker.timers) + grown((c) => c.worker.messages);
  report({ 'portal.rest_frames_60s': total });
}

if (missing()) not_here(missing());
const chosen = process.argv.slice(2), wanted = ({ name }) => !chosen.length || chosen.includes(name);
const town = await start_nodes();
const [node] = town.nodes;
try {
  if (wanted(starts)) await starts(node);
  const browser = await open_browser();
  const context = await portal_context(browser, '390x844', { serviceWorkers: 'block' });
  await context.addInitScript(watch_search);
  await context.addInitScript(watch_store);
  await in_worker(context, `(${watch_worker})();`);
  for (const measure of [search, busy, sound, glyphs, draft_saved, rest].filter(wanted)) {
    try {
      await measure(context, node.url);
    } catch (error) {
      console.error(`${measure.name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
  await browser.close();
} finally {
  await town.stop();
}
process.exit();
