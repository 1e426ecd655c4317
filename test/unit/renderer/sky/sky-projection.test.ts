/**
 * The projection against figures that are derived another way: closed forms of simple fields, vectors in space in
 * place of the formulas of the tangent plane, and the radius that AstroBin itself gives of a field.
 */
import { describe, expect, test } from 'vitest';
import {
  createProjection,
  fieldOf,
  plateOf,
  separation,
  turnBetween,
  type PlateSolution,
  type SkyPoint,
} from '#renderer/features/sky/sky-projection.ts';

const rad = (degrees: number): number => (degrees * Math.PI) / 180;
const deg = (angle: number): number => (angle * 180) / Math.PI;

/** M 31 with a 75 mm lens: RA 10.716, Dec 41.266, radius 2.545, as an answer of 2013 has it. */
const andromeda: PlateSolution = {
  ra: 10.716,
  dec: 41.266,
  pixelScale: 5.356,
  orientation: 94.436,
  width: 2848,
  height: 1896,
};
const plate = (more: Partial<PlateSolution>): PlateSolution => ({
  ra: 0,
  dec: 0,
  pixelScale: 3600,
  orientation: 0,
  width: 100,
  height: 80,
  ...more,
});

type Vector = [number, number, number];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const vectorOf = ({ ra, dec }: SkyPoint): Vector => [
  Math.cos(rad(dec)) * Math.cos(rad(ra)),
  Math.cos(rad(dec)) * Math.sin(rad(ra)),
  Math.sin(rad(dec)),
];

/** A pixel's place by vectors: the plane's own axes are built, the point on it is made a direction. */
function skyByVectors(of: PlateSolution, x: number, y: number): SkyPoint {
  const middle = vectorOf(of);
  const east: Vector = [-Math.sin(rad(of.ra)), Math.cos(rad(of.ra)), 0];
  const north: Vector = [
    -Math.sin(rad(of.dec)) * Math.cos(rad(of.ra)),
    -Math.sin(rad(of.dec)) * Math.sin(rad(of.ra)),
    Math.cos(rad(of.dec)),
  ];
  const turn = rad(of.orientation);
  const mix = (a: number, b: number): Vector => [
    a * north[0] + b * east[0],
    a * north[1] + b * east[1],
    a * north[2] + b * east[2],
  ];
  const up = mix(Math.cos(turn), Math.sin(turn));
  // Seen from below, what is to the right of north is west.
  const right = mix(Math.sin(turn), -Math.cos(turn));
  const scale = rad(of.pixelScale / 3600);
  const [a, b] = [(x - of.width / 2) * scale, (of.height / 2 - y) * scale];
  const point: Vector = [
    middle[0] + a * right[0] + b * up[0],
    middle[1] + a * right[1] + b * up[1],
    middle[2] + a * right[2] + b * up[2],
  ];
  const length = Math.sqrt(dot(point, point));
  return {
    ra: (deg(Math.atan2(point[1], point[0])) + 360) % 360,
    dec: deg(Math.asin(point[2] / length)),
  };
}

