// A dialog has the focus for itself: while it is open nothing around it can be reached, and afterwards the focus is where
// it was. The same for layers with canvases and for the page that flows.
import { heirs_of, reachable } from './twin.js';

const dialog_roles = '[role=dialog],[role=alertdialog]';

export class Dialogs {
  /// `holder()`: the element that holds a dialog, while there is one; `around()`: all that lies behind it.
  constructor({ holder, around }) {
    this.holder_ = holder;
    this.around_ = around;
    this.open = false;
    this.onChange = () => {};
    this.returns_to_ = [];
  }

  current() { return this.holder_()?.querySelector(dialog_roles); }

  /// To be called when what is shown has changed.
  follow() {
    const holder = this.holder_(), open = Boolean(holder);
    if (!open && !this.open) return;
    for (const element of [...this.around_(), ...document.querySelectorAll('body > .skip')]) element.inert = open;
    if (open === this.open) return;
    this.open = open;
    if (open) {
      holder.tb_backdrop = true;   // what is pressed outside the dialog itself
      this.returns_to_ = [document.activeElement, ...heirs_of(document.activeElement)];
      const dialog = this.current();
      (dialog?.querySelector('[data-focus],input,select,textarea') ?? dialog)?.focus({ preventScroll: true });
    } else {
      // What asked may be gone by the answer.
      this.returns_to_.find(reachable)?.focus({ preventScroll: true });
      this.returns_to_ = [];
    }
    this.onChange(open);
  }
}
