/** Runs in the page. Looks where the keyboard is, so that keys go to whom they belong. */
import type { KeyPlace } from './commands.svelte.ts';

const textTypes = new Set([
  'text',
  'search',
  'url',
  'email',
  'number',
  'password',
  'tel',
  'date',
  'time',
]);
const layers = '[role="dialog"],[role="alertdialog"],[role="menu"],.menu';

const controls = 'button,a[href],summary,select,input,[role="button"],[role="link"]';
/** Galleries are not lists in this sense: they have no type-ahead. */
const lists = '[role="menu"],[role="tree"],[role="treegrid"],.menu';

export function readKeyPlace(target: EventTarget | null): KeyPlace {
  const element = target instanceof Element ? target : null;
  const isIn = (selector: string) => element !== null && element.closest(selector) !== null;
  return {
    typing: element !== null && isTextField(element),
    onControl: isIn(controls),
    inList: isIn(lists),
    inDialog: document.querySelector('[role="dialog"],[role="alertdialog"]') !== null,
  };
}

/** True while something floats that takes Escape for itself. */
export function isLayerOpen(): boolean {
  return document.querySelector(layers) !== null;
}

function isTextField(element: Element): boolean {
  if (element instanceof HTMLInputElement) return textTypes.has(element.type) && !element.readOnly;
  if (element instanceof HTMLTextAreaElement) return !element.readOnly;
  return element instanceof HTMLElement && element.isContentEditable;
}
