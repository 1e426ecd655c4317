/** Runs in the page. One download that is being planned: what it comes to, and by which wish. */
import type { ArchiveApi } from '#contract/api.ts';
import { parseRef } from '#contract/domain.ts';
import type { DownloadPlan, FileWish, PlannedFile } from '#contract/downloads.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { PlanRequest } from '../../lib/deps.ts';
import { planText, type PlanRule } from '../../i18n/plan.ts';

/** Refusals that are listed one by one. */
const mostListed = 500;

const usualWish: FileWish = {
  rendition: 'original',
  maxBytes: null,
  withCaptions: false,
  withSidecar: true,
  template: null,
};

/** Of the PDS a file without its label is of little use. */
export function ofPds({ selection }: PlanRequest): boolean {
  return (
    selection.kind === 'refs' &&
    selection.refs.some((ref) => parseRef(ref)?.archive === 'pds-registry')
  );
}

export function rulesFor(request: PlanRequest): PlanRule[] {
  const rules: PlanRule[] = ['original', 'largest', 'largest under 20 MB', 'all'];
  return ofPds(request) ? ['data + label', ...rules] : rules;
}

const messageOf = (error: unknown): string =>
  error instanceof ArchiveError ? error.message : planText.failed;

export class PlanState {
  readonly #api: ArchiveApi;
  readonly #request: PlanRequest;
  #plan = $state.raw<DownloadPlan | null>(null);
  #wish = $state.raw<FileWish>(usualWish);
  #failure = $state<string | null>(null);
  #templateMistake = $state<string | null>(null);
  #isStarting = $state(false);
  #refused = $state.raw<readonly PlannedFile[] | null>(null);
  /** The last of each plan that was told of before its answer came. */
  #told: DownloadPlan | null = null;
  #isClosed = false;
  /** Chosen before there was a plan. */
  #folder = $state<string | null>(null);
  readonly #stop: () => void;

  constructor(api: ArchiveApi, request: PlanRequest) {
    this.#api = api;
    this.#request = request;
    this.#wish = { ...usualWish, rendition: rulesFor(request)[0] ?? usualWish.rendition };
    this.#stop = api.on('planChanged', ({ plan }) => {
      this.#told = plan;
      if (plan.id === this.#plan?.id) this.#take(plan);
    });
  }

  get plan(): DownloadPlan | null {
    return this.#plan;
  }
  /** As it was chosen here; the plan follows. */
  get wish(): FileWish {
    return this.#wish;
  }
  get folder(): string | null {
    return this.#folder;
  }
  /** Why there is no plan, or it could not be started. */
  get failure(): string | null {
    return this.#failure ?? this.#plan?.problem?.message ?? null;
  }
  get templateMistake(): string | null {
    return this.#templateMistake;
  }
  get isReading(): boolean {
    return this.failure === null && (this.#plan === null || this.#plan.state === 'listing');
  }
  get isStarting(): boolean {
    return this.#isStarting;
  }
  /** What will not be fetched, one by one; null until that was asked for. */
  get refused(): readonly PlannedFile[] | null {
    return this.#refused;
  }
  get refusedCount(): number {
    return (this.#plan?.refused ?? []).reduce((sum, { count }) => sum + count, 0);
  }
  get isShortOfRoom(): boolean {
    const plan = this.#plan;
    return plan !== null && plan.freeBytes !== null && plan.bytes > plan.freeBytes;
  }

  async open(): Promise<void> {
    this.#failure = null;
    const { title, selection } = this.#request;
    const wish = this.#wish;
    const folder = this.#folder ?? undefined;
    try {
      const plan = await this.#api.plans.open({ title, selection, wish, folder });
      if (this.#isClosed) {
        await this.#api.plans.close({ id: plan.id });
        return;
      }
      this.#take(this.#told?.id === plan.id ? this.#told : plan);
      if (this.#folder !== null && this.#folder !== folder) await this.setFolder(this.#folder);
      if (wish !== this.#wish) await this.#change({ wish: this.#wish });
    } catch (error) {
      if (!isCancelled(error)) this.#failure = messageOf(error);
    }
  }

  async setWish(patch: Partial<Omit<FileWish, 'template'>>): Promise<void> {
    this.#wish = { ...this.#wish, ...patch };
    await this.#change({ wish: this.#wish });
  }

  /** Empty for the usual one. A mistake is told below its field; the plan stays as it was. */
  async setTemplate(text: string): Promise<void> {
    const template = text.trim() === '' ? null : text;
    const before = this.#wish;
    this.#wish = { ...before, template };
    const mistake = await this.#change({ wish: this.#wish });
    if (this.#wish.template !== template) return;
    this.#templateMistake = mistake;
    if (mistake === null) return;
    this.#failure = null;
    this.#wish = { ...this.#wish, template: before.template };
  }

  async setFolder(folder: string): Promise<void> {
    this.#folder = folder;
    await this.#change({ folder });
  }

  /** Null where it was taken, else what is wrong with it. */
  async #change(change: { wish?: FileWish; folder?: string }): Promise<string | null> {
    const id = this.#plan?.id;
    if (id === undefined) {
      // What could not be planned is tried again by what was mended.
      if (this.#failure !== null) await this.open();
      return null;
    }
    this.#failure = null;
    this.#refused = null;
    try {
      this.#told = null;
      const plan = await this.#api.plans.change({ id, ...change });
      this.#take(this.#told ?? plan);
      return null;
    } catch (error) {
      if (isCancelled(error)) return null;
      this.#failure = messageOf(error);
      return this.#failure;
    }
  }

  async showRefused(): Promise<void> {
    const id = this.#plan?.id;
    if (id === undefined) return;
    try {
      const page = { id, from: 0, count: mostListed, only: 'refused' } as const;
      this.#refused = (await this.#api.plans.files(page)).files;
    } catch (error) {
      this.#failure = messageOf(error);
    }
  }

  hideRefused(): void {
    this.#refused = null;
  }

  /** Makes it a group of the queue. True once that is durable. */
  async start(isPaused: boolean): Promise<boolean> {
    const id = this.#plan?.id;
    if (id === undefined || this.#isStarting) return false;
    this.#failure = null;
    this.#isStarting = true;
    try {
      this.#take(await this.#api.plans.start({ id, isPaused }));
      return true;
    } catch (error) {
      if (!isCancelled(error)) this.#failure = messageOf(error);
      return false;
    } finally {
      this.#isStarting = false;
    }
  }

  #take(plan: DownloadPlan): void {
    this.#plan = plan;
  }

  /** Ends the plan; what was started stays. */
  dispose(): void {
    this.#isClosed = true;
    this.#stop();
    const id = this.#plan?.id;
    // Nobody is left to be told of it.
    if (id !== undefined) void this.#api.plans.close({ id }).catch(() => undefined);
  }
}
