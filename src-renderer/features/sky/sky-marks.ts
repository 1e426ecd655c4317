/** What stands beside the grid: objects with their names, the compass, the scale bar. Pure; lengths in px of the stage. */
import { formatAngle } from './sky-format.ts';
import { isWithin, overlaps, skyAt, toScreen, type ScreenBox, type SkySight } from './sky-grid.ts';
import { skyObjects, type SkyObject } from './sky-objects.ts';
import { separation, type PixelPoint, type SkyProjection } from './sky-projection.ts';

export interface SkyMark {
  object: SkyObject;
  name: string;
  x: number;
  y: number;
  radius: number;
  /** Large ones are broken lines, so that they do not hide what they go round. */
  isLarge: boolean;
  label: { x: number; y: number } | null;
}

/** Objects of our own table whose middle lies on the plate, largest first. */
export function objectsOn({ plate, toPixel }: SkyProjection): SkyObject[] {
  const diagonal = (Math.hypot(plate.width, plate.height) / 2) * (plate.pixelScale / 3600);
  return skyObjects
    .filter((object) => {
      if (separation(plate, object) > diagonal * 1.1 + 0.01) return false;
      const spot = toPixel(object);
      return (
        spot !== null &&
        spot.x >= 0 &&
        spot.y >= 0 &&
        spot.x <= plate.width &&
        spot.y <= plate.height
      );
    })
    .sort((one, other) => other.sizeArcmin - one.sizeArcmin);
}

const leastRadius = 9;
const largeRadius = 90;

/** The objects in sight, with a name where there is room for it. */
export function marksOf(sight: SkySight, objects: readonly SkyObject[]): SkyMark[] {
  const pxPerArcmin = (60 / sight.projection.plate.pixelScale) * sight.scale;
  const taken: ScreenBox[] = [];
  return objects.flatMap((object): SkyMark[] => {
    const pixel = sight.projection.toPixel(object);
    if (pixel === null) return [];
    const { x, y } = toScreen(sight, pixel);
    const radius = Math.max(leastRadius, (object.sizeArcmin / 2) * pxPerArcmin);
    if (!isWithin({ x, y }, sight.seen, radius)) return [];
    const [name = ''] = object.names;
    const spot = labelSpot(sight.seen, { x, y }, radius, name.length * 8 + 4, taken);
    if (spot !== null) taken.push(spot.box);
    const label = spot === null ? null : { x: spot.box.left, y: spot.box.bottom - 4 };
    return [{ object, name, x, y, radius, isLarge: radius > largeRadius, label }];
  });
}

/** Beside its ring, else by its middle; null where neither is in sight or free. */
function labelSpot(
  seen: ScreenBox,
  { x, y }: PixelPoint,
  radius: number,
  width: number,
  taken: readonly ScreenBox[],
): { box: ScreenBox } | null {
  const side = radius * 0.72 + 3;
  const height = 18;
  const corners = [
    { left: x + side, top: y - side - height },
    { left: x + side, top: y + side },
    { left: x - side - width, top: y - side - height },
    { left: x - side - width, top: y + side },
    { left: x + leastRadius, top: y - height / 2 },
  ];
  for (const { left, top } of corners) {
    const box = { left, top, right: left + width, bottom: top + height };
    const isInSight =
      isWithin({ x: box.left, y: box.top }, seen) &&
      isWithin({ x: box.right, y: box.bottom }, seen);
    if (isInSight && !taken.some((one) => overlaps(one, box))) return { box };
  }
  return null;
}

/** Directions on the screen in the middle of what is in sight, as unit vectors. */
export function compassOf(sight: SkySight): { north: PixelPoint; east: PixelPoint } | null {
  const { seen, projection } = sight;
  const middle = { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 };
  const { ra, dec } = skyAt(sight, middle);
  const step = 1e-4;
  // Over a pole, north is behind: it is found by going south.
  const isNearPole = dec + step > 90;
  const along = projection.toPixel({ ra, dec: isNearPole ? dec - step : dec + step });
  const here = projection.toPixel({ ra, dec });
  const across = projection.toPixel({
    ra: ra + step / Math.max(Math.cos((dec * Math.PI) / 180), 1e-6),
    dec,
  });
  if (along === null || here === null || across === null) return null;
  const sign = isNearPole ? -1 : 1;
  const north = unit({ x: (along.x - here.x) * sign, y: (along.y - here.y) * sign });
  const east = unit({ x: across.x - here.x, y: across.y - here.y });
  return north === null || east === null ? null : { north, east };
}

function unit({ x, y }: PixelPoint): PixelPoint | null {
  const length = Math.hypot(x, y);
  return length === 0 || !Number.isFinite(length) ? null : { x: x / length, y: y / length };
}

const minutes = [1, 2, 5, 10, 20, 30].map((count) => count / 60);
const barLengths = [
  ...[0.1, 0.2, 0.5].map((count) => count / 3600),
  ...minutes.map((count) => count / 60),
  ...minutes,
  ...[1, 2, 5, 10, 20, 30],
];
const longestBar = 120;

/** A round angle and its length; null where none fits. */
export function scaleBarOf(sight: SkySight): { width: number; text: string } | null {
  const pxPerDegree = (3600 / sight.projection.plate.pixelScale) * sight.scale;
  const angle = barLengths.findLast((length) => length * pxPerDegree <= longestBar);
  return angle === undefined ? null : { width: angle * pxPerDegree, text: formatAngle(angle) };
}
