// What people do to the twin's elements, as messages for the module. One set of listeners for the whole page.
import { grouped, groups_of } from './twin.js';

const control = 'a,button,label,input,select,textarea';
const android = /Android/.test(navigator.userAgent);
const is_text = (element) => element?.matches?.('textarea,input:not([type=checkbox],[type=radio],[type=file])');

/// The field of the form that stands behind `field`; nothing behind the last.
function next_field(form, field) {
  const fields = [...form.elements].filter((one) => one.matches('input,select,textarea') && !one.disabled && one.type !== 'file');
  return fields[fields.indexOf(field) + 1];
}

/// `send(message, blob)`, `follow(path)` for links of our own, `id(element)`. Returns who is composing right now.
export function listen(root, { send, follow, id }) {
  let composing = null, hovered = 0, pressed = 0;
  const act = (element, kind, more) => { if (id(element)) send({ t: 'act', id: id(element), kind, ...more }); };
  const control_at = (event) => event.target.closest?.(control);

  function tell_value(element) {
    const groups = groups_of(element);
    if (!groups) return act(element, 'input', { value: element.value });
    // The caret stays behind the same digit while spaces come and go.
    const clean = (text) => text.replace(/[^0-9xX]/g, '').toUpperCase();
    const before = clean(element.value.slice(0, element.selectionStart)).length;
    const most = groups.reduce((a, b) => a + b), value = clean(element.value).slice(0, most);
    const shown = grouped(value, groups);
    if (shown !== element.value) {
      element.value = shown;
      let caret = 0;
      for (let digits = 0; digits < before && caret < shown.length; ++caret) if (shown[caret] !== ' ') ++digits;
      element.setSelectionRange(caret, caret);
    }
    act(element, 'input', { value });
  }

  const on = (type, listener, options) => root.addEventListener(type, listener, options);
  on('compositionstart', ({ target }) => { composing = target; });
  on('compositionend', ({ target }) => {
    composing = null;
    tell_value(target);
  });
  on('input', (event) => {
    if (is_text(event.target) && !event.isComposing && composing !== event.target) tell_value(event.target);
  });
  on('change', ({ target }) => {
    if (target.type === 'file') tell_files(target);
    else if (target.type === 'checkbox' || target.type === 'radio') act(target, 'change', { checked: target.checked });
    else if (target.localName === 'select') act(target, 'change', { value: target.value });
  });
  async function tell_files(input) {
    const files = [...input.files], from = id(input);
    input.value = '';
    for (const file of files) {
      const picture = file.type.startsWith('image/') && await import('./picture.js').catch(() => null);
      const sent = picture ? await picture.fitting(file) : file, look = picture ? await picture.measure(sent).catch(() => ({})) : {};
      send({ t: 'file', id: from, name: file.name, type: sent.type, ...look }, new Uint8Array(await sent.arrayBuffer()));
    }
  }

  on('keydown', (event) => {
    const of_method = event.isComposing || event.keyCode === 229;
    if (event.key === 'Escape' && !of_method) {
      const dialog = event.target.closest?.('[role=dialog],[role=alertdialog]');
      if (dialog) act(dialog, 'cancel');
    }
    if (event.key !== 'Enter' || !is_text(event.target)) return;
    // The Enter that ends a composition is the input method's; 229 says so where it comes after the end (Safari). Android's
    // keyboards keep every word as a composition until the next space, and their search key is the person's all the same.
    if (of_method && !(android && event.target.type === 'search')) return event.preventDefault();
    if (of_method) tell_value(event.target);
    if (event.target.localName === 'textarea') return;
    const { form } = event.target;
    if (!of_method && form?.querySelector('[type=submit]')) return;   // the browser presses that button
    event.preventDefault();
    // The key of a soft keyboard says "next"; only behind the last field of a form it is the form's own way on.
    const next = event.target.enterKeyHint === 'next' && form && next_field(form, event.target);
    if (next) return next.focus();
    act(event.target, 'submit');
    if (form) act(form, 'submit');
  });
  on('submit', (event) => {
    event.preventDefault();
    act(event.target, 'submit');
  });
  on('click', (event) => {
    const element = event.target.closest?.('a,button,[role=dialog],[role=alertdialog]');
    if (event.target.tb_backdrop) return act(event.target.querySelector('[role=dialog]'), 'cancel');
    if (!element || element.localName === 'div') return;
    if (element.localName === 'button') return act(element, 'click');
    const href = element.getAttribute('href') ?? '';
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0 || element.target;
    if (elsewhere || !href.startsWith('/')) return;
    event.preventDefault();
    act(element, 'click');
    follow(href);
  });
  on('focusin', ({ target }) => { if (groups_of(target)) act(target, 'focus'); });
  on('focusout', ({ target }) => { if (is_text(target) || target.localName === 'select') act(target, 'blur'); });

  // Hover and press only colour the canvas; a finger leaves no hover behind.
  const hover = (element) => {
    const next = id(element) ?? 0;
    if (next !== hovered) send({ t: 'hover', id: (hovered = next) });
  };
  const press = (element) => {
    const next = id(element) ?? 0;
    if (next !== pressed) send({ t: 'press', id: (pressed = next) });
  };
  on('pointerover', (event) => { if (event.pointerType === 'mouse') hover(control_at(event)); });
  on('pointerleave', () => hover(null));
  on('pointerdown', (event) => {
    const element = control_at(event);
    if (element?.dataset.keepFocus) event.preventDefault();
    if (event.button === 0) press(element);
  });
  on('mousedown', (event) => { if (control_at(event)?.dataset.keepFocus) event.preventDefault(); });
  for (const type of ['pointerup', 'pointercancel', 'dragstart']) on(type, () => press(null));
  return { composing: () => composing };
}
