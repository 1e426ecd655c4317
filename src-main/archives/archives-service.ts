/**
 * Runs in plain Node. Which archives are asked (the live ones, or the sample archive in their place) and how
 * they answer. May import the contract and http.
 */
import type { DayBudget } from '#contract/day-budget.ts';
import type { ArchiveId, ArchiveStatus, Settings } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { Clock } from '../http/clock.ts';
import type { Governor } from '../http/governor.ts';
import type { Lane } from '../http/http-client.ts';

/** A running sample archive. */
export interface RunningSample {
  nasaImagesApi: string;
  pdsApi: string;
  astrobinApi: string;
  close(): Promise<void>;
}

type AddressSetting = 'nasaImagesApi' | 'pdsApi' | 'astrobinApi';

const asked: readonly { archive: ArchiveId; lane: Lane; setting: AddressSetting }[] = [
  { archive: 'nasa-images', lane: 'nasa-api', setting: 'nasaImagesApi' },
  { archive: 'pds-registry', lane: 'pds-api', setting: 'pdsApi' },
  { archive: 'astrobin', lane: 'astrobin', setting: 'astrobinApi' },
];

type AskedArchive = (typeof asked)[number];

export interface ArchivesDeps {
  settings(): Settings;
  /** Addresses that take the place of the live ones, from the environment. */
  overrides: Readonly<Record<ArchiveId, string | null>>;
  startSample(size: number): Promise<RunningSample>;
  /** One cheap request to an archive: what its answers are written in. Rejects when it does not answer. */
  probe(archive: ArchiveId, signal: AbortSignal): Promise<string | null>;
  /** What is left for today of an archive that counts; null for the others. */
  budgetOf(archive: ArchiveId): DayBudget | null;
  clock: Pick<Clock, 'after'>;
  emit(name: 'archiveStatusChanged', payload: { status: ArchiveStatus }): void;
}

export interface ArchivesService {
  /** Base address of the archive behind a lane, as configured now. */
  baseOf(lane: Lane): URL;
  /** Resolves when the archives may be asked: at once for live ones, when it is up for the sample archive. */
  ready(): Promise<void>;
  statuses(): ArchiveStatus[];
  /** Asks now, past any pause of ours, and reports. */
  check(signal: AbortSignal): Promise<ArchiveStatus[]>;
  /** Follows a change of settings; a sample archive that is no longer wanted is closed. */
  settingsChanged(before: Settings, after: Settings): Promise<void>;
  /** Tells how an archive is, though its state is the same: what is left for today has changed. */
  tell(archive: ArchiveId): void;
  /** A request begins to wait for its turn, or waits no more. */
  noteWaiting(lane: Lane, by: 1 | -1): void;
  /** Starts telling changes of state. */
  watch(governor: Governor): void;
  dispose(): Promise<void>;
}

/** Address that stands in until the sample archive has its port; nothing listens there. */
const notYet = new URL('http://127.0.0.1:9/');

/** Requests that wait for their turn, as they are and as they were told last. */
interface Line {
  count: number;
  told: number;
  callOff: (() => void) | null;
}

/** Least time between two words about those that wait. */
const lineQuietMs = 500;

interface Sample {
  size: number;
  starting: Promise<RunningSample>;
  running: RunningSample | null;
}

function archiveOf(lane: Lane): ArchiveId {
  if (lane === 'astrobin') return 'astrobin';
  return lane.startsWith('pds') ? 'pds-registry' : 'nasa-images';
}

class Archives implements ArchivesService {
  readonly #deps: ArchivesDeps;
  #governor: Governor | null = null;
  #sample: Sample | null = null;
  readonly #waiting = new Map<ArchiveId, Line>();

  constructor(deps: ArchivesDeps) {
    this.#deps = deps;
  }

  baseOf(lane: Lane): URL {
    const archive = asked.find((one) => one.archive === archiveOf(lane));
    if (archive === undefined) throw new TypeError(`no archive behind ${lane}`);
    return this.#addressOf(archive);
  }

