/** Runs in the page. What can be done with an image of AstroBin, for its buttons and for the commands alike. */
import type { CommandId } from '#contract/commands.ts';
import { astrobinImageText as words, skyText } from '../../i18n/astrobin-image.ts';
import { recordText } from '../../i18n/record.ts';
import type { AppDeps, CommandHandler } from '../../lib/deps.ts';
import { formatDec, formatPlace, formatRa } from '../sky/sky-format.ts';
import { skyModes, type SkyMode } from '../sky/sky-view.svelte.ts';
import type { AstrobinImageState, ChartId } from './image-state.svelte.ts';

type Handlers = Partial<Record<CommandId, CommandHandler>>;

export interface ImageActsOptions {
  deps: Pick<AppDeps, 'api' | 'frame' | 'notices'>;
  state: AstrobinImageState;
  /** The crosshair was put on the picture: it is to have the keyboard. */
  focusCrosshair: () => void;
}

/** The coordinates of what is solved, as they are copied; null where there are none. */
export function centreOf(solution: AstrobinImageState['solution']): string | null {
  if (solution === null || solution.ra === null || solution.dec === null) return null;
  return `${formatRa(solution.ra, 2)} ${formatDec(solution.dec, 1)}`;
}

export class ImageActs {
  readonly #options: ImageActsOptions;

  constructor(options: ImageActsOptions) {
    this.#options = options;
  }

  async copyPlace(): Promise<void> {
    const { reading } = this.#options.state.sky;
    if (reading !== null) await this.#copy(formatPlace(reading.place));
  }

  /** The handlers to offer while the image is on the stage. */
  handlers(): Handlers {
    return { ...this.#modes(), ...this.#switches(), ...this.#copies(), ...this.#parts() };
  }

  #modes(): Handlers {
    const { sky } = this.#options.state;
    const to = (mode: () => SkyMode): CommandHandler => ({
      run: () => void (sky.mode = mode()),
      unavailable: () => this.#whyUnsolved(),
    });
    const next = (): SkyMode =>
      skyModes[(skyModes.indexOf(sky.mode) + 1) % skyModes.length] ?? 'image';
    return {
      'sky.mode': to(next),
      'sky.image': to(() => 'image'),
      'sky.solution': to(() => 'solution'),
      'sky.both': to(() => 'both'),
    };
  }

  #switches(): Handlers {
    const { state } = this.#options;
    const { sky } = state;
    const unavailable = (): string | null => this.#whyUnsolved();
    return {
      'sky.grid': {
        run: () => void (sky.hasGrid = this.#isShownBy(sky.hasGrid)),
        unavailable,
      },
      'sky.names': {
        run: () => void (sky.hasNames = this.#isShownBy(sky.hasNames)),
        unavailable,
      },
      'sky.invert': { run: () => void (sky.isInverted = !sky.isInverted) },
      'sky.crosshair': { run: () => this.#toggleCrosshair(), unavailable },
      'sky.service': {
        run: () => void (sky.hasService = this.#isShownBy(sky.hasService)),
        unavailable: () => this.#whyUnsolved() ?? (state.overlay === null ? words.noOverlay : null),
      },
    };
  }

  #copies(): Handlers {
    const { state } = this.#options;
    return {
      'sky.copyPlace': {
        run: () => this.copyPlace(),
        unavailable: () => this.#whyUnsolved(),
      },
      'sky.copyCentre': {
        run: async () => {
          const centre = centreOf(state.solution);
          if (centre !== null) await this.#copy(centre);
        },
        unavailable: () =>
          this.#whyUnread() ?? (centreOf(state.solution) === null ? words.noCentre : null),
      },
    };
  }

  /** What stands in the inspector: it is opened for it. */
  #parts(): Handlers {
    const { state } = this.#options;
    return {
      'sky.histogram': this.#chart('histogram', words.noHistogram),
      'sky.skyPlot': this.#chart('skyPlot', words.noSkyPlot),
      'sky.places': {
        run: async () => {
          this.#leadTo('places');
          if (state.places.kind !== 'ready') await state.showPlaces();
        },
        unavailable: () =>
          this.#whyUnread() ?? (state.image?.locations.length === 0 ? words.noPlaces : null),
      },
      'sky.revisions': {
        run: async () => {
          this.#leadTo('revisions');
          if (state.revisions.kind !== 'ready') await state.showRevisions();
        },
        unavailable: () => this.#whyNoRevisions(),
      },
      'sky.laterRevision': this.#step(1, words.isLastRevision),
      'sky.earlierRevision': this.#step(-1, words.isFirstRevision),
    };
  }

  #chart(id: ChartId, none: string): CommandHandler {
    const { state } = this.#options;
    return {
      run: () => {
        const key = state.chartOf(id);
        if (key === null) return;
        state.wantChart(key);
        this.#leadTo(id);
      },
      unavailable: () => this.#whyUnread() ?? (state.chartOf(id) === null ? none : null),
    };
  }

  #step(way: 1 | -1, atEnd: string): CommandHandler {
    const { state } = this.#options;
    return {
      run: () => {
        const next = state.beside(way);
        if (next !== null) state.chooseRow(next.label);
      },
      unavailable: () =>
        this.#whyNoRevisions() ??
        (state.revisions.kind === 'ready'
          ? state.beside(way) === null
            ? atEnd
            : null
          : words.revisionsNotAsked),
    };
  }

  /** What is switched on where the picture is alone is drawn over it at once; else it changes. */
  #isShownBy(isOn: boolean): boolean {
    const { sky } = this.#options.state;
    if (sky.mode !== 'image') return !isOn;
    sky.mode = 'both';
    return true;
  }

  #toggleCrosshair(): void {
    const { sky } = this.#options.state;
    if (sky.hasCrosshair) sky.place(null);
    else {
      sky.placeInMiddle();
      this.#options.focusCrosshair();
    }
  }

  #leadTo(part: NonNullable<AstrobinImageState['sought']>): void {
    this.#options.deps.frame.inspectorOpen = true;
    this.#options.state.sought = part;
  }

  #whyUnread(): string | null {
    return this.#options.state.image === null ? recordText.loadingReason : null;
  }

  #whyUnsolved(): string | null {
    return this.#whyUnread() ?? (this.#options.state.sky.plate === null ? words.noSolution : null);
  }

  #whyNoRevisions(): string | null {
    const { image } = this.#options.state;
    return this.#whyUnread() ?? (image?.revisions.length === 0 ? words.noRevisions : null);
  }

  async #copy(text: string): Promise<void> {
    const { api, notices } = this.#options.deps;
    try {
      await api.app.copyText({ text });
      notices.show({ text: skyText.copied, topic: 'sky-copied' });
    } catch (error) {
      notices.showError(error);
    }
  }
}
