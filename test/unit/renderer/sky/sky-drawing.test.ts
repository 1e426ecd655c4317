import { describe, expect, test } from 'vitest';
import {
  decLabel,
  formatAngle,
  formatDec,
  formatPlace,
  formatRa,
  raLabel,
  textOfLabel,
} from '#renderer/features/sky/sky-format.ts';
import {
  gridOf,
  reachOf,
  skyAt,
  toScreen,
  type SkySight,
} from '#renderer/features/sky/sky-grid.ts';
import { compassOf, marksOf, objectsOn, scaleBarOf } from '#renderer/features/sky/sky-marks.ts';
import { designationOf, objectNamed, skyObjects } from '#renderer/features/sky/sky-objects.ts';
import { createProjection, type PlateSolution } from '#renderer/features/sky/sky-projection.ts';

const andromeda: PlateSolution = {
  ra: 10.716,
  dec: 41.266,
  pixelScale: 5.356,
  orientation: 0,
  width: 2848,
  height: 1896,
};

/** The whole of a plate, fitted into 712 px across. */
function sightOf(plate: PlateSolution, scale = 0.25): SkySight {
  const seen = { left: 0, top: 0, right: plate.width * scale, bottom: plate.height * scale };
  const stage = { width: seen.right, height: seen.bottom };
  return { projection: createProjection(plate), scale, x: 0, y: 0, seen, stage };
}

describe('figures', () => {
  test('are rounded as a whole, so no part reaches 60', () => {
    expect(formatRa(10.684584)).toBe('00:42:44.3');
    expect(formatDec(41.26917)).toBe('+41:16:09');
    expect(formatRa(359.99999)).toBe('00:00:00.0');
    expect(formatRa(14.99999)).toBe('01:00:00.0');
    expect(formatDec(41.999999)).toBe('+42:00:00');
    expect(formatDec(-0.00001)).toBe('+00:00:00');
    expect(formatDec(-5.3911)).toBe('-05:23:28');
    expect(formatRa(-15)).toBe('23:00:00.0');
    expect(formatRa(10.716305, 3)).toBe('00:42:51.913');
    expect(formatPlace({ ra: 83.633, dec: 22.0145 })).toBe('05:34:31.9 +22:00:52');
  });

  test('labels are as fine as the step between lines', () => {
    expect(textOfLabel(raLabel(11.75, 0.25))).toBe('00h 47m');
    expect(textOfLabel(raLabel(30, 15))).toBe('02h');
    expect(textOfLabel(raLabel(10.6875, 10 / 240))).toBe('00h 42m 45s');
    expect(textOfLabel(raLabel(10.68541666, 0.5 / 240))).toBe('00h 42m 44.5s');
    expect(textOfLabel(decLabel(41, 1))).toBe('+41°');
    expect(textOfLabel(decLabel(5, 1))).toBe('+5°');
    expect(textOfLabel(decLabel(-5.5, 0.5))).toBe('−5° 30′');
    expect(textOfLabel(decLabel(41.50278, 10 / 3600))).toBe('+41° 30′ 10″');
    expect([1, 0.5, 1 / 240, 1 / 36_000].map(formatAngle)).toEqual(['1°', '30′', '15″', '0.1″']);
  });
});

describe('the grid', () => {
  test('has round lines, each through the places that it names', () => {
    const sight = sightOf(andromeda);
    const lines = gridOf(sight);
    const decs = lines.filter(({ kind }) => kind === 'dec').map(({ value }) => value);
    expect(decs).toEqual([40, 41, 42]);
    expect(lines.filter(({ kind }) => kind === 'ra').length).toBeGreaterThan(3);
    for (const { kind, value, path } of lines) {
      const points = [...path.matchAll(/([\d.-]+) ([\d.-]+)/g)];
      expect(points.length).toBeGreaterThan(10);
      for (const [, x, y] of points) {
        const place = skyAt(sight, { x: Number(x), y: Number(y) });
        expect(Math.abs(place[kind] - value)).toBeLessThan(0.005);
      }
    }
  });

  test('curves: a line of declination sags in the middle as seen from the north', () => {
    const line = gridOf(sightOf({ ...andromeda, dec: 70 })).find(({ kind }) => kind === 'dec');
    const ys = [...(line?.path ?? '').matchAll(/[\d.-]+ ([\d.-]+)/g)].map(([, y]) => Number(y));
    expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(5);
    expect(Math.min(...ys)).toBeLessThan(ys[Math.floor(ys.length / 2)] ?? 0);
  });

  test('goes on over 0 h, and all round a pole', () => {
    const over = gridOf(sightOf({ ...andromeda, ra: 0.01, dec: 0 }));
    const ras = over.filter(({ kind }) => kind === 'ra').map(({ value }) => value);
    expect(ras.some((ra) => ra > 300)).toBe(true);
    expect(ras.some((ra) => ra < 60)).toBe(true);
    expect(new Set(ras).size).toBe(ras.length);
    const pole = { ...andromeda, dec: 89.5 };
    expect(reachOf(sightOf(pole))).toMatchObject({ north: 90, west: -180, east: 180 });
    const round = gridOf(sightOf(pole)).filter(({ kind }) => kind === 'ra');
    expect(round.length).toBeGreaterThanOrEqual(8);
    expect(new Set(round.map(({ value }) => value)).size).toBe(round.length);
  });

  test('gets finer with the zoom, and labels never lie over one another', () => {
    const near = sightOf(andromeda, 8);
    near.seen = { left: 0, top: 0, right: 700, bottom: 600 };
    near.stage = { width: 700, height: 600 };
    near.x = -11_000;
    near.y = -7000;
    const lines = gridOf(near);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.length).toBeLessThan(20);
    const labels = lines.flatMap(({ label }) => (label === null ? [] : [label]));
    expect(labels.length).toBeGreaterThan(2);
    expect(labels.every(({ text }) => /\d\ds$|\d\d′$/.test(text))).toBe(true);
    for (const [at, one] of labels.entries())
      for (const other of labels.slice(at + 1))
        expect(Math.abs(one.y - other.y) > 13 || Math.abs(one.x - other.x) > 40).toBe(true);
  });

  test('of nothing in sight is nothing', () => {
    const sight = sightOf(andromeda);
    sight.seen = { left: 5, top: 5, right: 5, bottom: 100 };
    expect(gridOf(sight)).toEqual([]);
  });
});

