/** Runs in the page. Tells of the pointer on the stage and of presses; what is done with them is no matter of the stage's. */
import type { Point } from './stage-geometry.ts';

/** Farther than this between press and release, in CSS px, and it was a drag. */
const stillness = 4;

export interface PointerListener {
  /** Where it is on the stage, in CSS px; null once it has left. */
  hover: (at: Point | null) => void;
  /** A press that moved nothing. */
  point: (at: Point) => void;
}

/** Attach to the stage. */
export function stagePointer({ hover, point }: PointerListener) {
  return (target: HTMLElement): (() => void) => {
    const stop = new AbortController();
    const { signal } = stop;
    const within = (event: PointerEvent): Point => {
      const frame = target.getBoundingClientRect();
      return { x: event.clientX - frame.left, y: event.clientY - frame.top };
    };
    let pressed: Point | null = null;
    target.addEventListener('pointermove', (event) => hover(within(event)), { signal });
    target.addEventListener('pointerleave', () => hover(null), { signal });
    target.addEventListener('pointerdown', (event) => (pressed = within(event)), { signal });
    target.addEventListener(
      'pointerup',
      (event) => {
        const at = within(event);
        const isStill =
          pressed !== null && Math.hypot(at.x - pressed.x, at.y - pressed.y) < stillness;
        pressed = null;
        if (isStill && event.button === 0) point(at);
      },
      { signal },
    );
    return () => stop.abort();
  };
}
