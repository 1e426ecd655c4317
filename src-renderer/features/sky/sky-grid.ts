/**
 * Lines of equal right ascension and declination over the part of a picture that is in sight: pure. They are drawn in
 * px of the stage, so that they stay as thin and as far apart at any zoom.
 */
import { decLabel, raLabel, textOfLabel, type LabelPart } from './sky-format.ts';
import {
  turnBetween,
  wholeTurn,
  type PixelPoint,
  type SkyPoint,
  type SkyProjection,
} from './sky-projection.ts';

/** A part of the stage in CSS px. */
export interface ScreenBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How the picture lies on the stage, and what of it is in sight. */
export interface SkySight {
  projection: SkyProjection;
  /** CSS px for one pixel of the solved picture. */
  scale: number;
  /** Where the picture's left top corner lies on the stage. */
  x: number;
  y: number;
  /** The part of the picture that the stage shows. */
  seen: ScreenBox;
  /** The whole stage: plates and buttons lie at its edges. */
  stage: { width: number; height: number };
}

export interface GridLine {
  kind: 'ra' | 'dec';
  /** Degrees. */
  value: number;
  /** For an SVG path. */
  path: string;
  label: { x: number; y: number; parts: LabelPart[]; text: string; anchor: 'start' | 'end' } | null;
}

const second = 1 / 3600;
const minute = 1 / 60;
const decSteps = [
  ...[1, 2, 5, 10, 20, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * minute),
  ...[1, 2, 5, 10, 15, 30],
];
/** Tenths of a second of time up to three hours, in degrees. */
const raSteps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30].map((count) => count / 240),
  ...[1, 2, 5, 10, 20, 30].map((count) => count / 4),
  ...[15, 30, 45],
];
/** Lines lie at least this far apart, in CSS px. */
const spacing = 110;
/** A line is drawn through so many places. */
const pieces = 72;
const mostLines = 60;

export const toScreen = (sight: SkySight, pixel: PixelPoint): PixelPoint => ({
  x: sight.x + pixel.x * sight.scale,
  y: sight.y + pixel.y * sight.scale,
});

export function skyAt(sight: SkySight, point: PixelPoint): SkyPoint {
  const { projection, scale, x, y } = sight;
  return projection.toSky({ x: (point.x - x) / scale, y: (point.y - y) / scale });
}

export const isWithin = ({ x, y }: PixelPoint, box: ScreenBox, margin = 0): boolean =>
  x >= box.left - margin &&
  x <= box.right + margin &&
  y >= box.top - margin &&
  y <= box.bottom + margin;

interface Reach {
  south: number;
  north: number;
  /** About which `west` and `east` are counted. */
  ra: number;
  west: number;
  east: number;
}

/** Which part of the sky is in sight: told by its edge, and by whether it holds a pole. */
export function reachOf(sight: SkySight): Reach {
  const { seen, projection } = sight;
  const middle = skyAt(sight, {
    x: (seen.left + seen.right) / 2,
    y: (seen.top + seen.bottom) / 2,
  });
  const reach: Reach = { south: 90, north: -90, ra: middle.ra, west: 0, east: 0 };
  const steps = 24;
  for (let at = 0; at <= steps; at += 1) {
    const x = seen.left + ((seen.right - seen.left) * at) / steps;
    const y = seen.top + ((seen.bottom - seen.top) * at) / steps;
    const edge = [
      { x, y: seen.top },
      { x, y: seen.bottom },
      { x: seen.left, y },
      { x: seen.right, y },
    ];
    for (const point of edge) {
      const { ra, dec } = skyAt(sight, point);
      const away = turnBetween(middle.ra, ra);
      reach.south = Math.min(reach.south, dec);
      reach.north = Math.max(reach.north, dec);
      reach.west = Math.min(reach.west, away);
      reach.east = Math.max(reach.east, away);
    }
  }
  for (const dec of [90, -90]) {
    const pole = projection.toPixel({ ra: middle.ra, dec });
    if (pole === null || !isWithin(toScreen(sight, pole), seen)) continue;
    if (dec > 0) reach.north = 90;
    else reach.south = -90;
    [reach.west, reach.east] = [-180, 180];
  }
  return reach;
}

/** The finest step whose lines lie far enough apart. */
function stepFor(degreesApart: number, steps: readonly number[]): number {
  return steps.find((step) => step >= degreesApart) ?? steps.at(-1) ?? 15;
}

