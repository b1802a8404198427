// The distribution's own Firefox, driven through WebDriver BiDi: the few commands that a smoke test needs.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const executable = process.env.TONGBAN_FIREFOX ?? '/usr/bin/firefox-esr';
export const absent = () => (existsSync(executable) ? undefined : `${executable} is not installed`);

const prefs = `user_pref("intl.accept_languages", "zh-CN,zh");
user_pref("intl.locale.requested", "zh-CN");
user_pref("app.update.auto", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("remote.active-protocols", 1);
user_pref("webgl.force-enabled", true);
`;

class Firefox {
  constructor(child, profile, socket) {
    Object.assign(this, { child, profile, socket, next: 0, waiting: new Map(), faults: [] });
    socket.addEventListener('message', ({ data }) => this.told_(JSON.parse(data)));
  }

  told_(message) {
    if (message.type === 'event') {
      if (message.method === 'log.entryAdded' && message.params.level === 'error') this.faults.push(message.params.text);
      return;
    }
    const { resolve, reject } = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.type === 'success') resolve(message.result);
    else reject(new Error(`${message.error}: ${message.message}`));
  }

  send(method, params = {}) {
    const id = ++this.next;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  go(url) { return this.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' }); }

  async evaluate(expression) {
    const answer = await this.send('script.evaluate', {
      expression, target: { context: this.context }, awaitPromise: true, resultOwnership: 'none',
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return answer.result.value;
  }

  /// The first element with that role and a name that contains `name`, by the browser's own accessibility tree.
  async find(role, name, within_ms = 30_000) {
    const end = Date.now() + within_ms;
    for (;;) {
      const { nodes } = await this.send('browsingContext.locateNodes', { context: this.context, locator: { type: 'accessibility', value: { role } } });
      for (const node of nodes) {
        const { result } = await this.send('script.callFunction', {
          functionDeclaration: '(e) => (e.getAttribute("aria-label") || e.textContent || e.labels?.[0]?.textContent || e.value || "") + "|" + (e.getClientRects().length > 0)',
          arguments: [node], target: { context: this.context }, awaitPromise: false,
        });
        const [words, visible] = (result?.value ?? '').split('|');
        if (visible === 'true' && words.includes(name)) return node;
      }
      if (Date.now() > end) throw new Error(`no ${role} "${name}" in Firefox after ${within_ms} ms`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async click(node) {
    await this.send('script.callFunction', {
      functionDeclaration: '(e) => e.scrollIntoView({ block: "center" })', arguments: [node], target: { context: this.context }, awaitPromise: false,
    });
    await this.send('input.performActions', {
      context: this.context,
      actions: [{ type: 'pointer', id: 'mouse', actions: [
        { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element: node } }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] }],
    });
  }

  type(text) {
    return this.send('input.performActions', {
      context: this.context,
      actions: [{ type: 'key', id: 'keys', actions: [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]) }],
    });
  }

  async screenshot() {
    const { data } = await this.send('browsingContext.captureScreenshot', { context: this.context });
    return Buffer.from(data, 'base64');
  }

  async close() {
    await Promise.race([this.send('browser.close').catch(() => {}), new Promise((resolve) => setTimeout(resolve, 5000))]);
    if (this.child.exitCode === null) {
      this.child.kill('SIGKILL');
      await new Promise((resolve) => this.child.on('exit', resolve));
    }
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export async function open_firefox() {
  const profile = mkdtempSync(join(tmpdir(), 'tongban-firefox-'));
  writeFileSync(join(profile, 'user.js'), prefs);
  const child = spawn(executable, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: profile, MOZ_HEADLESS_WIDTH: '1366', MOZ_HEADLESS_HEIGHT: '768' } });
  const address = await new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
      const match = /WebDriver BiDi listening on (ws:\S+)/.exec(text);
      if (match) resolve(match[1]);
    });
    child.on('exit', () => reject(new Error(`Firefox ended at once: ${text.slice(-500)}`)));
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('no BiDi connection to Firefox')), { once: true });
  });
  const firefox = new Firefox(child, profile, socket);
  firefox.about = (await firefox.send('session.new', { capabilities: {} })).capabilities;
  await firefox.send('session.subscribe', { events: ['log.entryAdded'] });
  firefox.context = (await firefox.send('browsingContext.getTree')).contexts[0].context;
  return firefox;
}
