/** Runs in the page. F6 and Shift F6: from one landmark to the next, back to where one was in it. */

const order = ['navigation', 'search', 'main', 'inspector', 'status'];
const focusable =
  'button:not([disabled]):not([tabindex="-1"]),input:not([disabled]),select,textarea,a[href],[tabindex="0"]';

/** Remembers the last focused element of each pane. */
export class PaneFocus {
  #last = new Map<string, HTMLElement>();

  /** For `focusin`. */
  note(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement)) return;
    const pane = target.closest<HTMLElement>('[data-pane]')?.dataset['pane'];
    if (pane !== undefined) this.#last.set(pane, target);
  }

  /** Moves by one pane, wrapping around. */
  move(step: 1 | -1): void {
    const present = order.filter((name) => paneOf(name) !== null);
    if (present.length === 0) return;
    const here = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'];
    const place = here === undefined ? (step === 1 ? -1 : 0) : present.indexOf(here);
    const next = present[(place + step + present.length) % present.length];
    if (next !== undefined) this.focus(next);
  }

  focus(name: string): void {
    const pane = paneOf(name);
    if (pane === null) return;
    const last = this.#last.get(name);
    const back =
      last !== undefined &&
      last !== pane &&
      last.isConnected &&
      pane.contains(last) &&
      isShown(last);
    const start = pane.querySelector<HTMLElement>('[data-pane-start]');
    const first = [...pane.querySelectorAll<HTMLElement>(focusable)].find(isShown);
    (back ? last : (start ?? first ?? pane)).focus({ focusVisible: true } as FocusOptions);
  }
}

function paneOf(name: string): HTMLElement | null {
  const panes = document.querySelectorAll<HTMLElement>(`[data-pane="${name}"]`);
  return [...panes].find(isShown) ?? null;
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility();
}
