// A story told in steps over one set of pages: each step is a test of its own with a sentence for a name, and after a
// step that fails the rest are left out, since they would only fail for its sake.
import { test } from 'node:test';

export function story() {
  let broken = null;
  return (name, play) => test(name, async (t) => {
    if (broken) return void t.skip(`left out: "${broken}" failed`);
    try {
      await play(t);
    } catch (error) {
      broken = name;
      throw error;
    }
  });
}
