/**
 * Runs in a page. Labels for the fake core. Knob `label`: million (rows by position), reading (comes piece by piece),
 * endless (never comes to its end), cut (ends in the middle), kept (a copy of two days ago), odd (notes on the file), refused, gone.
 */
import type { Handlers } from '#contract/api.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { LabelHit, LabelRowPlace, LabelState } from '#contract/labels.ts';
import { namespaces, type FakeLabel } from './fake-label-model.ts';
import { FakeLabelMillion } from './fake-label-million.ts';
import { FakeLabelTree } from './fake-label-tree.ts';
import { justNow } from './fake-records.ts';

const wholeBytes = 15_475;
/** How often `state` is asked before a label that comes piece by piece is whole. */
const pieces = 4;

interface Open {
  label: FakeLabel;
  asked: number;
}

const refusals: Readonly<Record<string, ArchiveError>> = {
  refused: new ArchiveError({
    code: 'bad-answer',
    message: 'The server sent a web page instead of a label.',
    retryable: true,
    detail: 'GET https://pds.example/rad_der_0000000.xml, text/html',
  }),
  gone: new ArchiveError({
    code: 'not-found',
    message: 'pds.example has no such file.',
    retryable: false,
  }),
};

/** Builds the handlers; `troubled` makes them slow or fail as the knobs say. */
export function createFakeLabels(
  knobs: Readonly<Record<string, string | undefined>>,
  troubled: (signal: AbortSignal) => Promise<void>,
): Handlers<{ signal: AbortSignal }>['labels'] {
  const kind = knobs['label'] ?? 'made';
  const open = new Map<number, Open>();
  let lastId = 0;

  const at = (id: number): Open => {
    const found = open.get(id);
    if (found !== undefined) return found;
    throw new ArchiveError({ code: 'not-found', message: 'It was closed.', retryable: true });
  };
  const labelOf = (id: number): FakeLabel => at(id).label;

  function stateOf(id: number): LabelState {
    const { label, asked } = at(id);
    const isWhole = kind === 'reading' ? asked >= pieces : kind !== 'endless';
    const isCut = kind === 'cut';
    const share = isWhole ? 1 : Math.min(asked + 1, pieces) / (pieces + 1);
    const bytes = kind === 'million' ? 50_000_000 : wholeBytes;
    return {
      id,
      fileName: 'rad_der_0000000.xml',
      age: ageOf(kind),
      bytes: Math.round(bytes * share * (isCut ? 0.5 : 1)),
      bytesPromised: bytes,
      isComplete: isWhole,
      problem: isCut
        ? {
            message: 'The label ends in the middle of the element "name".',
            place: { line: 74, column: 23 },
          }
        : null,
      notes:
        kind === 'odd'
          ? ['The file says UTF-8 and holds Windows-1252; it was read as the latter.']
          : [],
      encoding: kind === 'odd' ? 'windows-1252' : 'utf-8',
      elements: label.elements,
      rows: label.total,
      sourceRows: label.sourceRows,
      root: 'Product_Observational',
      namespaces,
      informationModel: '1.10.1.0',
    };
  }

  function place(label: FakeLabel, node: number): LabelRowPlace | null {
    const position = label.reveal(node);
    return position === null ? null : { node, position, total: label.total };
  }

  function hitAt(label: FakeLabel, hit: number | null): LabelHit | null {
    const found = hit === null ? null : label.hit(hit);
    const row = found === null ? null : place(label, found.node);
    return found === null || hit === null || row === null
      ? null
      : { ...row, hit, mark: found.mark };
  }

  return {
    open: async (_args, { signal }) => {
      await troubled(signal);
      const refusal = refusals[kind];
      if (refusal !== undefined) throw refusal;
      const label = kind === 'million' ? new FakeLabelMillion() : new FakeLabelTree();
      if (kind === 'reading' || kind === 'endless') label.readUpTo(30);
      if (kind === 'cut') label.readUpTo(60);
      lastId += 1;
      open.set(lastId, { label, asked: 0 });
      return stateOf(lastId);
    },
    state: async ({ id }) => {
      const one = at(id);
      one.asked += 1;
      if (kind === 'reading')
        one.label.readUpTo(one.asked >= pieces ? 1_000 : 30 * (one.asked + 1));
      return stateOf(id);
    },
    rows: async ({ id, from, count }) => {
      const label = labelOf(id);
      return { from, total: label.total, rows: label.rows(from, count) };
    },
    fold: async ({ id, fold }) => {
      labelOf(id).fold(fold);
      return { total: labelOf(id).total };
    },
    reveal: async ({ id, node }) => place(labelOf(id), node),
    search: async ({ id, text, onlyMatches }) => {
      const label = labelOf(id);
      const found = label.search(text, onlyMatches);
      return { ...found, isComplete: stateOf(id).isComplete, total: label.total };
    },
    hit: async ({ id, hit }) => hitAt(labelOf(id), hit),
    hitFrom: async ({ id, node, direction }) => {
      const label = labelOf(id);
      return hitAt(label, label.hitFrom(node, direction));
    },
    node: async ({ id, node }) => labelOf(id).node(node),
    xpath: async ({ id, expression, from, count }) => {
      const found = labelOf(id).xpath(expression);
      const { isComplete } = stateOf(id);
      if ('number' in found) {
        return { type: 'number', value: found.number, text: String(found.number), isComplete };
      }
      if ('type' in found) return found;
      const matches = found.matches
        .slice(from, from + count)
        .map((match) => ({ ...match, isCut: false }));
      const isUnprefixed = /(^|\/)[a-z_]+(\/|$)/i.test(expression);
      const hint = isUnprefixed ? 'Names of the default namespace need the prefix pds.' : null;
      return {
        type: 'nodes',
        total: found.matches.length,
        from,
        matches,
        hint: found.matches.length === 0 ? hint : null,
        isComplete,
      };
    },
    source: async ({ id, from, count }) => {
      const label = labelOf(id);
      const total = label.sourceRows;
      const length = Math.max(0, Math.min(count, total - from));
      const rows = Array.from({ length }, (_none, index) => ({
        line: from + index + 1,
        isContinued: false,
        text: label.source(from + index),
      }));
      return { from, total, rows };
    },
    nodeAt: async ({ id, sourceRow }) => {
      const node = labelOf(id).nodeAt(sourceRow);
      return node === null ? null : { node };
    },
    close: async ({ id }) => {
      open.delete(id);
      return null;
    },
  };
}

function ageOf(kind: string): LabelState['age'] {
  if (kind !== 'kept') return { ...justNow(), fetchedAtMs: Date.now() - 4 * 60_000 };
  return {
    fetchedAtMs: Date.now() - 2 * 86_400_000,
    origin: 'cache',
    isStale: true,
    problem: {
      code: 'offline',
      message: 'This computer has no connection.',
      retryable: true,
    },
  };
}
