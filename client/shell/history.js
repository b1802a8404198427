// Addresses: the module's routes in the browser's history, where the page stood, and "back" closing a dialog first.

/// `send` reaches the module, `scroller()` is what scrolls, `dialogs` tells when one opens. On a browser that
/// everybody uses, the entries are `nameless`: the next person may read the history and go back in it, so which route an
/// entry stands for is known to this page alone.
export function startLinks({ send, scroller, screen, dialogs, nameless }) {
  const places = new Map();   // of entries seen in this page: where they stood
  const routes = new Map();   // of nameless ones
  let key = history.state?.key ?? 0, last_key = key, ignore = 0, wanted = null, own_entry = false, leaving = false, seeks_chosen = true;
  const path = () => routes.get(history.state?.key) ?? location.pathname + location.search;
  function write(how, state, target) {
    if (nameless) routes.set(state.key, target);
    history[how](state, '', nameless ? '/' : target);
  }
  // What stands behind a # is for the module alone, and must not stay in the history.
  const take_hash = (state) => {
    const { hash } = location;
    if (hash) write('replaceState', state, path());
    return hash;
  };
  write('replaceState', history.state?.key ? history.state : { key: ++last_key }, path());
  key = history.state.key;
  history.scrollRestoration = 'manual';

  const remember = () => places.set(key, scroller().scrollTop);
  /// Another thing stands beside the list: it is read from its top, wherever the list stands.
  const rewind_beside = () => { if (screen.beside) screen.beside.scrollTop = 0; };
  /// The row of a list that is chosen already leads on to what stands beside the list: the keyboard's way there.
  const enter_beside = () => {
    if (screen.scroller.contains(document.activeElement)) screen.beside?.querySelector('[tabindex="-1"]')?.focus();
  };
  /// A row that was chosen otherwise than by pressing it (back, forward, an address) may be far from where the list stands.
  /// Rows of a new list come with one frame after another.
  function seek_chosen() {
    const list = scroller(), chosen = screen.beside && list.querySelector('[aria-current=true]');
    if (chosen?.getAttribute('href') !== path()) return;
    seeks_chosen = false;
    const row = chosen.getBoundingClientRect(), box = list.getBoundingClientRect();
    if (row.bottom <= box.top || row.top >= box.bottom) chosen.scrollIntoView({ block: 'center' });
  }
  function enter(target, replace) {
    remember();
    if (!replace) rewind_beside();
    seeks_chosen = !replace;
    // An entry that a dialog made for itself is used up by the way on.
    if (replace || history.state?.dialog) write('replaceState', { key: replace ? key : (key = ++last_key) }, target);
    else write('pushState', { key: (key = ++last_key) }, target);
    own_entry = false;
    wanted = { y: 0, focus: !replace };
  }

  addEventListener('popstate', ({ state }) => {
    if (ignore > 0) return void --ignore;
    if (dialogs.open && own_entry) {
      own_entry = false;
      const dialog = dialogs.current();
      if (dialog) send({ t: 'act', id: dialog.tb_id, kind: 'cancel' });
      return;
    }
    remember();
    rewind_beside();
    seeks_chosen = true;
    key = state?.key ?? ++last_key;
    last_key = Math.max(last_key, key);
    const hash = take_hash({ key });
    wanted = { y: places.get(key) ?? 0, focus: true };
    send({ t: 'route', path: path() + hash, y: wanted.y });
  });
  dialogs.onChange = (open) => {
    if (leaving) return;
    if (open) {
      history.pushState({ key, dialog: true }, '');
      own_entry = true;
    } else if (own_entry) {
      own_entry = false;
      ++ignore;
      history.back();
    }
  };

  return {
    /// A link of ours was followed.
    follow(target) {
      if (target === path()) return enter_beside();
      enter(target, false);
      send({ t: 'route', path: target, y: 0 });
    },
    /// The module went somewhere by itself; it knows already.
    go({ path: target, replace }) { if (target !== path()) enter(target, replace); },
    /// For good. The step back of a dialog that closes meanwhile would break off the way there.
    async leave(target) {
      leaving = true;
      while (ignore > 0) await new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
      location.replace(target);
    },
    back() { if (last_key > 1) history.back(); else { enter('/', true); send({ t: 'route', path: '/', y: 0 }); } },
    /// A frame was shown. Where it shows another page, stand where that should be read from.
    turned({ turned, scroll }) {
      if (turned) {
        const { y, focus } = wanted ?? { y: scroll, focus: false };
        wanted = null;
        scroller().scrollTop = y;
        seeks_chosen = y === 0;   // who comes back finds the list as it was
        // A field that asks for the focus, such as the one that a scanner types into, has it already.
        if (focus && !document.activeElement?.hasAttribute('data-focus')) document.getElementById('main')?.focus({ preventScroll: true });
      }
      if (seeks_chosen) seek_chosen();
    },
  };
}
