// The portal's own words, so that a test names a control as the screen does and changes with it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './chromium.mjs';

const words = JSON.parse(readFileSync(join(root, 'assets/words/zh.json'), 'utf8'));

/// say('PrepareNext', { step: '填表' }) → "下一步：填表"
export function say(name, values = {}) {
  if (!(name in words)) throw new Error(`assets/words/zh.json has no "${name}"`);
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? `{${key}}`);
}

/// The same where a value isn't known beforehand: a pattern that takes anything in its place.
export function pattern(name, values = {}) {
  const text = say(name, values).replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(text.replace(/\{\w+\}/g, '.+?'));
}
