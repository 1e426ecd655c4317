/** What the plate on the stage says: pure. */
import { formatBytes } from '../../i18n/format.ts';
import { recordText } from '../../i18n/record.ts';
import type { Size } from './stage-geometry.ts';
import type { StageFailure } from './stage-layers.svelte.ts';
import type { StagePicture } from './stage-renditions.ts';

/** What is read of the stage. */
export interface ToldStage {
  readonly shown: StagePicture | null;
  readonly drawn: Size | null;
  readonly coming: StagePicture | null;
  readonly failure: { picture: StagePicture; why: StageFailure } | null;
}

export interface StageWords {
  shown: string;
  /** What was done to it so that it can be drawn. */
  note: string | null;
  coming: string | null;
  failed: string | null;
  canRetry: boolean;
}

/** Asking again may end otherwise. */
const passing: ReadonlySet<StageFailure> = new Set(['not-answering', 'unknown']);

export function tell({ shown, drawn, coming, failure }: ToldStage): StageWords {
  return {
    shown: shown === null ? '' : nameOf(shown),
    note: shown === null ? null : noteOf(shown, drawn),
    coming:
      coming === null
        ? null
        : recordText.fetching(
            coming.name,
            coming.bytes === null ? null : formatBytes(coming.bytes),
          ),
    failed:
      failure === null || failure.picture.key === shown?.key
        ? null
        : recordText.notDrawn(failure.picture.name, failure.why),
    canRetry: failure !== null && passing.has(failure.why),
  };
}

function nameOf({ name, size }: StagePicture): string {
  return size === null
    ? recordText.plateUnknown(name)
    : recordText.plate(name, size.width, size.height);
}

function noteOf(shown: StagePicture, drawn: Size | null): string | null {
  const isReduced = drawn !== null && shown.size !== null && drawn.width < shown.size.width * 0.99;
  if (isReduced) return recordText.reduced(drawn.width, drawn.height);
  return shown.isConverted ? recordText.converted : null;
}
