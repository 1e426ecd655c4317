/** Pure. Which pictures of an image, or of one of its states, are drawn on the stage. */
import type { AstrobinPictures, AstrobinRevision } from '#contract/astrobin.ts';
import type { MediaKey } from '#contract/domain.ts';
import { astrobinWidth, isAstrobinPicture, type StagePicture } from '../record/stage-renditions.ts';

type Pictured = Pick<AstrobinRevision, 'renditions' | 'solution' | 'width' | 'height'>;

/** From the smallest to the largest. */
export function picturesToDraw(state: Pictured, keys: AstrobinPictures): StagePicture[] {
  const { width, height } = state;
  return state.renditions
    .flatMap((rendition): StagePicture[] => {
      const key = keys[rendition.url];
      if (key === undefined || !isAstrobinPicture(rendition.name)) return [];
      const isWhole = rendition.name === 'real' && width !== null && height !== null;
      return [
        {
          name: rendition.name,
          key,
          bytes: rendition.bytes,
          size: isWhole ? { width, height } : null,
          likelyWidth: astrobinWidth(rendition.name, width),
          isConverted: false,
        },
      ];
    })
    .sort((one, other) => one.likelyWidth - other.likelyWidth);
}

/** No window shows an SVG of a stranger's. */
const isDrawn = (url: string): boolean => !/\.svgz?(?:[?#]|$)/i.test(url);

/** The picture with the solution in it, as AstroBin drew it. */
export function serviceOverlay(state: Pictured, keys: AstrobinPictures): MediaKey | null {
  const plain = state.renditions.find(({ name }) => name === 'solution')?.url ?? null;
  const url =
    [plain, state.solution.overlayUrl].find((one) => one !== null && isDrawn(one)) ?? null;
  return url === null ? null : (keys[url] ?? null);
}