describe('a plate of the sky', () => {
  test('on the equator, a step to the right is a step west, a step up a step north', () => {
    const { toSky } = createProjection(plate({}));
    // 10 px of one degree on the plane: the angle is that whose tangent is 10 degrees in radians.
    const angle = deg(Math.atan(rad(10)));
    expect(angle).toBeCloseTo(9.9005, 3);
    const right = toSky({ x: 60, y: 40 });
    expect(right.ra).toBeCloseTo(360 - angle, 9);
    expect(right.dec).toBeCloseTo(0, 9);
    const up = toSky({ x: 50, y: 30 });
    expect(up.dec).toBeCloseTo(angle, 9);
    expect(up.ra % 360).toBeCloseTo(0, 9);
  });

  test('with an orientation of 90 degrees up is east, and north lies to the right', () => {
    const { toSky } = createProjection(plate({ orientation: 90 }));
    const angle = deg(Math.atan(rad(10)));
    expect(toSky({ x: 50, y: 30 }).ra).toBeCloseTo(angle, 9);
    expect(toSky({ x: 60, y: 40 }).dec).toBeCloseTo(angle, 9);
  });

  test('with an orientation of 180 degrees north is below and east to the right', () => {
    const { toSky } = createProjection(plate({ orientation: 180 }));
    expect(toSky({ x: 50, y: 50 }).dec).toBeGreaterThan(9);
    expect(turnBetween(0, toSky({ x: 60, y: 40 }).ra)).toBeGreaterThan(9);
  });

  test('round a pole, every pixel at one distance has one declination', () => {
    const { toSky, toPixel } = createProjection(plate({ dec: 90, pixelScale: 360 }));
    const dec = 90 - deg(Math.atan(rad(0.1 * 20)));
    for (const [x, y] of [
      [70, 40],
      [30, 40],
      [50, 60],
      [50, 20],
      [62, 56],
    ] as const)
      expect(toSky({ x, y }).dec).toBeCloseTo(dec, 9);
    const pole = toPixel({ ra: 123, dec: 90 });
    expect(pole?.x).toBeCloseTo(50, 9);
    expect(pole?.y).toBeCloseTo(40, 9);
  });

  test('the middle is the middle', () => {
    const { toSky, toPixel } = createProjection(andromeda);
    expect(toSky({ x: 1424, y: 948 }).ra).toBeCloseTo(10.716, 9);
    expect(toSky({ x: 1424, y: 948 }).dec).toBeCloseTo(41.266, 9);
    const pixel = toPixel(andromeda);
    expect([pixel?.x, pixel?.y]).toEqual([expect.closeTo(1424, 9), expect.closeTo(948, 9)]);
  });

  test('the corners lie at the radius that AstroBin states', () => {
    const { toSky } = createProjection(andromeda);
    for (const [x, y] of [
      [0, 0],
      [2848, 0],
      [0, 1896],
      [2848, 1896],
    ] as const) {
      const far = separation(andromeda, toSky({ x, y }));
      // The radius is counted on the plane, where a corner is a little farther than on the sphere.
      expect(Math.abs(far - 2.545)).toBeLessThan(0.003);
      expect(deg(Math.tan(rad(far)))).toBeCloseTo(2.545, 3);
    }
  });

  test('M 110 is up and to the left in a field that has east above and north to the right', () => {
    const { toPixel } = createProjection({ ...andromeda, orientation: 90 });
    // 00h 40m 22s +41 41: west of the middle (so below), north of it (so to the right).
    const spot = toPixel({ ra: 10.092, dec: 41.685 });
    const west = (10.716 - 10.092) * Math.cos(rad(41.47)) * 3600;
    expect(spot?.y).toBeCloseTo(948 + west / 5.356, -1);
    expect(spot?.x).toBeCloseTo(1424 + ((41.685 - 41.266) * 3600) / 5.356, -1);
  });

  test.each([
    andromeda,
    plate({ ra: 359.9, dec: -72, pixelScale: 12, orientation: -33, width: 4000, height: 3000 }),
    plate({ ra: 0.02, dec: 88.7, pixelScale: 40, orientation: 211, width: 900, height: 600 }),
    plate({ ra: 180, dec: -90, pixelScale: 90, orientation: 12, width: 900, height: 600 }),
    plate({
      ra: 83.6,
      dec: -5.4,
      pixelScale: 0.31,
      orientation: 359.99,
      width: 6000,
      height: 4000,
    }),
  ])('agrees with vectors, and comes back to its pixel: %o', (of) => {
    const { toSky, toPixel } = createProjection(of);
    for (let at = 0; at <= 10; at += 1) {
      for (let down = 0; down <= 10; down += 1) {
        const [x, y] = [(of.width * at) / 10 + 0.37, (of.height * down) / 10 + 0.21];
        const place = toSky({ x, y });
        expect(separation(place, skyByVectors(of, x, y))).toBeLessThan(1e-9);
        const back = toPixel(place);
        expect(Math.abs((back?.x ?? Number.NaN) - x)).toBeLessThan(1e-6);
        expect(Math.abs((back?.y ?? Number.NaN) - y)).toBeLessThan(1e-6);
      }
    }
  });

  test('what lies behind the plane has no pixel', () => {
    const { toPixel } = createProjection(andromeda);
    expect(toPixel({ ra: 190.716, dec: -41.266 })).toBeNull();
    expect(toPixel({ ra: 100.716, dec: 0 })).toBeNull();
  });
});

test('the field is scale times pixels', () => {
  const { width, height } = fieldOf(andromeda);
  expect(width.toFixed(3)).toBe('4.237');
  expect(height.toFixed(3)).toBe('2.821');
});

test('a separation is right for the smallest and the largest angles', () => {
  expect(separation({ ra: 0, dec: 0 }, { ra: 180, dec: 0 })).toBeCloseTo(180, 9);
  expect(separation({ ra: 10, dec: 60 }, { ra: 10, dec: 60 + 1 / 36e5 }) * 36e5).toBeCloseTo(1, 4);
  // 90 degrees apart wherever both lie on a meridian a quarter away.
  expect(separation({ ra: 0, dec: 0 }, { ra: 90, dec: 45 })).toBeCloseTo(90, 9);
});

test('no plate is made of a part', () => {
  const whole = { ra: 1, dec: 2, pixelScale: 3, orientation: 4 };
  const size = { width: 10, height: 10 };
  expect(plateOf(whole, size)).not.toBeNull();
  for (const name of Object.keys(whole))
    expect(plateOf({ ...whole, [name]: null }, size)).toBeNull();
  expect(plateOf({ ...whole, pixelScale: 0 }, size)).toBeNull();
  expect(plateOf({ ...whole, dec: 91 }, size)).toBeNull();
  expect(plateOf(whole, { width: null, height: 10 })).toBeNull();
  expect(plateOf({ ...whole, ra: 361 }, size)?.ra).toBe(1);
});
