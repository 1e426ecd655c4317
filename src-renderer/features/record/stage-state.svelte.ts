/**
 * Runs in the page. What the stage shows: the view on the picture, and which rendition draws it.
 * Geometry is that of the reference size throughout, so a rendition that takes over moves nothing.
 */
import { SvelteSet } from 'svelte/reactivity';
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
  visiblePart,
  zoomAbout,
  type Point,
  type Size,
  type StageFrame,
  type StageView,
} from './stage-geometry.ts';
import {
  liesAcross,
  pickPicture,
  referenceSize,
  unknownWidth,
  type StagePicture,
} from './stage-renditions.ts';

const nothing: Size = { width: 0, height: 0 };

const scaledTo = (size: Size, width: number): Size => ({
  width,
  height: (width * size.height) / size.width,
});

/** One picture in the stage. A layer that is not ready lies invisible over those that are. */
export interface StageLayer {
  picture: StagePicture;
  isReady: boolean;
}

export class StageState {
  #pictures = $state.raw<readonly StagePicture[]>([]);
  #reference = $state.raw<Size>(nothing);
  /** False while the reference is only the shape of a preview. */
  #isMeasured = $state(false);
  /** While the record is still being read: its true size is that of a picture yet to come. */
  #isPreview = false;
  #stage = $state.raw<Size>(nothing);
  #pixelRatio = $state(1);
  #view = $state.raw<StageView>({ scale: 1, x: 0, y: 0 });
  #layers = $state.raw<readonly StageLayer[]>([]);
  readonly #unusable = new SvelteSet<MediaKey>();

  readonly frame = $derived<StageFrame>({
    picture: this.#reference,
    stage: this.#stage,
    pixelRatio: this.#pixelRatio,
  });
  readonly #isDrawn = $derived(isUsable(this.#reference) && isUsable(this.#stage));

  get view(): StageView {
    return this.#view;
  }

  get layers(): readonly StageLayer[] {
    return this.#layers;
  }

