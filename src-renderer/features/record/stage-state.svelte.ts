/**
 * Runs in the page. What the stage shows: the view on the picture, and which rendition draws it.
 * Geometry is that of the reference size throughout, so a rendition that takes over moves nothing.
 */
import type { MediaKey } from '#contract/domain.ts';
import {
  centreOn,
  fitView,
  isFit,
  isLarger,
  isUsable,
  nextStop,
  oneToOne,
  panBy,
  percentOf,
  pinch,
  rebaseView,
  resizeView,
  snapBox,
  visiblePart,
  zoomAbout,
  type Box,
  type Point,
  type Size,
  type StageFrame,
  type StageView,
} from './stage-geometry.ts';
import { StageLayers, type StageFailure, type StageLayer } from './stage-layers.svelte.ts';
import {
  liesAcross,
  pickPicture,
  referenceSize,
  unknownWidth,
  type KeySet,
  type StagePicture,
} from './stage-renditions.ts';

const nothing: Size = { width: 0, height: 0 };

const none: KeySet = { has: () => false };

const scaledTo = (size: Size, width: number): Size => ({
  width,
  height: (width * size.height) / size.width,
});

export class StageState {
  readonly #files = new StageLayers();
  #reference = $state.raw<Size>(nothing);
  /** False while the reference is only the shape of a preview. */
  #isMeasured = $state(false);
  /** While the record is still being read: its true size is that of a picture yet to come. */
  #isPreview = false;
  #stage = $state.raw<Size>(nothing);
  #pixelRatio = $state(1);
  /** Where the stage lies in the window, in CSS px: pixels are counted from there. */
  #origin = $state.raw<Point>({ x: 0, y: 0 });
  #view = $state.raw<StageView>({ scale: 1, x: 0, y: 0 });
  #chosen = $state<string | null>(null);
  /** Each file costs: nothing is fetched only to be there sooner. */
  isFrugal = false;

