/** Runs in the page. Decodes what the stage draws before it is seen, so that nothing is blank or flickers. */
import { mediaUrl } from '../../lib/media-url.ts';
import { whyNotDrawn } from './stage-loading.ts';
import type { StageLayer } from './stage-layers.svelte.ts';
import type { StageState } from './stage-state.svelte.ts';

/** Attach to the image of a layer: the stage hears once it can be seen, or why it can't. */
export function decodeLayer(stage: StageState, { picture: { key } }: StageLayer) {
  return (image: HTMLImageElement): void => {
    image.decode().then(
      () => {
        // The view may have been left meanwhile, and its state with it.
        if (!image.isConnected) return;
        stage.loaded(key, { width: image.naturalWidth, height: image.naturalHeight });
      },
      () => {
        if (!image.isConnected) return;
        stage.failed(key);
        void whyNotDrawn(mediaUrl(key)).then((why) => stage.explain(key, why));
      },
    );
  };
}
