/** Runs in the page. What is drawn over a solved picture, and the place that is read off it. */
import type { Point } from '../record/stage-geometry.ts';
import type { StageState } from '../record/stage-state.svelte.ts';
import { isWithin, skyAt, toScreen, type SkySight } from './sky-grid.ts';
import { objectsOn } from './sky-marks.ts';
import { createProjection, type PlateSolution, type SkyPoint } from './sky-projection.ts';

/** The picture alone; the solution, with the picture dimmed behind it; both as bright as they are. */
export const skyModes = ['image', 'solution', 'both'] as const;
export type SkyMode = (typeof skyModes)[number];

/** One press of an arrow key moves the crosshair by this much, in CSS px; with Shift by the second. */
const steps = { one: 4, many: 40 };
/** Nearer to an edge than this, the picture moves along with the crosshair. */
const edge = 24;

export interface SkyReading {
  place: SkyPoint;
  from: 'pointer' | 'crosshair' | 'middle';
}

export class SkyView {
  readonly #stage: StageState;
  #plate = $state.raw<PlateSolution | null>(null);
  #mode = $state<SkyMode>('image');
  #pointer = $state.raw<Point | null>(null);
  /** In parts of the picture's width and height, so that it stays where it is on the sky. */
  #crosshair = $state.raw<Point | null>(null);
  hasGrid = $state(true);
  hasNames = $state(true);
  isInverted = $state(false);
  /** AstroBin's own overlay lies over the picture. */
  hasService = $state(false);

  readonly #projection = $derived(this.#plate === null ? null : createProjection(this.#plate));
  readonly objects = $derived(this.#projection === null ? [] : objectsOn(this.#projection));

  constructor(stage: StageState) {
    this.#stage = stage;
  }

  /** The plate of what is on the stage; null where it is not solved. */
  get plate(): PlateSolution | null {
    return this.#plate;
  }

  set plate(plate: PlateSolution | null) {
    const [before, after] = [JSON.stringify(this.#plate), JSON.stringify(plate)];
    if (before !== after) this.#plate = plate;
  }

  get mode(): SkyMode {
    return this.#plate === null ? 'image' : this.#mode;
  }

  set mode(mode: SkyMode) {
    this.#mode = mode;
  }

  get isDrawn(): boolean {
    return this.mode !== 'image' && this.sight !== null;
  }

  /** How the solved picture lies on the stage now; null before it is known, or where nothing was solved. */
  readonly sight = $derived.by((): SkySight | null => {
    const { box, frame } = this.#stage;
    const projection = this.#projection;
    if (projection === null || box === null) return null;
    const seen = {
      left: Math.max(0, box.x),
      top: Math.max(0, box.y),
      right: Math.min(frame.stage.width, box.x + box.width),
      bottom: Math.min(frame.stage.height, box.y + box.height),
    };
    const scale = box.width / projection.plate.width;
    return { projection, scale, x: box.x, y: box.y, seen, stage: frame.stage };
  });

  /** On the stage, in CSS px; null where there is none, or it is out of sight. */
  get crosshair(): Point | null {
    const { sight } = this;
    if (sight === null || this.#crosshair === null) return null;
    const { width, height } = sight.projection.plate;
    const at = { x: this.#crosshair.x * width, y: this.#crosshair.y * height };
    const point = toScreen(sight, at);
    return isWithin(point, sight.seen, 1) ? point : null;
  }

  get hasCrosshair(): boolean {
    return this.#crosshair !== null;
  }

  /** The place under the pointer, else at the crosshair, else in the middle of the picture. */
  get reading(): SkyReading | null {
    const { sight, crosshair } = this;
    if (sight === null) return null;
    const pointer = this.#pointer;
    if (pointer !== null && isWithin(pointer, sight.seen)) {
      return { place: skyAt(sight, pointer), from: 'pointer' };
    }
    if (crosshair !== null) return { place: skyAt(sight, crosshair), from: 'crosshair' };
    const { ra, dec } = sight.projection.plate;
    return { place: { ra, dec }, from: 'middle' };
  }

  /** A new picture: nothing that was read off the old one stays. */
  clear(): void {
    this.#plate = null;
    this.#crosshair = null;
    this.#pointer = null;
    this.hasService = false;
  }

  point(at: Point | null): void {
    this.#pointer = at;
  }

  /** Puts the crosshair there, as far as the picture goes; with null it is taken away. */
  place(at: Point | null): void {
    const { sight } = this;
    if (at === null || sight === null) {
      this.#crosshair = null;
      return;
    }
    const { width, height } = sight.projection.plate;
    const part = (from: number, to: number, length: number): number =>
      Math.min(1, Math.max(0, (from - to) / sight.scale / length));
    this.#crosshair = { x: part(at.x, sight.x, width), y: part(at.y, sight.y, height) };
  }

  /** In the middle of what is in sight. */
  placeInMiddle(): void {
    const { sight } = this;
    if (sight === null) return;
    const { left, top, right, bottom } = sight.seen;
    this.place({ x: (left + right) / 2, y: (top + bottom) / 2 });
  }

  /** Moves the crosshair, and the picture under it where it comes to an edge of the stage. */
  move(way: Point, isFar: boolean): void {
    const from = this.crosshair;
    if (from === null) {
      this.placeInMiddle();
      return;
    }
    const step = isFar ? steps.many : steps.one;
    this.place({ x: from.x + way.x * step, y: from.y + way.y * step });
    const { stage } = this.#stage.frame;
    const to = this.#onStage();
    if (to === null) return;
    const over = (at: number, length: number): number =>
      at < edge ? edge - at : at > length - edge ? length - edge - at : 0;
    const [dx, dy] = [over(to.x, stage.width), over(to.y, stage.height)];
    if (dx !== 0 || dy !== 0) this.#stage.panBy(dx, dy);
  }

  /** Where the crosshair is, in sight or not. */
  #onStage(): Point | null {
    const { sight } = this;
    if (sight === null || this.#crosshair === null) return null;
    const { width, height } = sight.projection.plate;
    return toScreen(sight, { x: this.#crosshair.x * width, y: this.#crosshair.y * height });
  }
}