  readonly frame = $derived<StageFrame>({
    picture: this.#reference,
    stage: this.#stage,
    pixelRatio: this.#pixelRatio,
  });
  readonly #isDrawn = $derived(isUsable(this.#reference) && isUsable(this.#stage));
  /** What the user asked to see; null where the zoom chooses. */
  readonly #choice = $derived(
    this.#files.pictures.find(({ name }) => name === this.#chosen) ?? null,
  );

  get view(): StageView {
    return this.#view;
  }

  get layers(): readonly StageLayer[] {
    return this.#files.all;
  }

  /** The box of the picture in the stage, in CSS px, on whole pixels of the screen; null before it is known. */
  get box(): Box | null {
    return this.#isDrawn ? snapBox(this.#view, this.frame, this.#origin) : null;
  }

  /** What is drawn on top; null while nothing is. */
  get shown(): StagePicture | null {
    return this.#files.top?.picture ?? null;
  }

  /** Pixels of the file that is drawn: fewer than the rendition's where main had to reduce it. */
  get drawn(): Size | null {
    return this.#files.top?.drawn ?? null;
  }

  get coming(): StagePicture | null {
    return this.#files.coming;
  }

  get progress(): { received: number; total: number | null } | null {
    return this.#files.progress;
  }

  get isBroken(): boolean {
    return this.#files.isBroken;
  }

  /** Name of the rendition that the user chose; null where the zoom chooses. */
  get chosen(): string | null {
    return this.#choice?.name ?? null;
  }

  /** Pictures that could not be drawn, with the reason of each. */
  get failures(): ReadonlyMap<MediaKey, StageFailure> {
    return this.#files.failures;
  }

  /** The picture that should be drawn here and can't, with its reason. */
  get failure(): { picture: StagePicture; why: StageFailure } | null {
    const wanted = this.#choice ?? this.#byZoom(none);
    const why = wanted === null ? undefined : this.failures.get(wanted.key);
    return wanted === null || why === undefined ? null : { picture: wanted, why };
  }

  /** Percent of 1:1 in device pixels; null while the true size is not known. */
  get percent(): number | null {
    return this.#isDrawn && this.#isMeasured ? percentOf(this.#view, this.frame) : null;
  }

  get isFit(): boolean {
    return isFit(this.#view, this.frame);
  }

  get isOneToOne(): boolean {
    return Math.abs(this.#view.scale / oneToOne(this.frame) - 1) < 0.004;
  }

  get isLarger(): boolean {
    return this.#isDrawn && isLarger(this.#view, this.frame);
  }

  get canZoomIn(): boolean {
    return this.#isDrawn && nextStop(this.#view, this.frame, 1) !== this.#view.scale;
  }

  get canZoomOut(): boolean {
    return this.#isDrawn && nextStop(this.#view, this.frame, -1) !== this.#view.scale;
  }

  get part(): Box {
    return visiblePart(this.#view, this.frame);
  }

  /** Takes the pictures of a record, from the smallest to the largest. A new record starts fitted. */
  show(pictures: readonly StagePicture[], isSameRecord: boolean): void {
    this.#files.show(pictures, isSameRecord);
    this.#isPreview = false;
    if (!isSameRecord) {
      this.#chosen = null;
      this.#reference = nothing;
      this.#isMeasured = false;
    }
    this.#measure();
    this.#choose();
  }

  /**
   * Shows a preview alone, while the record is still being read: as large as a large picture of that shape
   * would be, so that nothing jumps when the record is there.
   */
  showPreview(preview: StagePicture): void {
    this.show([{ ...preview, size: null }], false);
    this.#isPreview = true;
    if (preview.size !== null) this.#rebase(scaledTo(preview.size, unknownWidth), false);
    this.#choose();
  }

  /** Draws this rendition whatever the zoom, and counts its pixels; with null the zoom chooses again. */
  choose(name: string | null): void {
    this.#chosen = name;
    const choice = this.#choice;
    if (choice !== null && this.failures.has(choice.key)) this.#files.forgive();
    this.#measure(true);
    this.#choose();
  }

  resize(stage: Size, pixelRatio: number, origin: Point = { x: 0, y: 0 }): void {
    const before = this.frame;
    this.#stage = stage;
    this.#pixelRatio = pixelRatio > 0 ? pixelRatio : 1;
    this.#origin = origin;
    this.#move(resizeView(this.#view, before, this.frame));
  }

  /** The browser has decoded a layer: it may be seen from now on. */
  loaded(key: MediaKey, natural: Size): void {
    const layer = this.#files.find(key);
    if (layer === null || layer.isReady) return;
    const isTurned = isUsable(this.#reference) && liesAcross(natural, this.#reference);
    // A file that lies across the previews would be drawn squeezed: the next best is taken.
    if (isTurned && this.shown !== null) {
      this.failed(key, 'turned');
      return;
    }
    let { picture } = layer;
    if (isUsable(natural) && isUnstated(picture.size, natural)) {
      picture = { ...picture, size: natural };
      this.#learn(key, natural);
    }
    this.#files.ready(layer, picture, natural);
    this.#choose();
  }

  failed(key: MediaKey, why: StageFailure = 'unknown'): void {
    this.#files.fail(key, why);
    this.#choose();
  }

  /** The reason of a failure, learnt after it. */
  explain(key: MediaKey, why: StageFailure): void {
    this.#files.explain(key, why);
  }

  received(key: MediaKey, receivedBytes: number, totalBytes: number | null): void {
    this.#files.received(key, receivedBytes, totalBytes);
  }

  /** Tries again what could not be loaded. */
  retry(): void {
    this.#files.forgive();
    this.#choose();
  }

  zoomBy(factor: number, point: Point = this.#middle()): void {
    this.#move(zoomAbout(this.#view, this.frame, point, this.#view.scale * factor));
  }

  step(direction: 1 | -1): void {
    const scale = nextStop(this.#view, this.frame, direction);
    this.#move(zoomAbout(this.#view, this.frame, this.#middle(), scale));
  }

  fit(): void {
    this.#move(fitView(this.frame));
  }

  oneToOne(point: Point = this.#middle()): void {
    this.#move(zoomAbout(this.#view, this.frame, point, oneToOne(this.frame)));
  }

  toggleFit(point?: Point): void {
    if (this.isFit) this.oneToOne(point);
    else this.fit();
  }

  panBy(dx: number, dy: number): void {
    this.#move(panBy(this.#view, this.frame, dx, dy));
  }

  centreOn(part: Point): void {
    this.#move(centreOn(this.#view, this.frame, part));
  }

  pinch(before: readonly [Point, Point], after: readonly [Point, Point]): void {
    this.#move(pinch(this.#view, this.frame, before, after));
  }

  #middle(): Point {
    return { x: this.#stage.width / 2, y: this.#stage.height / 2 };
  }

  #move(view: StageView): void {
    this.#view = view;
    this.#choose();
  }

  /** Takes the reference from the listing; where it states none, from what was decoded, or as is usual. */
  #measure(keepsPlace = this.#choice !== null): void {
    const { pictures } = this.#files;
    const target = this.#choice ?? pictures.at(-1);
    if (target === undefined) return;
    const decoded = this.#files.find(target.key)?.picture.size ?? null;
    const known = this.#choice?.size ?? referenceSize(pictures);
    if (decoded !== null && isUsable(decoded)) this.#rebase(decoded, true, keepsPlace);
    else if (target.size !== null && known !== null) this.#rebase(known, true, keepsPlace);
    else {
      const shape = known ?? (isUsable(this.#reference) ? this.#reference : null);
      if (shape !== null) this.#rebase(scaledTo(shape, target.likelyWidth), false, keepsPlace);
    }
  }

  /** A file has other pixels than the listing had: the shape is its own, and the size if it is the target. */
  #learn(key: MediaKey, natural: Size): void {
    const target = this.#choice ?? this.#files.pictures.at(-1);
    if (target?.key === key && !this.#isPreview) this.#rebase(natural, true);
    else if (!isUsable(this.#reference)) {
      const likelyWidth = this.#isPreview ? unknownWidth : target?.likelyWidth;
      this.#rebase(scaledTo(natural, likelyWidth ?? natural.width), false);
    }
  }

  /** With `keepsPlace` nothing moves on the screen; else a fitted picture is fitted again. */
  #rebase(reference: Size, isMeasured: boolean, keepsPlace = this.#choice !== null): void {
    const before = this.#reference;
    const wasFit = !isUsable(before) || (this.isFit && !keepsPlace);
    // Asked for while the size was only supposed: one pixel for one pixel is meant, not the supposition.
    const wantsOneToOne = !wasFit && isMeasured && !this.#isMeasured && this.isOneToOne;
    this.#reference = reference;
    this.#isMeasured = isMeasured;
    this.#view = wasFit ? fitView(this.frame) : rebaseView(this.#view, before, reference);
    if (wantsOneToOne) {
      this.#view = zoomAbout(this.#view, this.frame, this.#middle(), oneToOne(this.frame));
    }
  }

  #byZoom(without: KeySet): StagePicture | null {
    if (!isUsable(this.#reference)) return null;
    return pickPicture(this.#files.pictures, this.#view, this.frame, without);
  }

  /** Asks for a larger picture where the zoom wants one; a smaller one takes over only when it was chosen. */
  #choose(): void {
    if (!isUsable(this.#stage)) return;
    const unusable = this.failures;
    const { shown } = this;
    if (shown === null) {
      // Something to look at comes first: the smallest is there soonest, and mostly kept already.
      const smallest = this.#files.pictures.find(({ key }) => !unusable.has(key)) ?? null;
      const chosen = this.#choice !== null && !unusable.has(this.#choice.key) ? this.#choice : null;
      const wanted = chosen ?? this.#byZoom(unusable);
      const isSettled = this.#files.coming !== null && !unusable.has(this.#files.coming.key);
      // What is under way was asked for already: a resized window is no reason to ask for another.
      if (this.isFrugal && isSettled && chosen === null) return;
      this.#files.want(this.isFrugal ? (wanted ?? smallest) : smallest);
      return;
    }
    const choice = this.#choice;
    if (choice !== null && !unusable.has(choice.key)) {
      this.#files.want(choice);
      return;
    }
    const wanted = this.#byZoom(unusable);
    const isBetter = wanted !== null && (shown === null || wanted.likelyWidth > shown.likelyWidth);
    this.#files.want(isBetter ? wanted : null);
  }
}

/** True where a file tells more than its listing: none was given, or it has more pixels than stated. */
function isUnstated(stated: Size | null, natural: Size): boolean {
  return stated === null || natural.width > stated.width * 1.01;
}
