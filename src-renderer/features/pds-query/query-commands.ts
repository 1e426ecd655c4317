/** Runs in the page. What the query view offers to the registry of commands, so that keys, palette and buttons agree. */
import type { CommandId } from '#contract/commands.ts';
import { pdsQueryText } from '../../i18n/pds-query.ts';
import { recordText } from '../../i18n/record.ts';
import type { CommandHandler, KeptState } from '../../lib/deps.ts';
import type { QuerySession } from './query-session.svelte.ts';

export interface OfferedActs {
  session(): QuerySession;
  kept: KeptState;
  run(): void;
  open(): void;
  save(): void;
  startNew(): void;
  copyText(): void | Promise<void>;
  copyCommand(): void | Promise<void>;
  copyIdentifier(): void | Promise<void>;
  keepOrRemove(): void;
  openProduct(): void;
  planDownload(): void;
  addCondition(): void;
  addGroup(): void;
  chooseColumns(): void;
}

/** Why the query can't be sent now; null when it can. Read reactively. */
export function whyNotRun({ desk }: QuerySession): string | null {
  const { mistake } = desk;
  if (desk.isEmpty) return pdsQueryText.noQuery;
  if (mistake === null) return desk.sent === null ? pdsQueryText.noQuery : null;
  if (mistake.kind === 'incomplete') return pdsQueryText.unfinished;
  return pdsQueryText.line(mistake.line, pdsQueryText.titles[mistake.kind]);
}

/** Whether the chosen product is kept; null where none is chosen. */
function isChosenKept({ run, view }: QuerySession, kept: KeptState): boolean | null {
  const state = run.list?.at(view.current);
  return state?.kind === 'row' ? kept.has(state.row.ref) : null;
}

function hasRow({ run, view }: QuerySession): string | null {
  const list = run.list;
  if (list === null) return pdsQueryText.noResults;
  return view.current >= 0 && list.at(view.current).kind === 'row' ? null : pdsQueryText.noRow;
}

export function createQueryCommands(acts: OfferedActs): Partial<Record<CommandId, CommandHandler>> {
  const unlessEmpty = (): string | null =>
    acts.session().desk.text.trim() === '' ? pdsQueryText.noQuery : null;
  const row = (): string | null => hasRow(acts.session());
  return {
    'query.run': { run: acts.run, unavailable: () => whyNotRun(acts.session()) },
    'query.cancel': {
      run: () => acts.session().run.cancel(),
      unavailable: () => (acts.session().run.isRunning ? null : pdsQueryText.notRunning),
    },
    'query.new': { run: acts.startNew },
    'query.open': { run: acts.open },
    'query.save': { run: acts.save, unavailable: unlessEmpty },
    'query.copyText': { run: acts.copyText, unavailable: unlessEmpty },
    'query.copyCommand': {
      run: acts.copyCommand,
      unavailable: () => whyNotRun(acts.session()),
    },
    'query.addCondition': { run: acts.addCondition },
    'query.addGroup': { run: acts.addGroup },
    'query.columns': {
      run: acts.chooseColumns,
      unavailable: () => (acts.session().run.list === null ? pdsQueryText.noResults : null),
    },
    'search.reload': { run: acts.run, unavailable: () => whyNotRun(acts.session()) },
    'record.open': { run: acts.openProduct, unavailable: row },
    'record.copyId': { run: acts.copyIdentifier, unavailable: row },
    'download.plan': {
      run: acts.planDownload,
      unavailable: () =>
        (acts.session().run.list?.loaded ?? 0) > 0 ? null : pdsQueryText.noResults,
    },
    'record.keep': {
      run: acts.keepOrRemove,
      unavailable: () =>
        row() ?? (isChosenKept(acts.session(), acts.kept) ? recordText.alreadyKept : null),
    },
    'record.remove': {
      run: acts.keepOrRemove,
      unavailable: () =>
        row() ?? (isChosenKept(acts.session(), acts.kept) ? null : recordText.notKept),
    },
    // The query's own way back first; with none left it is the library's, as everywhere.
    'library.undo': {
      run: () => {
        const { desk } = acts.session();
        return desk.canUndo ? desk.undo() : acts.kept.undo();
      },
      unavailable: () =>
        acts.session().desk.canUndo || acts.kept.canUndo ? null : pdsQueryText.nothingToUndo,
    },
    'library.redo': {
      run: () => acts.session().desk.redo(),
      unavailable: () => (acts.session().desk.canRedo ? null : pdsQueryText.nothingToRedo),
    },
  };
}
