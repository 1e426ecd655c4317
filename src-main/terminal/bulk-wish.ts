/** Runs in plain Node. The options of `download` and `export` that say which files of a record, and how. */
import type { FileWish } from '#contract/downloads.ts';
import { requireCount, requireValue, type CommandLine } from './arguments.ts';

export const wishHelp = `  --rendition NAME   original, largest (default), "largest under 20 MB", all, "data + label" (PDS), or the archive's
                     own names with commas: orig, large, medium, small, thumb, mobile, … (AstroBin: real, hd, regular, …)
  --max-bytes N      no file larger than N bytes; with largest the largest file that fits is taken. Sizes that the
                     archive does not state are asked for; a file whose size nobody tells is left out
  --captions         the captions too, as the archive has them
  --template T       how files are named below the folder, such as "{archive}/{year}/{title:60}"
  --no-sidecar       no .json beside each file`;

/** Takes one option into the wish; false where it is another's. */
export function applyWish(wish: FileWish, option: CommandLine['options'][number]): boolean {
  switch (option.name) {
    case 'rendition':
      wish.rendition = requireValue(option);
      return true;
    case 'max-bytes':
      wish.maxBytes = requireCount(option);
      return true;
    case 'captions':
      wish.withCaptions = true;
      return true;
    case 'template':
      wish.template = requireValue(option);
      return true;
    case 'no-sidecar':
      wish.withSidecar = false;
      return true;
    default:
      return false;
  }
}

export const usualWish = (): FileWish => ({
  rendition: 'largest',
  maxBytes: null,
  withCaptions: false,
  withSidecar: true,
  template: null,
});