/** The lines in sight, those of declination first. */
export function gridOf(sight: SkySight): GridLine[] {
  const { seen } = sight;
  if (seen.right - seen.left < 2 || seen.bottom - seen.top < 2) return [];
  const reach = reachOf(sight);
  const apart = (spacing / sight.scale) * (sight.projection.plate.pixelScale / 3600);
  const widest = Math.cos(
    (Math.PI / 180) * Math.min(Math.abs(reach.south), Math.abs(reach.north), 89),
  );
  const decStep = stepFor(apart, decSteps);
  const raStep = stepFor(apart / Math.max(widest, 0.02), raSteps);
  const across = Array.from(
    { length: pieces + 1 },
    (_one, at) => reach.west + ((reach.east - reach.west) * at) / pieces,
  );
  const along = Array.from(
    { length: pieces + 1 },
    (_one, at) => reach.south + ((reach.north - reach.south) * at) / pieces,
  );
  const lines: GridLine[] = [];
  for (const dec of multiples(reach.south, reach.north, decStep)) {
    if (Math.abs(dec) >= 90) continue;
    const places = across.map((away) => ({ ra: reach.ra + away, dec }));
    lines.push({ kind: 'dec', value: dec, ...drawn(sight, places, decLabel(dec, decStep), 'dec') });
  }
  // Counted from the middle, multiples of the step would not be round: so from 0h.
  const from = Math.ceil((reach.ra + reach.west) / raStep - 1e-9);
  const to = Math.floor((reach.ra + reach.east) / raStep + 1e-9);
  const isWhole = reach.east - reach.west >= 360;
  for (let at = from; at <= to - (isWhole ? 1 : 0) && at - from < mostLines; at += 1) {
    const ra = wholeTurn(at * raStep);
    const places = along.map((dec) => ({ ra, dec }));
    lines.push({ kind: 'ra', value: ra, ...drawn(sight, places, raLabel(ra, raStep), 'ra') });
  }
  return apartLabels(lines.filter(({ path }) => path !== ''));
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.min(mostLines, Math.floor(to / step + 1e-9) - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_one, at) => (first + at) * step);
}

function drawn(
  sight: SkySight,
  places: readonly SkyPoint[],
  parts: LabelPart[],
  kind: 'ra' | 'dec',
): Pick<GridLine, 'path' | 'label'> {
  const { seen } = sight;
  const margin = Math.max(seen.right - seen.left, seen.bottom - seen.top);
  const runs: PixelPoint[][] = [];
  let run: PixelPoint[] = [];
  for (const place of places) {
    const pixel = sight.projection.toPixel(place);
    const point = pixel === null ? null : toScreen(sight, pixel);
    if (point !== null && isWithin(point, seen, margin)) run.push(point);
    else {
      if (run.length > 1) runs.push(run);
      run = [];
    }
  }
  if (run.length > 1) runs.push(run);
  const path = runs
    .map((points) => `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`)
    .join('');
  return { path, label: labelOf(runs, sight, parts, kind) };
}

/** Labels keep this far from the edges of the picture, and from those of the stage, where plates and buttons lie. */
const inset = { side: 10, top: 18, bottom: 6, plates: 58 };

/** Where a line comes to an edge: of declination at the left and right, of right ascension below and above. */
function labelOf(
  runs: readonly (readonly PixelPoint[])[],
  { seen, stage }: SkySight,
  parts: LabelPart[],
  kind: 'ra' | 'dec',
): GridLine['label'] {
  const frame = {
    left: seen.left + inset.side,
    top: Math.max(seen.top + inset.top, inset.plates),
    right: seen.right - inset.side,
    bottom: Math.min(seen.bottom - inset.bottom, stage.height - inset.plates),
  };
  const text = textOfLabel(parts);
  const sides: readonly (keyof ScreenBox)[] =
    kind === 'dec' ? ['left', 'right', 'bottom', 'top'] : ['bottom', 'top', 'left', 'right'];
  for (const side of sides) {
    for (const points of runs) {
      const spot = crossing(points, frame, side);
      if (spot === null) continue;
      const isEnd = side === 'right' || spot.x > frame.right - 64;
      const x = isEnd ? spot.x - 4 : spot.x + 4;
      return { x, y: spot.y - 5, parts, text, anchor: isEnd ? 'end' : 'start' };
    }
  }
  return null;
}

function crossing(
  points: readonly PixelPoint[],
  frame: ScreenBox,
  side: keyof ScreenBox,
): PixelPoint | null {
  const isUpright = side === 'left' || side === 'right';
  const edge = frame[side];
  for (let at = 1; at < points.length; at += 1) {
    const [one, other] = [points[at - 1], points[at]];
    if (one === undefined || other === undefined) continue;
    const [from, to] = isUpright ? [one.x, other.x] : [one.y, other.y];
    if ((from - edge) * (to - edge) > 0 || from === to) continue;
    const share = (edge - from) / (to - from);
    const spot = { x: one.x + (other.x - one.x) * share, y: one.y + (other.y - one.y) * share };
    if (isWithin(spot, frame, 0.5)) return spot;
  }
  return null;
}

/** Leaves out labels that would lie over others. */
function apartLabels(lines: readonly GridLine[]): GridLine[] {
  const taken: ScreenBox[] = [];
  return lines.map((line) => {
    if (line.label === null) return line;
    const { x, y, text, anchor } = line.label;
    const width = text.length * 7 + 6;
    const left = anchor === 'end' ? x - width : x;
    const box = { left, top: y - 14, right: left + width, bottom: y + 4 };
    if (taken.some((one) => overlaps(one, box))) return { ...line, label: null };
    taken.push(box);
    return line;
  });
}

export const overlaps = (one: ScreenBox, other: ScreenBox): boolean =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;
