/**
 * The arithmetic of the stage: pure, no DOM.
 *
 * Lengths are CSS px of the stage unless a name says otherwise. A view's `scale` is CSS px for one pixel of
 * the *reference* size, which is the size of the record's largest rendition, whichever one is drawn: so a
 * change of rendition never moves anything. `x` and `y` are where the picture's top left corner lies.
 */
export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point, Size {}

export interface StageView {
  scale: number;
  x: number;
  y: number;
}

/** What the arithmetic needs to know of the moment: picture, stage, and device pixels for one CSS px. */
export interface StageFrame {
  picture: Size;
  stage: Size;
  pixelRatio: number;
}

/** Percent of 1:1 that the zoom buttons and keys go through; fit is one more stop wherever it falls. */
const stops = [2, 3, 5, 8, 12.5, 16, 25, 33, 50, 67, 100, 150, 200, 300, 400, 600, 800];
const mostPercent = 800;
/** Two scales nearer than this are the same for an eye and for a stop. */
const likeness = 0.004;

export const isUsable = (size: Size): boolean =>
  Number.isFinite(size.width) && Number.isFinite(size.height) && size.width > 0 && size.height > 0;

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);

const isAlike = (a: number, b: number): boolean => Math.abs(a / b - 1) < likeness;

/** The scale at which one pixel of the picture is one pixel of the screen. */
export const oneToOne = (frame: StageFrame): number => 1 / frame.pixelRatio;

/** Zoom as people read it: 100 is 1:1 in device pixels. */
export const percentOf = (view: StageView, frame: StageFrame): number =>
  view.scale * frame.pixelRatio * 100;

/** The scale at which all of the picture shows. Small pictures are not blown up past one CSS px a pixel. */
export function fitScale({ picture, stage }: StageFrame): number {
  if (!isUsable(picture) || !isUsable(stage)) return 1;
  return Math.min(stage.width / picture.width, stage.height / picture.height, 1);
}

/** How far one may zoom out and in. */
export function scaleLimits(frame: StageFrame): { least: number; most: number } {
  const fit = fitScale(frame);
  const one = oneToOne(frame);
  return { least: Math.min(fit, one), most: Math.max((mostPercent / 100) * one, fit) };
}

/** Keeps a picture that is larger than the stage over all of it, and centres a smaller one. */
export function clampView(view: StageView, { picture, stage }: StageFrame): StageView {
  const place = (at: number, pictureLength: number, stageLength: number): number => {
    const shown = pictureLength * view.scale;
    return shown <= stageLength ? (stageLength - shown) / 2 : clamp(at, stageLength - shown, 0);
  };
  return {
    scale: view.scale,
    x: place(view.x, picture.width, stage.width),
    y: place(view.y, picture.height, stage.height),
  };
}

export function fitView(frame: StageFrame): StageView {
  return clampView({ scale: fitScale(frame), x: 0, y: 0 }, frame);
}

export function isFit(view: StageView, frame: StageFrame): boolean {
  return isAlike(view.scale, fitScale(frame));
}

/** True when some of the picture lies outside the stage, by more than a rounding of layout. */
export function isLarger(view: StageView, { picture, stage }: StageFrame): boolean {
  return (
    picture.width * view.scale > stage.width + 1 || picture.height * view.scale > stage.height + 1
  );
}

/** Zooms so that what lies under `point` stays there, as far as the edges allow. */
export function zoomAbout(
  view: StageView,
  frame: StageFrame,
  point: Point,
  scale: number,
): StageView {
  const { least, most } = scaleLimits(frame);
  const wanted = Number.isFinite(scale) ? clamp(scale, least, most) : view.scale;
  const ratio = wanted / view.scale;
  return clampView(
    {
      scale: wanted,
      x: point.x - (point.x - view.x) * ratio,
      y: point.y - (point.y - view.y) * ratio,
    },
    frame,
  );
}

export function panBy(view: StageView, frame: StageFrame, dx: number, dy: number): StageView {
  return clampView({ scale: view.scale, x: view.x + dx, y: view.y + dy }, frame);
}

/** Puts a point of the picture, given in parts of its width and height, into the middle of the stage. */
export function centreOn(view: StageView, frame: StageFrame, part: Point): StageView {
  return clampView(
    {
      scale: view.scale,
      x: frame.stage.width / 2 - part.x * frame.picture.width * view.scale,
      y: frame.stage.height / 2 - part.y * frame.picture.height * view.scale,
    },
    frame,
  );
}

