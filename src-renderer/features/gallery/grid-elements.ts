/** Runs in the page. The elements of a grid: which item one stands for, and how large the view is. */
import type { GridViewport } from './grid-state.svelte.ts';
import { metricsAt } from './layout.ts';

/** The item that an element belongs to; null outside of all. */
export function cellIndexOf(target: EventTarget | null): number | null {
  const cell = target instanceof Element ? target.closest('[data-index]') : null;
  const index = Number(cell?.getAttribute('data-index') ?? Number.NaN);
  return Number.isInteger(index) ? index : null;
}

export function cellAt(scroller: HTMLElement | undefined, index: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
}

/** rem that the probe is wide: the text zoom as the page really has it. */
const probeRem = 10;

/** Measures the view, and tells the style sheet how wide its scroll bar is. */
export function measureView(
  scroller: HTMLElement,
  probe: HTMLElement | undefined,
  foot: HTMLElement | undefined,
): GridViewport {
  const scale = (probe?.offsetWidth ?? probeRem * 16) / (probeRem * 16);
  const { padding } = metricsAt(scale);
  const bar = scroller.offsetWidth - scroller.clientWidth;
  scroller.style.setProperty('--scroll-bar', `${bar}px`);
  // The scroll bar takes its place inside the padding, so that both edges of the pictures line up.
  const width = Math.min(scroller.offsetWidth - 2 * padding, scroller.clientWidth - padding - 4);
  return {
    width,
    height: scroller.clientHeight,
    scale,
    devicePixelRatio: window.devicePixelRatio,
    footer: foot?.offsetHeight ?? 0,
  };
}
