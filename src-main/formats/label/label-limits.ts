/** Runs in plain Node. How large a label may be, and what is wrong with one that cannot be read to its end. */
import type { LabelPlace } from '#contract/labels.ts';

/**
 * Real labels are under 1 MB; the largest that the archive's own tools make are some 50 MB with a million elements.
 * What is within these bounds takes at most about 1.5 GB of memory, which nobody reaches by accident.
 */
export const labelLimits = {
  bytes: 256 * 1024 * 1024,
  elements: 4_000_000,
  /** Elements, texts, comments and instructions. */
  nodes: 12_000_000,
  /** libxml2 stops there as well. */
  depth: 256,
  attributesPerElement: 1000,
  attributes: 4_000_000,
  /** Declarations of namespaces in the whole label. */
  declarations: 10_000,
  /** UTF-16 units of one text, tag, comment or declaration: libxml2's own bound. */
  runUnits: 10_000_000,
  /** UTF-16 units of one name. */
  nameUnits: 1000,
  /** Different names of elements and attributes. */
  names: 50_000,
  notes: 20,
} as const;

export type LabelLimits = { readonly [K in keyof typeof labelLimits]: number };

/** Rows, lines or matches in one answer, at most. */
export const partLimit = 200;

/** Why a label cannot be read, or not any further. The message is for the user. */
export class LabelFault extends Error {
  override name = 'LabelFault';
  readonly kind: 'not-a-label' | 'malformed' | 'cut' | 'encoding' | 'too-large';
  readonly place: LabelPlace | null;

  constructor(kind: LabelFault['kind'], message: string, place: LabelPlace | null = null) {
    super(message);
    this.kind = kind;
    this.place = place;
  }

  /** The same with its place, where it has none yet and something came before it. */
  at(place: LabelPlace): LabelFault {
    if (this.place !== null || this.kind === 'not-a-label' || isBeginning(place)) return this;
    return new LabelFault(this.kind, `${this.message} What came before is shown.`, place);
  }
}

function isBeginning({ line, column }: LabelPlace): boolean {
  return line === 1 && column === 1;
}

/** "line 12, column 5". */
export function placeWords(place: LabelPlace): string {
  return `line ${String(place.line)}, column ${String(place.column)}`;
}
