// The page's own use of the font slices, so that the text of its fields and of the transparent twin is as wide as
// what the canvas draws. The home slices stand in the page's style sheet; this adds the others, each of which the
// browser loads when a character needs it. Called once more than the first slices are asked for.
import { assetUrl } from './build.js';

export function adoptFonts() {
  const address = assetUrl('fonts-more.css');
  if (!address || document.querySelector('link[data-fonts]')) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  link.dataset.fonts = '';
  document.head.append(link);
}
