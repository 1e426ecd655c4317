/** Runs in the page. Arrow keys, Home and End in a toolbar, beside Tab (APG toolbar pattern). */
const focusable = 'button, [href], input, select, [tabindex="0"]';

/** Attach to the element with the role `toolbar`. */
export function toolbarKeys(toolbar: HTMLElement): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const controls = [...toolbar.querySelectorAll<HTMLElement>(focusable)].filter((control) =>
      control.checkVisibility(),
    );
    const at = controls.findIndex((control) => control === event.target);
    if (at === -1) return;
    const places: Readonly<Record<string, number>> = {
      ArrowLeft: (at - 1 + controls.length) % controls.length,
      ArrowRight: (at + 1) % controls.length,
      Home: 0,
      End: controls.length - 1,
    };
    const to = places[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    controls[to]?.focus();
  }
  toolbar.addEventListener('keydown', onKeyDown);
  return () => toolbar.removeEventListener('keydown', onKeyDown);
}