/** The scale of the next stop; the present one when there is none further. */
export function nextStop(view: StageView, frame: StageFrame, direction: 1 | -1): number {
  const { least, most } = scaleLimits(frame);
  const ladder = [
    ...stops.map((percent) => percent / 100 / frame.pixelRatio),
    fitScale(frame),
    least,
    most,
  ].filter((scale) => scale >= least && scale <= most && !isAlike(scale, view.scale));
  const further = ladder.filter((scale) => (scale - view.scale) * direction > 0);
  if (further.length === 0) return view.scale;
  return direction > 0 ? Math.min(...further) : Math.max(...further);
}

/** By how much one wheel event zooms. Pinches of a touchpad come as Ctrl and wheel with small deltas. */
export function wheelFactor(event: {
  deltaY: number;
  deltaMode: number;
  ctrlKey: boolean;
}): number {
  const lineHeight = 16;
  const pageHeight = 240;
  const unit = event.deltaMode === 1 ? lineHeight : event.deltaMode === 2 ? pageHeight : 1;
  // A notch of a wheel is 100 to 120 px; more than that in one event is a flick, not a wish for 20 stops.
  const delta = clamp(event.deltaY * unit, -240, 240);
  return Math.exp(-delta * (event.ctrlKey && Math.abs(delta) < 60 ? 0.01 : 0.002));
}

/** The part of the picture that the stage shows, in parts of its width and height, for the overview map. */
export function visiblePart(view: StageView, { picture, stage }: StageFrame): Box {
  const along = (at: number, pictureLength: number, stageLength: number) => {
    const shown = pictureLength * view.scale;
    const from = clamp(-at / shown, 0, 1);
    const to = clamp((stageLength - at) / shown, 0, 1);
    return { from, length: to - from };
  };
  const across = along(view.x, picture.width, stage.width);
  const down = along(view.y, picture.height, stage.height);
  return { x: across.from, y: down.from, width: across.length, height: down.length };
}

/**
 * Where the picture is drawn, in CSS px of the stage, with its corner on a whole pixel of the screen: between
 * pixels every one of them would be blurred. `origin` is where the stage itself lies in the window.
 */
export function snapBox(view: StageView, frame: StageFrame, origin: Point): Box {
  const { picture, pixelRatio } = frame;
  const snap = (at: number, from: number): number =>
    Math.round((from + at) * pixelRatio) / pixelRatio - from;
  return {
    x: snap(view.x, origin.x),
    y: snap(view.y, origin.y),
    width: picture.width * view.scale,
    height: picture.height * view.scale,
  };
}

/** After the stage changed its size: a fitted picture stays fitted, else the middle stays the middle. */
export function resizeView(view: StageView, before: StageFrame, after: StageFrame): StageView {
  if (!isUsable(before.stage) || isFit(view, before)) return fitView(after);
  const moved = {
    scale: view.scale,
    x: view.x + (after.stage.width - before.stage.width) / 2,
    y: view.y + (after.stage.height - before.stage.height) / 2,
  };
  const { least, most } = scaleLimits(after);
  const middle = { x: after.stage.width / 2, y: after.stage.height / 2 };
  return zoomAbout(moved, after, middle, clamp(view.scale, least, most));
}

/**
 * The same view once the true reference size is known (listings may lack pixels): what is on the screen
 * keeps its place and size.
 */
export function rebaseView(view: StageView, before: Size, after: Size): StageView {
  if (!isUsable(before) || !isUsable(after)) return view;
  return { ...view, scale: (view.scale * before.width) / after.width };
}

/** Two fingers: zooms by the change of their distance and moves with their middle. */
export function pinch(
  view: StageView,
  frame: StageFrame,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
): StageView {
  const middle = ([a, b]: readonly [Point, Point]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const span = ([a, b]: readonly [Point, Point]) => Math.hypot(a.x - b.x, a.y - b.y);
  const from = middle(before);
  const to = middle(after);
  const spanBefore = span(before);
  const factor = spanBefore > 0 ? span(after) / spanBefore : 1;
  const zoomed = zoomAbout(view, frame, from, view.scale * factor);
  return panBy(zoomed, frame, to.x - from.x, to.y - from.y);
}