describe('marks', () => {
  test('stand at their places, largest first, and only for what lies on the plate', () => {
    const sight = sightOf(andromeda);
    const objects = objectsOn(sight.projection);
    expect(objects.map(({ names }) => names[0])).toEqual(['M 31', 'M 110', 'M 32', 'NGC 206']);
    const marks = marksOf(sight, objects);
    const m31 = marks[0];
    const spot = toScreen(
      sight,
      sight.projection.toPixel(objects[0] ?? andromeda) ?? { x: 0, y: 0 },
    );
    expect(m31).toMatchObject({ name: 'M 31', x: spot.x, y: spot.y, isLarge: true });
    // 178 minutes of arc at 5.356 seconds a pixel and a quarter px a pixel, halved.
    expect(m31?.radius).toBeCloseTo((178 * 60) / 5.356 / 4 / 2, 6);
    expect(objectsOn(createProjection({ ...andromeda, ra: 200, dec: -60 }))).toEqual([]);
  });

  test('the compass turns with the plate', () => {
    const upright = compassOf(sightOf(andromeda));
    expect(upright?.north.y).toBeCloseTo(-1, 3);
    expect(upright?.east.x).toBeCloseTo(-1, 3);
    const turned = compassOf(sightOf({ ...andromeda, orientation: 94.436 }));
    expect(turned?.north.x).toBeCloseTo(Math.sin((94.436 * Math.PI) / 180), 3);
    expect(turned?.east.y).toBeCloseTo(-Math.sin((94.436 * Math.PI) / 180), 3);
    expect(compassOf(sightOf({ ...andromeda, dec: 90 }))).not.toBeNull();
  });

  test('the scale bar is a round angle of at most 120 px', () => {
    const bar = scaleBarOf(sightOf(andromeda));
    expect(bar?.text).toBe('30′');
    expect(bar?.width).toBeCloseTo((1800 / 5.356) * 0.25, 6);
    expect(scaleBarOf(sightOf(andromeda, 8))?.text).toBe('1′');
  });
});

describe('the table of objects', () => {
  test('holds all of Messier, each place on the sphere and each name once', () => {
    expect(skyObjects.filter(({ names }) => names[0]?.startsWith('M '))).toHaveLength(110);
    for (const { ra, dec, sizeArcmin } of skyObjects) {
      expect(ra).toBeGreaterThanOrEqual(0);
      expect(ra).toBeLessThan(360);
      expect(Math.abs(dec)).toBeLessThan(90);
      expect(sizeArcmin).toBeGreaterThan(0);
    }
    const names = skyObjects.flatMap(({ names: all }) => all);
    expect(new Set(names).size).toBe(names.length);
    expect(objectNamed('M 42')).toMatchObject({
      title: 'Orion Nebula',
      names: ['M 42', 'NGC 1976'],
    });
  });

  test('reads designations as they are written, and nothing else', () => {
    expect(['M31', 'm 31', 'Messier 031', 'NGC0224', 'ic 434'].map(designationOf)).toEqual([
      'M 31',
      'M 31',
      'M 31',
      'NGC 224',
      'IC 434',
    ]);
    expect(['M', 'M 0', 'M 111', 'M16 rifle', 'NGC', 'IC chip', ''].map(designationOf)).toEqual(
      Array.from({ length: 7 }, () => null),
    );
    expect(objectNamed('andromeda galaxy')?.names[0]).toBe('M 31');
    expect(objectNamed("Bode's Galaxy")?.names[0]).toBe('M 81');
  });
});
