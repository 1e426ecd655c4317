/** Runs in the page. What "go to" shows: where the text leads, what is kept of that, and where one was before. */
import { SvelteMap } from 'svelte/reactivity';
import type { ArchiveApi } from '#contract/api.ts';
import type {
  ArchiveId,
  RecordCard,
  RecordDetail,
  RecordRef,
  Resolution,
} from '#contract/domain.ts';
import { parseRef } from '#contract/domain.ts';
import type { DownloadsState, Navigation, Notices, Route } from '../../lib/deps.ts';
import { plainWords } from '../../lib/plain-words.ts';
import { routeOfRecord } from '../../lib/record-route.ts';
import { renditionToSave } from '../record/record-fields.ts';
import { offersOf, type Offer } from './offers.ts';
import { saveOutlook, type SaveOutlook } from './save-outlook.ts';
import { goToText } from '../../i18n/go-to.ts';

const mostRecent = 5;

export interface GoToDeps {
  api: ArchiveApi;
  navigation: Navigation;
  /** Routes that were visited, the latest first. */
  visited: () => readonly Route[];
  here: () => ArchiveId;
  downloads: DownloadsState;
  notices: Notices;
}

/** The record or product that a route shows. */
function refOf(route: Route): RecordRef | null {
  if (route.view === 'record' || route.view === 'pds-label') return route.ref;
  return route.view === 'pds' ? (route.at ?? null) : null;
}

export class GoToState {
  readonly #deps: GoToDeps;
  #text = $state('');
  #offers = $state.raw<readonly Offer[]>([]);
  #reason = $state<string | null>(null);
  #active = $state(0);
  readonly #details = new SvelteMap<RecordRef, RecordDetail>();
  #turn = 0;
  readonly #recent: readonly Offer[];

  constructor(deps: GoToDeps) {
    this.#deps = deps;
    const refs = deps.visited().flatMap((route) => refOf(route) ?? []);
    this.#recent = refs
      .filter((ref, at) => refs.indexOf(ref) === at)
      .slice(0, mostRecent)
      .flatMap((ref): Offer[] => {
        const named = parseRef(ref);
        if (named === null) return [];
        const { archive, id } = named;
        const route = routeOfRecord(ref, null);
        return [
          { key: `recent ${ref}`, archive, route, ref, title: id, note: goToText.record(archive) },
        ];
      });
    for (const { ref } of this.#recent) void this.#learn(ref);
  }

  get text(): string {
    return this.#text;
  }

  /** Where the text leads. */
  get offers(): readonly Offer[] {
    return this.#offers;
  }

  /** Records and products that were looked at before, while nothing is typed. */
  get recent(): readonly Offer[] {
    return this.#text.trim() === '' ? this.#recent : [];
  }

  get all(): readonly Offer[] {
    return [...this.#offers, ...this.recent];
  }

  get current(): Offer | null {
    return this.all[Math.min(this.#active, this.all.length - 1)] ?? null;
  }

  /** Why the text leads nowhere. */
  get reason(): string | null {
    return this.#reason;
  }

  cardOf({ ref }: Offer): RecordCard | null {
    return ref === null ? null : (this.#details.get(ref)?.card ?? null);
  }

  async type(text: string): Promise<void> {
    this.#text = text;
    this.#active = 0;
    const turn = ++this.#turn;
    const trimmed = plainWords(text).slice(0, 2000);
    if (trimmed === '') {
      this.#offers = [];
      this.#reason = null;
      return;
    }
    const resolution: Resolution = await this.#deps.api.records.resolve({ text: trimmed });
    if (turn !== this.#turn) return;
    this.#offers = offersOf(trimmed, resolution, this.#deps.here());
    this.#reason = this.#offers.length === 0 ? resolution.reason : null;
    for (const { ref } of this.#offers) void this.#learn(ref);
  }

  choose(index: number): void {
    this.#active = Math.max(0, Math.min(index, this.all.length - 1));
  }

  move(by: 1 | -1): void {
    const { length } = this.all;
    if (length > 0) this.#active = (Math.min(this.#active, length - 1) + by + length) % length;
  }

  /** False where there is nothing to open. */
  open(offer: Offer | null): boolean {
    if (offer === null) return false;
    this.#deps.navigation.go(offer.route);
    return true;
  }

  /** What opening and downloading would save of the chosen row; null where it leads to no record. */
  get outlook(): SaveOutlook | null {
    const ref = this.current?.ref ?? null;
    if (ref === null) return null;
    return saveOutlook(ref, this.#details.get(ref) ?? null, (name) =>
      this.#deps.downloads.of(ref, name),
    );
  }

  /** Opens the chosen record and saves its original, or its largest file; false where there is no record. */
  openAndSave(): boolean {
    const { current, outlook } = this;
    if (current === null || current.ref === null || outlook === null) return false;
    this.#deps.navigation.go(current.route);
    if (outlook.isSaved) void this.#save(current, current.ref);
    return true;
  }

  /** Once its files are known it is a row of the downloads, which says for itself how it goes on. */
  async #save(offer: Offer, ref: RecordRef): Promise<void> {
    const { api, downloads, notices } = this.#deps;
    const title = this.cardOf(offer)?.record.title ?? offer.title;
    try {
      const { renditions } = await api.records.get({ ref });
      const rendition = renditionToSave(renditions);
      if (rendition === null) notices.show({ text: goToText.savesNothing });
      else await downloads.save(ref, rendition.name);
    } catch (error) {
      notices.showError(error, goToText.notSaved(title));
    }
  }

  /** What is kept of a record, at once; nobody is asked. */
  async #learn(ref: RecordRef | null): Promise<void> {
    if (ref === null || this.#details.has(ref)) return;
    const kept = await this.#deps.api.records.cached({ ref }).catch(() => null);
    if (kept !== null && kept.detail !== null) this.#details.set(ref, kept.detail);
  }
}
