/**
 * Between pixels of a plate-solved picture and places on the sky: pure, no DOM.
 *
 * What AstroBin gives of a solution is one point and three numbers: right ascension and declination of the middle,
 * the scale, and the orientation. From those alone everything here is computed, by a gnomonic (tangent plane)
 * projection: no distortion of lenses, no tilt, one scale for the whole picture.
 *
 * Conventions: degrees, J2000. Pixels from the left and the top of the picture as it stands, so its middle is
 * (width / 2, height / 2). `orientation` is how far the upward direction lies east of north, as astrometry.net
 * states it, which AstroBin asks. AstroBin says nothing of parity: pictures are taken to show the sky as it is
 * seen from below, with east to the left where north is up. In a mirrored picture all of this is wrong.
 */

export interface PlateSolution {
  /** Of the middle, in degrees. */
  ra: number;
  dec: number;
  /** Arcseconds a pixel. */
  pixelScale: number;
  /** Degrees from north to the upward direction, through east. */
  orientation: number;
  /** Pixels of the picture that was solved. */
  width: number;
  height: number;
}

export interface SkyPoint {
  /** Degrees, 0 up to 360. */
  ra: number;
  /** Degrees. */
  dec: number;
}

export interface PixelPoint {
  x: number;
  y: number;
}

export interface SkyProjection {
  readonly plate: PlateSolution;
  /** null for what lies too far from the middle to be drawn on its tangent plane. */
  toPixel(point: SkyPoint): PixelPoint | null;
  toSky(pixel: PixelPoint): SkyPoint;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** Right ascension from 0 up to 360. */
export const wholeTurn = (ra: number): number => ((ra % 360) + 360) % 360;

/** The shorter way from one right ascension to another: -180 up to 180. */
export const turnBetween = (from: number, to: number): number => wholeTurn(to - from + 180) - 180;

/** Farther than this from the middle (cosine of the angle), a tangent plane has no use. */
const leastDepth = 0.03;

/** The plate of what AstroBin says; null where a part of it is missing or makes no sense. */
export function plateOf(
  solution: {
    ra: number | null;
    dec: number | null;
    pixelScale: number | null;
    orientation: number | null;
  },
  size: { width: number | null; height: number | null },
): PlateSolution | null {
  const { ra, dec, pixelScale, orientation } = solution;
  const { width, height } = size;
  if (ra === null || dec === null || pixelScale === null || orientation === null) return null;
  if (width === null || height === null) return null;
  const isWhole = [ra, dec, pixelScale, orientation, width, height].every(Number.isFinite);
  if (!isWhole || pixelScale <= 0 || width <= 0 || height <= 0 || Math.abs(dec) > 90) return null;
  return { ra: wholeTurn(ra), dec, pixelScale, orientation, width, height };
}

/** The projection of a plate. */
export function createProjection(plate: PlateSolution): SkyProjection {
  const pixel = radians(plate.pixelScale / 3600);
  const [middleRa, middleDec] = [radians(plate.ra), radians(plate.dec)];
  const [sinMiddle, cosMiddle] = [Math.sin(middleDec), Math.cos(middleDec)];
  const [sinTurn, cosTurn] = [
    Math.sin(radians(plate.orientation)),
    Math.cos(radians(plate.orientation)),
  ];
  const [halfWidth, halfHeight] = [plate.width / 2, plate.height / 2];
  return {
    plate,
    toPixel({ ra, dec }) {
      const hours = radians(ra) - middleRa;
      const [sinDec, cosDec] = [Math.sin(radians(dec)), Math.cos(radians(dec))];
      const depth = sinMiddle * sinDec + cosMiddle * cosDec * Math.cos(hours);
      if (depth < leastDepth) return null;
      const east = (cosDec * Math.sin(hours)) / depth;
      const north = (cosMiddle * sinDec - sinMiddle * cosDec * Math.cos(hours)) / depth;
      const up = north * cosTurn + east * sinTurn;
      const left = east * cosTurn - north * sinTurn;
      return { x: halfWidth - left / pixel, y: halfHeight - up / pixel };
    },
    toSky({ x, y }) {
      const left = (halfWidth - x) * pixel;
      const up = (halfHeight - y) * pixel;
      const north = up * cosTurn - left * sinTurn;
      const east = up * sinTurn + left * cosTurn;
      const depth = 1 / Math.hypot(1, east, north);
      const dec = Math.asin(Math.min(1, Math.max(-1, (sinMiddle + north * cosMiddle) * depth)));
      const hours = Math.atan2(east, cosMiddle - north * sinMiddle);
      return { ra: wholeTurn(degrees(middleRa + hours)), dec: degrees(dec) };
    },
  };
}

/** Degrees between two places, right for small angles too. */
export function separation(one: SkyPoint, other: SkyPoint): number {
  const across = Math.sin(radians(other.ra - one.ra) / 2);
  const along = Math.sin(radians(other.dec - one.dec) / 2);
  const half =
    along * along + Math.cos(radians(one.dec)) * Math.cos(radians(other.dec)) * across * across;
  return degrees(2 * Math.asin(Math.min(1, Math.sqrt(half))));
}

/** Width and height of the field in degrees, from scale and pixels: what AstroBin's numbers make of it. */
export function fieldOf({ pixelScale, width, height }: PlateSolution): {
  width: number;
  height: number;
} {
  return { width: (width * pixelScale) / 3600, height: (height * pixelScale) / 3600 };
}
