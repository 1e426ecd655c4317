/** Runs in the page. Brings a part of the inspector into sight that a command led to. */
import type { AstrobinImageState } from './image-state.svelte.ts';

/** Attach to the part. */
export function seek(state: AstrobinImageState, part: NonNullable<AstrobinImageState['sought']>) {
  return (element: HTMLElement): void => {
    if (state.sought !== part) return;
    element.scrollIntoView({ block: 'nearest' });
    state.sought = null;
  };
}