  /** The box of the picture in the stage, in CSS px; null before anything is known. */
  get box(): { x: number; y: number; width: number; height: number } | null {
    if (!this.#isDrawn) return null;
    const { scale, x, y } = this.#view;
    return { x, y, width: this.#reference.width * scale, height: this.#reference.height * scale };
  }

  /** What is drawn on top; null while nothing is. */
  get shown(): StagePicture | null {
    return this.#layers.findLast((layer) => layer.isReady)?.picture ?? null;
  }

  /** What is on its way to be drawn. */
  get coming(): StagePicture | null {
    const top = this.#layers.at(-1);
    return top === undefined || top.isReady ? null : top.picture;
  }

  /** True once every picture that there is was tried in vain. */
  get isBroken(): boolean {
    return this.#pictures.length > 0 && this.#pictures.every(({ key }) => this.#unusable.has(key));
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

  get part(): { x: number; y: number; width: number; height: number } {
    return visiblePart(this.#view, this.frame);
  }

  /** Takes the pictures of a record, from the smallest to the largest. A new record starts fitted. */
  show(pictures: readonly StagePicture[], isSameRecord: boolean): void {
    this.#pictures = pictures;
    this.#isPreview = false;
    if (!isSameRecord) {
      this.#layers = [];
      this.#unusable.clear();
      this.#reference = nothing;
      this.#isMeasured = false;
    }
    const largest = pictures.at(-1);
    if (largest !== undefined) this.#measure(pictures, largest);
    this.#choose();
  }

  /** Takes the reference from the listing; where it states none, from what was decoded, or as is usual. */
  #measure(pictures: readonly StagePicture[], largest: StagePicture): void {
    const decoded = this.#layers.find(({ picture }) => picture.key === largest.key)?.picture.size;
    const known = referenceSize(pictures);
    if (largest.size !== null && known !== null) this.#rebase(known, true);
    else if (decoded !== null && decoded !== undefined) this.#rebase(decoded, true);
    else {
      const shape = known ?? (isUsable(this.#reference) ? this.#reference : null);
      if (shape !== null) this.#rebase(scaledTo(shape, largest.likelyWidth), false);
    }
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

  resize(stage: Size, pixelRatio: number): void {
    const before = this.frame;
    this.#stage = stage;
    this.#pixelRatio = pixelRatio > 0 ? pixelRatio : 1;
    this.#move(resizeView(this.#view, before, this.frame));
  }

  /** The browser has decoded a layer: it may be seen from now on. */
  loaded(key: MediaKey, natural: Size): void {
    const layer = this.#layers.find(({ picture }) => picture.key === key);
    if (layer === undefined || layer.isReady) return;
    const isTurned = isUsable(this.#reference) && liesAcross(natural, this.#reference);
    // A file that lies across the previews would be drawn squeezed: the next best is taken.
    if (isTurned && this.shown !== null) {
      this.failed(key);
      return;
    }
    const isLargest = this.#pictures.at(-1)?.key === key;
    if (layer.picture.size === null && isUsable(natural)) this.#learn(layer, natural, isLargest);
    const below = this.#layers.findLast((other) => other.isReady);
    const ready = { picture: layer.picture, isReady: true };
    this.#layers = below === undefined ? [ready] : [below, ready];
    this.#choose();
  }

  failed(key: MediaKey): void {
    this.#unusable.add(key);
    this.#layers = this.#layers.filter(({ picture }) => picture.key !== key);
    this.#choose();
  }

  /** Tries again what could not be loaded. */
  retry(): void {
    this.#unusable.clear();
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

  /** The listing had no pixels: the shape is that of what was decoded, and the size too if it is the largest. */
  #learn(layer: StageLayer, natural: Size, isLargest: boolean): void {
    if (isLargest && !this.#isPreview) this.#rebase(natural, true);
    else if (!isUsable(this.#reference)) {
      const likelyWidth = this.#isPreview ? unknownWidth : this.#pictures.at(-1)?.likelyWidth;
      this.#rebase(scaledTo(natural, likelyWidth ?? natural.width), false);
    }
    layer.picture = { ...layer.picture, size: natural };
  }

  #rebase(reference: Size, isMeasured: boolean): void {
    const before = this.#reference;
    const wasFit = !isUsable(before) || this.isFit;
    // Asked for while the size was only supposed: one pixel for one pixel is meant, not the supposition.
    const wantsOneToOne = !wasFit && isMeasured && !this.#isMeasured && this.isOneToOne;
    this.#reference = reference;
    this.#isMeasured = isMeasured;
    this.#view = wasFit ? fitView(this.frame) : rebaseView(this.#view, before, reference);
    if (wantsOneToOne) {
      this.#view = zoomAbout(this.#view, this.frame, this.#middle(), oneToOne(this.frame));
    }
  }

  /** Asks for a larger picture where the zoom wants one. A smaller one never takes over. */
  #choose(): void {
    if (!isUsable(this.#stage)) return;
    const ready = this.#layers.filter((layer) => layer.isReady);
    const shown = ready.at(-1)?.picture;
    // Before any shape is known the smallest tells it soonest.
    const wanted = isUsable(this.#reference)
      ? pickPicture(this.#pictures, this.#view, this.frame, this.#unusable)
      : (this.#pictures.find(({ key }) => !this.#unusable.has(key)) ?? null);
    if (wanted === null || wanted.key === shown?.key) this.#setLayers(ready);
    else if (shown !== undefined && wanted.likelyWidth <= shown.likelyWidth) this.#setLayers(ready);
    else this.#setLayers([...ready, { picture: wanted, isReady: false }]);
  }

  #setLayers(layers: readonly StageLayer[]): void {
    const isSame =
      layers.length === this.#layers.length &&
      layers.every((layer, index) => {
        const here = this.#layers[index];
        return here?.picture.key === layer.picture.key && here.isReady === layer.isReady;
      });
    if (!isSame) this.#layers = layers;
  }
}
