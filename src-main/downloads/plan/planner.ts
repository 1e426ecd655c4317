/**
 * Runs in plain Node. Plans of downloads: which files a selection means, what they are called, how much they are, what
 * is there already and what is refused, before a byte is fetched. A plan that is started becomes a group of the queue;
 * it is acknowledged once all its rows are durable, and leaves nothing behind when its process ends before that.
 */
import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import type { DownloadPlan, ExportFormat, FileWish, PlannedFile } from '#contract/downloads.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import { defaultTemplate, parseTemplate } from '../names/template.ts';
import { parseRule } from '../renditions/rendition-rule.ts';
import { OpenPlan, type PlanSource } from './open-plan.ts';
import type { ExportResult } from '../exports/write-export.ts';
import type { FileRule } from './plan-files.ts';
import type { PlannerDeps } from './planner-deps.ts';

export interface PlanRequest {
  title: string;
  folder: string;
  wish: FileWish;
  source: PlanSource;
}

export interface Planner {
  /** Begins to read the records. Throws 'invalid-arguments' for a rule, template or folder that is none. */
  open(request: PlanRequest): DownloadPlan;
  get(id: string): DownloadPlan;
  /** The same records by another wish, or into another folder. */
  change(id: string, change: { wish?: FileWish; folder?: string }): DownloadPlan;
  /** Its files, from a position on; `refused` gives what is left out, and why. */
  files(id: string, from: number, count: number, only: 'all' | 'refused'): PlannedFile[];
  /** Resolves when the records are read and the files chosen, or that failed. */
  ready(id: string, signal: AbortSignal): Promise<DownloadPlan>;
  /** Makes it a group of the queue; durable when it resolves. */
  start(id: string, options: { isPaused: boolean }, signal: AbortSignal): Promise<DownloadPlan>;
  /** Writes it as the list of another tool; never over what is there. */
  export(id: string, format: ExportFormat, out: string, signal: AbortSignal): Promise<ExportResult>;
  /** Ends it; what was started stays. */
  close(id: string): Promise<void>;
  dispose(): Promise<void>;
}

export function createPlanner(deps: PlannerDeps): Planner {
  const plans = new Map<string, OpenPlan>();
  void deps.store
    .dropOthers((id) => plans.has(id))
    .catch((error: unknown) => deps.log('old plans', { error: String(error) }));

  const plan = (id: string): OpenPlan => {
    const found = plans.get(id);
    if (found !== undefined) return found;
    throw new ArchiveError({
      code: 'not-found',
      message: 'This plan is closed. Nothing was started. Choose the records again.',
      retryable: false,
    });
  };

  return {
    open({ title, folder, wish, source }) {
      const rule = toRule(title, wish, deps.template());
      assertFolder(folder);
      const opened = new OpenPlan({ id: randomUUID(), folder, rule, source }, deps);
      plans.set(opened.id, opened);
      opened.begin();
      return opened.view();
    },
    get: (id) => plan(id).view(),
    change(id, { wish, folder }) {
      const found = plan(id);
      const { rule } = found;
      if (folder !== undefined) assertFolder(folder);
      found.change(
        wish === undefined ? rule : toRule(rule.title, wish, deps.template()),
        folder ?? found.folder,
      );
      return found.view();
    },
    files: (id, from, count, only) => plan(id).page(from, count, only),
    async ready(id, signal) {
      const found = plan(id);
      await found.settled(signal);
      return found.view();
    },
    async start(id, options, signal) {
      const found = plan(id);
      await found.start(options, signal);
      return found.view();
    },
    export: async (id, format, out, signal) => plan(id).export(format, out, signal),
    async close(id) {
      const found = plans.get(id);
      plans.delete(id);
      await found?.close();
    },
    async dispose() {
      const all = [...plans.values()];
      plans.clear();
      await Promise.allSettled(all.map((one) => one.close()));
    },
  };
}

const mistake = (message: string): ArchiveError =>
  new ArchiveError({ code: 'invalid-arguments', message, retryable: false } satisfies WireError);

/** Reads what the user wrote. Throws with where and why it cannot be read. */
function toRule(title: string, wish: FileWish, usual: string): FileRule {
  const rule = parseRule(wish.rendition);
  if (!rule.ok) throw mistake(`${rule.message} Nothing was planned.`);
  const text = wish.template ?? usual;
  const template = parseTemplate(text === '' ? defaultTemplate : text);
  if (!template.ok) {
    const at = String(template.position + 1);
    throw mistake(`The name template is wrong at character ${at}: ${template.message}`);
  }
  return { rule: rule.rule, template: template.template, wish, title };
}

function assertFolder(folder: string): void {
  if (isAbsolute(folder)) return;
  throw mistake('No folder is set for these files. Nothing was planned. Choose one.');
}
