/**
 * Runs in plain Node, any thread; pure. Between pixels of a solved image and places on the sky: a tangent plane, north
 * turned by the orientation, east to the left of it.
 */

/** Where an image lies. Degrees; scale in arcseconds a pixel. */
export interface Solution {
  ra: number;
  dec: number;
  pixelScale: number;
  /** Degrees that the picture's upper edge points east of north. */
  orientation: number;
  /** Degrees from the middle to a corner. */
  radius: number;
}

export interface SkyFrame {
  /** Pixels from the left and the top; null for what lies behind the plane. */
  toPixel(ra: number, dec: number): { x: number; y: number } | null;
  toSky(x: number, y: number): { ra: number; dec: number };
}

const degree = Math.PI / 180;
const arcsecond = degree / 3600;

export function createSkyFrame(solution: Solution, width: number, height: number): SkyFrame {
  const scale = solution.pixelScale * arcsecond;
  const [ra0, dec0] = [solution.ra * degree, solution.dec * degree];
  const [sinDec, cosDec] = [Math.sin(dec0), Math.cos(dec0)];
  const [sin, cos] = [
    Math.sin(solution.orientation * degree),
    Math.cos(solution.orientation * degree),
  ];
  return {
    toPixel(ra, dec) {
      const away = ra * degree - ra0;
      const [sinHere, cosHere] = [Math.sin(dec * degree), Math.cos(dec * degree)];
      const depth = sinDec * sinHere + cosDec * cosHere * Math.cos(away);
      if (depth <= 0.05) return null;
      const east = (cosHere * Math.sin(away)) / depth;
      const north = (cosDec * sinHere - sinDec * cosHere * Math.cos(away)) / depth;
      const right = -east * cos + north * sin;
      const up = east * sin + north * cos;
      return { x: width / 2 + right / scale, y: height / 2 - up / scale };
    },
    toSky(x, y) {
      const right = (x - width / 2) * scale;
      const up = (height / 2 - y) * scale;
      const east = -right * cos + up * sin;
      const north = right * sin + up * cos;
      const far = Math.hypot(1, east, north);
      const dec = Math.asin((sinDec + north * cosDec) / far);
      const ra = ra0 + Math.atan2(east, cosDec - north * sinDec);
      return { ra: (((ra / degree) % 360) + 360) % 360, dec: dec / degree };
    },
  };
}

/** Degrees between two places. */
export function distance(ra1: number, dec1: number, ra2: number, dec2: number): number {
  const [a, b] = [dec1 * degree, dec2 * degree];
  const half =
    Math.sin((b - a) / 2) ** 2 +
    Math.cos(a) * Math.cos(b) * Math.sin(((ra2 - ra1) * degree) / 2) ** 2;
  return (2 * Math.asin(Math.min(1, Math.sqrt(half)))) / degree;
}
