// A story told in steps over one set of pages: each step is a test of its own with a sentence for a name, and after a
// step that fails the rest are left out, since they would only fail for its sake.
import { test } from 'node:test';

/// `witness()` returns the pages of the story so far: what each showed when a step failed is told with the failure.
export function story(witness = () => []) {
  let broken = null;
  return (name, play) => test(name, async (t) => {
    if (broken) return void t.skip(`left out: "${broken}" failed`);
    try {
      await play(t);
    } catch (error) {
      broken = name;
      for (const page of witness()) {
        if (!page || page.isClosed()) continue;
        const words = await page.evaluate(() => document.body.innerText).catch(() => '(the page does not answer)');
        t.diagnostic(`${page.url()} showed: ${words.replace(/\s+/g, ' ').slice(0, 1500)}`);
      }
      throw error;
    }
  });
}
