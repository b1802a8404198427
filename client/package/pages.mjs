// The site's HTML: the shell for any route, and a page of its own for each route that was rendered beforehand.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);
const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim();

/// [{path, html, title}] of a folder that the tool `prerender` has filled: as its pages.json lists them, else
/// every NAME.html as the page of /NAME (home.html and index.html: of /).
export function read_prerendered(folder) {
  if (!folder || !existsSync(folder)) return [];
  const list = join(folder, 'pages.json');
  const entries = existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8'))
    : readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.html')).sort().map((file) => ({
      file, path: /^(home|index)\.html$/.test(file) ? '/' : `/${file.replace(/(\/index)?\.html$/, '')}` }));
  return entries.map(({ path, file, title }) => {
    const html = readFileSync(join(folder, file), 'utf8');
    return { path, html, title: title ?? plain(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? /<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '') };
  });
}

/// The template with its style sheet: in the page, the first paint waits for nothing else.
export function with_style(template, sheet) {
  if (/<\/style/i.test(sheet)) throw new Error('the style sheet would end too soon');
  return template.replace('/*style*/', () => sheet);
}

/// Puts a rendered page, whole document or fragment, into the shell's document.
export function page_in(template, { html, title }) {
  const content = /<body\b[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? html;
  const titled = title ? template.replace(/<title>[^<]*<\/title>/, () => `<title>${escape(title)}</title>`) : template;
  return titled.replace('<!--content-->', () => content.trim());
}

/// The template with the lines for what the first frame needs in place of its one modulepreload line.
/// The fonts aren't among them: they would take the line from the module, which must be compiled when it has come.
export function with_preloads(template, { modules, fetches }) {
  const lines = [
    ...modules.map((path) => `<link rel="modulepreload" href="${path}">`),
    ...fetches.map((path) => `<link rel="preload" as="fetch" crossorigin href="${path}">`),
  ];
  return template.replace(/^<link rel="modulepreload"[^\n]*\n/m, () => lines.map((line) => line + '\n').join(''));
}