  async ready(): Promise<void> {
    const { archiveMode, sampleSize } = this.#deps.settings();
    if (archiveMode !== 'sample') return;
    if (this.#sample !== null && this.#sample.size !== sampleSize) await this.#closeSample();
    this.#sample ??= this.#startSample(sampleSize);
    await this.#sample.starting;
  }

  statuses(): ArchiveStatus[] {
    return asked.map((one) => this.#statusOf(one));
  }

  async check(signal: AbortSignal): Promise<ArchiveStatus[]> {
    await this.ready();
    return Promise.all(
      asked.map(async (one) => {
        this.#governor?.tryNow(one.lane);
        const checked = await this.#probe(one, signal);
        return { ...this.#statusOf(one), checked };
      }),
    );
  }

  #statusOf(one: AskedArchive): ArchiveStatus {
    const lane = this.#governor?.status(one.lane) ?? null;
    return {
      archive: one.archive,
      mode: this.#deps.settings().archiveMode,
      address: this.#addressOf(one).href.replace(/\/$/, ''),
      state: lane?.state ?? 'unknown',
      resumesAtMs: lane?.resumesAtMs ?? null,
      lastSuccessAtMs: lane?.lastSuccessAtMs ?? null,
      waiting: this.#waiting.get(one.archive)?.told ?? 0,
      budget: this.#deps.budgetOf(one.archive),
    };
  }

  noteWaiting(lane: Lane, by: 1 | -1): void {
    const archive = archiveOf(lane);
    const line = this.#waiting.get(archive) ?? { count: 0, told: 0, callOff: null };
    this.#waiting.set(archive, line);
    line.count += by;
    // Most requests wait for no time that anyone would notice.
    if (line.count === line.told || line.callOff !== null) return;
    line.callOff = this.#deps.clock.after(lineQuietMs, () => {
      line.callOff = null;
      if (line.count === line.told) return;
      line.told = line.count;
      this.tell(archive);
    });
  }

  async #probe(
    { archive }: AskedArchive,
    signal: AbortSignal,
  ): Promise<NonNullable<ArchiveStatus['checked']>> {
    const startedMs = performance.now();
    try {
      const dialect = await this.#deps.probe(archive, signal);
      return { latencyMs: Math.round(performance.now() - startedMs), dialect, problem: null };
    } catch (error) {
      // A cancelled check tells nothing; any other failure is what it found.
      if (!(error instanceof ArchiveError) || error.code === 'cancelled') throw error;
      return { latencyMs: null, dialect: null, problem: error.toWire() };
    }
  }

  async settingsChanged(before: Settings, after: Settings): Promise<void> {
    const isAddressNew =
      before.archiveMode !== after.archiveMode ||
      asked.some(({ setting }) => before[setting] !== after[setting]);
    if (after.archiveMode !== 'sample') await this.#closeSample();
    else await this.ready();
    const isBudgetNew = before.astrobinPerDay !== after.astrobinPerDay;
    if (isAddressNew || isBudgetNew) this.#tell();
  }

  watch(governor: Governor): void {
    this.#governor = governor;
    governor.onChange((lane) => {
      const changed = asked.find((one) => one.lane === lane);
      if (changed !== undefined) this.#tellOf(changed);
    });
  }

  tell(archive: ArchiveId): void {
    for (const one of asked) if (one.archive === archive) this.#tellOf(one);
  }

  async dispose(): Promise<void> {
    for (const { callOff } of this.#waiting.values()) callOff?.();
    await this.#closeSample();
  }

  #addressOf({ archive, setting }: AskedArchive): URL {
    const settings = this.#deps.settings();
    if (settings.archiveMode !== 'sample') {
      return new URL(this.#deps.overrides[archive] ?? settings[setting]);
    }
    const address = this.#sample?.running?.[setting];
    return address === undefined ? notYet : new URL(address);
  }

  #startSample(size: number): Sample {
    const sample: Sample = {
      size,
      starting: this.#deps.startSample(size),
      running: null,
    };
    sample.starting.then(
      (running) => {
        sample.running = running;
      },
      () => {
        // The next call tries again; this one's caller hears the error from `starting`.
        if (this.#sample === sample) this.#sample = null;
      },
    );
    return sample;
  }

  async #closeSample(): Promise<void> {
    const sample = this.#sample;
    this.#sample = null;
    await sample?.starting.then(
      (running) => running.close(),
      () => undefined,
    );
  }

  #tell(): void {
    for (const one of asked) this.#tellOf(one);
  }

  #tellOf(one: AskedArchive): void {
    this.#deps.emit('archiveStatusChanged', { status: this.#statusOf(one) });
  }
}

export function createArchives(deps: ArchivesDeps): ArchivesService {
  return new Archives(deps);
}
