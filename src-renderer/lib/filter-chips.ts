/** Pure. Which filters stand in the bar as chips, and which are in the menu behind it. */

interface Shown<F extends string> {
  /** In the order of the bar. */
  all: readonly F[];
  active: readonly string[];
  /** The one whose form is open. */
  opened: string | null;
  /** Those that stand there though they are off. */
  usual: readonly F[];
}

export function chipsShown<F extends string>({ all, active, opened, usual }: Shown<F>): F[] {
  return all.filter((name) => active.includes(name) || name === opened || usual.includes(name));
}

/** An entry for each filter without a chip; `open` is called once the menu has given the focus back. */
export function chipsLeft<F extends string>(
  all: readonly F[],
  shown: readonly string[],
  labelOf: (name: F) => string,
  open: (name: F) => void,
): { label: string; run: () => void }[] {
  return all
    .filter((name) => !shown.includes(name))
    .map((name) => ({
      label: labelOf(name),
      // The menu gives the focus back to its button first; only then may the form take it.
      run: () => void setTimeout(() => open(name), 20),
    }));
}
