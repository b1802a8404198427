// People behind the counter, signing in as they do.
import { open } from './portal.mjs';
import { say } from './words.mjs';

/// Signs an account of `node` in on an open staff page.
export async function sign_in(page, node, account) {
  await page.getByRole('textbox', { name: say('StaffAccount') }).fill(account);
  await page.getByLabel(say('StaffPassword')).fill(node.passwords[account]);
  await page.getByRole('button', { name: say('StaffSignInGo') }).click();
  await page.getByRole('button', { name: say('StaffSignOut') }).waitFor();
}

/// A page of the node's at which the account is signed in.
export async function staff_page(context, node, account) {
  const page = await open(context, `${node.url}/staff`);
  await sign_in(page, node, account);
  return page;
}
