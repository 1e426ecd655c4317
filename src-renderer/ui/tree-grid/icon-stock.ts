/**
 * Runs in the page. Icons of many rows: each is drawn once and then copied as an element, since dozens of rows come
 * new in one frame of a scroll and an icon's component costs more than the rest of its row.
 */
import { mount } from 'svelte';
import Icon from '../Icon.svelte';
import type { IconComponent } from '../icon-component.ts';

const size = 14;
const drawn = new Map<IconComponent, readonly Node[]>();

function draw(icon: IconComponent): readonly Node[] {
  const target = document.createElement('span');
  mount(Icon, { target, props: { icon, size } });
  return [...target.childNodes];
}

/** Attach to an empty element: it gets the icon, 14 px at a text zoom of 100 %, hidden from screen readers. */
export function withIcon(icon: IconComponent): (element: HTMLElement) => void {
  return (element) => {
    let nodes = drawn.get(icon);
    if (nodes === undefined) drawn.set(icon, (nodes = draw(icon)));
    element.replaceChildren(...nodes.map((node) => node.cloneNode(true)));
  };
}
