/** Runs in the page. */
const textTypes = ['text', 'search', 'url', 'email', 'number', 'password', 'tel', 'date', 'time'];

/** True where single letters belong to something else: a text field, a menu, an open dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"],[role="alertdialog"]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return textTypes.includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target.isContentEditable ||
    target.closest('[role="menu"],[role="tree"],[role="treegrid"]') !== null
  );
}
