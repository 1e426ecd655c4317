/**
 * Runs in plain Node, once a process, before there is much to keep. Pages of results and pictures are short-lived
 * and many; V8 answers that by doubling its young generation up to 130 MB, which a process then never gives back.
 */
import { setFlagsFromString } from 'node:v8';

/** Keeps the young generation at the size that it has now: collections are shorter and come more often. */
export function keepYoungGenerationSmall(): void {
  // Read whenever it would grow. Node and Electron's main process both leave V8's flags open after the start.
  setFlagsFromString('--semi-space-growth-factor=1');
}
