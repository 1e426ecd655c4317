/** Runs in plain Node. `almagest queue list|resume|pause|cancel|retry|clear [ID …]`: the durable queue. */
import type { DownloadItem } from '#contract/domain.ts';
import type { DownloadTarget } from '#contract/downloads.ts';
import { nearest, UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { plain } from '../output.ts';

const help = `almagest queue list|resume|pause|cancel|retry|clear [ID …]

  list     every download with its group, state and progress
  pause    what is under way stops and keeps what has arrived; nothing starts until it is resumed
  resume   goes on, and works on the queue until it has ended, unless a window or another command does
  cancel   stops and removes what had arrived
  retry    tries again what failed, was cancelled or set aside, and works on it
  clear    takes what has ended off the list; files stay on disk
Without ID for all; ID is that of a download or of a group.

--json   {"items":[…]}: {"id":"…","group":"…","ref":"…","rendition":"…","url":"…","path":"…"|null,"state":"…",
         "receivedBytes":n,"totalBytes":n|null,"error":{…}|null}
Exit code: 0; after resume and retry 3 when something failed; 4 for an ID that is not in the list.`;

const verbs = {
  pause: 'pause',
  resume: 'resume',
  cancel: 'cancel',
  retry: 'retry',
  clear: 'remove',
} as const;
const rowsAtOnce = 500;
const lookEveryMs = 500;

async function* itemsOf({ api }: CommandRun): AsyncGenerator<DownloadItem> {
  const { numbers } = await api.downloads.index({ filter: 'all' });
  for (let at = 0; at < numbers.length; at += rowsAtOnce) {
    const some = [...numbers.subarray(at, at + rowsAtOnce)];
    for (const { item } of (await api.downloads.rows({ numbers: some })).rows) yield item;
  }
}

function publicItem(item: DownloadItem) {
  const { id, group, ref, rendition, url, path, state, receivedBytes, totalBytes, error } = item;
  return { id, group, ref, rendition, url, path, state, receivedBytes, totalBytes, error };
}

async function list(run: CommandRun): Promise<void> {
  const { output } = run;
  const items: ReturnType<typeof publicItem>[] = [];
  for await (const item of itemsOf(run)) {
    if (output.format === 'json') items.push(publicItem(item));
    else if (output.format === 'ndjson') await output.value(publicItem(item));
    else {
      const bytes = `${item.receivedBytes}/${item.totalBytes ?? '?'}`;
      const words = [
        item.id,
        item.state,
        bytes,
        item.ref,
        item.rendition,
        item.path ?? item.fileName,
      ];
      await output.line(words.map(plain).join('\t'));
    }
  }
  if (output.format === 'json') await output.value({ items });
}

async function targetsOf(run: CommandRun, ids: readonly string[]): Promise<DownloadTarget[]> {
  if (ids.length === 0) return [{ kind: 'all' }];
  const { groups } = await run.api.downloads.queue();
  const isGroup = (id: string): boolean => groups.some((group) => group.id === id);
  const single = ids.filter((id) => !isGroup(id));
  return [
    ...ids.filter(isGroup).map((id) => ({ kind: 'group', id }) as const),
    ...(single.length === 0 ? [] : [{ kind: 'items', ids: single } as const]),
  ];
}

/** Resolves once nothing is on its way any more. */
async function untilEnded({ api, output, signal }: CommandRun): Promise<number> {
  for (;;) {
    const { groups } = await api.downloads.queue();
    const running = groups.filter(({ isPaused }) => !isPaused);
    const count = (state: DownloadItem['state']): number =>
      running.reduce((sum, { tallies }) => sum + (tallies[state]?.files ?? 0), 0);
    const open = count('queued') + count('active') + count('waiting');
    output.progress(`${open} files to go, ${count('active')} under way, ${count('done')} done`);
    if (open === 0) return count('failed') + count('quarantined');
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, lookEveryMs);
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      };
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}

async function run(run: CommandRun): Promise<ExitCode> {
  const [act = 'list', ...ids] = run.words;
  const [option] = run.options;
  if (option !== undefined) throw new UsageError(`queue has no option --${option.name}.`);
  let failed = 0;
  if (act !== 'list') {
    if (!Object.hasOwn(verbs, act)) {
      const near = nearest(act, ['list', ...Object.keys(verbs)]);
      const hint = near === null ? '' : ` Did you mean ${near}?`;
      throw new UsageError(`queue has no act “${act}”.${hint}`);
    }
    const verb = verbs[act as keyof typeof verbs];
    for (const target of await targetsOf(run, ids)) {
      await run.api.downloads.command({ verb, target }, { signal: run.signal });
    }
    if (verb === 'resume' || verb === 'retry') failed = await untilEnded(run);
  }
  await list(run);
  return failed === 0 ? exitCodes.complete : exitCodes.partial;
}

export const queueCommand: Command = {
  name: 'queue',
  summary: 'the durable queue of downloads',
  help,
  run,
};
