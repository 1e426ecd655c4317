import { describe, expect, test } from 'vitest';
import { overlaySvg, skyPlotSvg } from '#main/sample/astrobin/chart.ts';
import { exposureOf } from '#main/sample/astrobin/exposure.ts';
import { countLevels, histogramSvg } from '#main/sample/astrobin/histogram.ts';
import { renditionSize } from '#main/sample/astrobin/renditions.ts';
import { createSkyFrame, distance } from '#main/sample/astrobin/sky-frame.ts';
import { skyObjects } from '#main/sample/astrobin/sky-objects.ts';
import { textPath, textWidth } from '#main/sample/astrobin/stroke-font.ts';
import { targetAt, targets } from '#main/sample/astrobin/targets.ts';
import {
  lookOf,
  titleCount,
  titleNumber,
  titleRanks,
  titleText,
} from '#main/sample/astrobin/titles.ts';

const named = (name: string) => skyObjects.find(({ names }) => names.includes(name));

describe('the catalogue', () => {
  test('places objects where they are', () => {
    expect(named('M 31')).toMatchObject({ ra: 10.675, dec: 41 + 16 / 60 });
    expect(named('NGC 7000')?.ra).toBeCloseTo(314.7, 1);
    expect(named('M 42')?.dec).toBeCloseTo(-5.38, 1);
    expect(named('M 77')?.dec).toBeCloseTo(-0.017, 2);
    for (const { ra, dec } of skyObjects) {
      expect(ra >= 0 && ra < 360).toBe(true);
      expect(Math.abs(dec)).toBeLessThan(90);
    }
  });

  test('gives every designation once', () => {
    const names = skyObjects.flatMap((object) => object.names);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

describe('a frame of the sky', () => {
  const solution = { ra: 83.8, dec: -5.4, pixelScale: 2, orientation: 0, radius: 0.7 };

  test('has north up and east to the left, turned by the orientation', () => {
    const upright = createSkyFrame(solution, 2000, 1500);
    expect(upright.toPixel(83.8, -5.4)).toEqual({ x: 1000, y: 750 });
    const north = upright.toPixel(83.8, -5.2);
    expect(north?.x).toBeCloseTo(1000);
    expect(north?.y).toBeCloseTo(750 - (0.2 * 3600) / 2, 0);
    expect(upright.toPixel(84, -5.4)?.x).toBeLessThan(1000);
    // The upper edge points east: north is to the right.
    const turned = createSkyFrame({ ...solution, orientation: 90 }, 2000, 1500);
    expect(turned.toPixel(83.8, -5.2)?.x).toBeCloseTo(1360, 0);
    expect(turned.toPixel(84, -5.4)?.y).toBeLessThan(750);
  });

  test.each([0, 33, 181, 300])('goes both ways at %i degrees', (orientation) => {
    const frame = createSkyFrame({ ...solution, dec: 71, orientation }, 2000, 1500);
    for (const [x, y] of [
      [0, 0],
      [1999, 20],
      [700, 1499],
    ] as const) {
      const { ra, dec } = frame.toSky(x, y);
      const back = frame.toPixel(ra, dec);
      expect(back?.x).toBeCloseTo(x, 4);
      expect(back?.y).toBeCloseTo(y, 4);
    }
    const corner = frame.toSky(0, 0);
    expect(distance(83.8, 71, corner.ra, corner.dec)).toBeCloseTo((1250 * 2) / 3600, 3);
  });

  test('has no pixel for what lies behind', () => {
    expect(createSkyFrame(solution, 10, 10).toPixel(263.8, 5.4)).toBeNull();
  });
});

describe('exposures', () => {
  test('fit their target', () => {
    for (const target of targets.filter(({ family }) => family === 'deep')) {
      for (const seed of [1, 7919, 15_838, 123_457]) {
        const { width, height, pixelScale } = exposureOf(seed, target);
        const across = (Math.min(width, height) * pixelScale) / 60;
        expect(across, target.name).toBeGreaterThan(Math.min(target.sizeArcmin, 220));
        expect(Math.max(width, height)).toBeLessThanOrEqual(3600);
        expect((Math.hypot(width, height) / 2) * (pixelScale / 3600)).toBeLessThan(9);
      }
    }
  });
});

describe('titles', () => {
  test('have numbers, a look and a rank each', () => {
    expect(titleText(-1)).toBe('');
    expect(titleRanks).toHaveLength(titleCount);
    const target = targets.findIndex(({ name }) => name === 'North America Nebula');
    const texts = Array.from({ length: 25 }, (_, at) => titleText(titleNumber(target, at / 25)));
    expect(texts).toContain('NGC 7000 - North America Nebula');
    expect(texts).toContain('North America Nebula in SHO');
    expect(new Set(texts).size).toBe(25);
    const sho = titleNumber(target, (texts.indexOf('North America Nebula in SHO') + 0.5) / 25);
    expect(targets[target]?.looks).toContain(lookOf(sho));
    expect(lookOf(sho)).not.toBe(targets[target]?.looks[0]);
  });

  test('never leave a gap, nor name what has no name twice', () => {
    const texts = Array.from({ length: titleCount }, (_, number) => titleText(number));
    expect(texts.filter((text) => /[{}]|^\s|\s$|\s\s/.test(text) || text === '')).toEqual([]);
    expect(texts.filter((text) => /^(.{3,}) (?:- )?\(?\1\)?$/.test(text))).toEqual([]);
    expect(targetAt(0.999999)).toBe(targets.length - 1);
  });
});

describe('charts', () => {
  const solution = { ra: 314.7, dec: 44.3, pixelScale: 5, orientation: 20, radius: 2 };

  test('draw a grid, circles and letters without a font', () => {
    const object = skyObjects.findIndex(({ names }) => names.includes('NGC 7000'));
    const svg = overlaySvg(solution, 2000, 1000, 750, [object]);
    expect(svg).not.toContain('<text');
    expect(svg).not.toContain('NaN');
    expect(svg).toContain('viewBox="0 0 1000 750"');
    // 120 arcminutes at 10 arcseconds a pixel of the drawing.
    expect(svg).toContain('a360.0 360.0 0 1 0');
    expect(overlaySvg(solution, 2000, 1000, 750, [])).not.toContain('a360.0');
  });

  test('of the sky hold together near the pole and at the first hour', () => {
    for (const [ra, dec] of [
      [20, 89],
      [359.9, 0],
      [0.1, -88],
    ] as const) {
      const plot = skyPlotSvg(
        { ...solution, ra, dec },
        { width: 2000, height: 1500, named: [] },
        300,
        60,
      );
      expect(plot).not.toContain('NaN');
      expect(plot.length).toBeLessThan(200_000);
    }
  });

  test('write capitals, digits and signs', () => {
    expect(textPath('L', 10, 20, 6)).toBe('M10.0 20.0L10.0 26.0L14.0 26.0');
    expect(textPath('l', 10, 20, 6)).toBe(textPath('L', 10, 20, 6));
    expect(textWidth('M 31', 12)).toBeCloseTo(44.8);
    expect(textPath(' ', 0, 0, 6)).toBe('');
  });

  test('of levels count every pixel', () => {
    const levels = countLevels(Uint8Array.from([0, 10, 255, 0, 11, 255]));
    expect([levels[0]?.[0], levels[1]?.[10], levels[1]?.[11], levels[2]?.[255]]).toEqual([
      2, 1, 1, 2,
    ]);
    expect(histogramSvg(levels, 274, 120)).toMatch(/width="274" height="120"/);
  });
});

test('renditions are as wide as their name says, and never enlarged', () => {
  expect(renditionSize('hd', 3000, 2000)).toEqual({ width: 1824, height: 1216, isCropped: false });
  expect(renditionSize('hd', 1200, 900)).toEqual({ width: 1200, height: 900, isCropped: false });
  expect(renditionSize('regular', 2000, 3000)).toMatchObject({ width: 620, height: 930 });
  expect(renditionSize('gallery', 2000, 3000)).toEqual({
    width: 130,
    height: 130,
    isCropped: true,
  });
  expect(renditionSize('real', 2001, 3001)).toMatchObject({ width: 2001, height: 3001 });
});
