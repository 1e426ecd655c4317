/** Runs in the page. Pointers, wheel and arrow keys on the stage. */
import { wheelFactor, type Point } from './stage-geometry.ts';
import type { StageState } from './stage-state.svelte.ts';

/** One press of an arrow key moves the picture by this much, in CSS px; with Shift by most of the stage. */
const arrowStep = 64;
const arrowShare = 0.8;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: 1, y: 0 },
  ArrowRight: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

/** Attaches the gestures to the element that holds the picture. */
export function stageGestures(stage: StageState): (element: HTMLElement) => () => void {
  return (element) => {
    const fingers = new Map<number, Point>();
    const within = (event: { clientX: number; clientY: number }): Point => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };

    function onPointerDown(event: PointerEvent): void {
      if (event.button !== 0 || fingers.size === 2) return;
      element.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, within(event));
    }

    function onPointerMove(event: PointerEvent): void {
      const before = fingers.get(event.pointerId);
      if (before === undefined) return;
      const after = within(event);
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      fingers.set(event.pointerId, after);
      if (other !== undefined) stage.pinch([other, before], [other, after]);
      else stage.panBy(after.x - before.x, after.y - before.y);
    }

    function onPointerEnd(event: PointerEvent): void {
      fingers.delete(event.pointerId);
    }

    function onWheel(event: WheelEvent): void {
      event.preventDefault();
      // Some mice scroll sideways with Shift; that is a wish to move, not to zoom.
      if (event.deltaY === 0) stage.panBy(-event.deltaX, 0);
      else stage.zoomBy(wheelFactor(event), within(event));
    }

    function onDoubleClick(event: MouseEvent): void {
      stage.toggleFit(within(event));
    }

    function onKeyDown(event: KeyboardEvent): void {
      const way = arrows[event.key];
      if (way === undefined || !stage.isLarger) return;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const { width, height } = stage.frame.stage;
      const step = event.shiftKey
        ? { x: width * arrowShare, y: height * arrowShare }
        : { x: arrowStep, y: arrowStep };
      stage.panBy(way.x * step.x, way.y * step.y);
    }

    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('pointerdown', onPointerDown, { signal });
    element.addEventListener('pointermove', onPointerMove, { signal });
    element.addEventListener('pointerup', onPointerEnd, { signal });
    element.addEventListener('pointercancel', onPointerEnd, { signal });
    element.addEventListener('wheel', onWheel, { signal, passive: false });
    element.addEventListener('dblclick', onDoubleClick, { signal });
    element.addEventListener('keydown', onKeyDown, { signal });
    return () => stop.abort();
  };
}
