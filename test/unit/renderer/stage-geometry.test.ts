import { describe, expect, test } from 'vitest';
import {
  centreOn,
  clampView,
  fitScale,
  fitView,
  isFit,
  isLarger,
  nextStop,
  oneToOne,
  panBy,
  percentOf,
  pinch,
  rebaseView,
  resizeView,
  scaleLimits,
  snapBox,
  visiblePart,
  wheelFactor,
  zoomAbout,
  type Point,
  type StageFrame,
  type StageView,
} from '#renderer/features/record/stage-geometry.ts';

const wide: StageFrame = {
  picture: { width: 4000, height: 2000 },
  stage: { width: 800, height: 600 },
  pixelRatio: 1,
};
const sharp: StageFrame = { ...wide, pixelRatio: 2 };
const small: StageFrame = { ...wide, picture: { width: 200, height: 100 } };

/** The point of the picture, in its own pixels, that lies under a point of the stage. */
const under = (view: StageView, point: Point): Point => ({
  x: (point.x - view.x) / view.scale,
  y: (point.y - view.y) / view.scale,
});

describe('fit', () => {
  test('shows all of a large picture, centred on the short side', () => {
    expect(fitView(wide)).toEqual({ scale: 0.2, x: 0, y: 100 });
    expect(isLarger(fitView(wide), wide)).toBe(false);
  });

  test('does not blow up a small picture', () => {
    expect(fitView(small)).toEqual({ scale: 1, x: 300, y: 250 });
  });

  test('survives a stage that has no size yet and a picture of nothing', () => {
    expect(fitScale({ ...wide, stage: { width: 0, height: 0 } })).toBe(1);
    expect(fitScale({ ...wide, picture: { width: 0, height: Number.NaN } })).toBe(1);
  });

  test('per cent counts device pixels', () => {
    expect(percentOf(fitView(wide), wide)).toBeCloseTo(20);
    expect(percentOf(fitView(sharp), sharp)).toBeCloseTo(40);
    expect(percentOf({ scale: oneToOne(sharp), x: 0, y: 0 }, sharp)).toBe(100);
  });
});

describe('zoom about a point', () => {
  test('what lies under the pointer stays under it', () => {
    const at = { x: 500, y: 310 };
    const before = zoomAbout(fitView(wide), wide, { x: 400, y: 300 }, 0.8);
    const after = zoomAbout(before, wide, at, 2);
    expect(after.scale).toBe(2);
    expect(under(after, at).x).toBeCloseTo(under(before, at).x);
    expect(under(after, at).y).toBeCloseTo(under(before, at).y);
  });

  test('stops at the limits and never leaves a gap at an edge', () => {
    const { least, most } = scaleLimits(wide);
    expect(zoomAbout(fitView(wide), wide, { x: 0, y: 0 }, 1e9).scale).toBe(most);
    expect(zoomAbout(fitView(wide), wide, { x: 0, y: 0 }, 0).scale).toBe(least);
    for (const point of [
      { x: 0, y: 0 },
      { x: 800, y: 600 },
      { x: 13, y: 599 },
    ]) {
      const view = zoomAbout(fitView(wide), wide, point, 0.5);
      expect(view.x).toBeLessThanOrEqual(0);
      expect(view.x + 4000 * view.scale).toBeGreaterThanOrEqual(800);
      expect(view.y + 2000 * view.scale).toBeGreaterThanOrEqual(600);
    }
  });

  test('a scale that is no number changes nothing', () => {
    const view = fitView(wide);
    expect(zoomAbout(view, wide, { x: 1, y: 1 }, Number.NaN)).toEqual(view);
  });

  test('one may zoom out to 1:1 where that is smaller than fit', () => {
    const frame = { ...small, pixelRatio: 2 };
    expect(scaleLimits(frame).least).toBe(0.5);
    expect(isFit(fitView(frame), frame)).toBe(true);
  });
});

describe('pan', () => {
  const zoomed = zoomAbout(fitView(wide), wide, { x: 400, y: 300 }, 1);

  test('moves freely inside and stops at the edges', () => {
    expect(panBy(zoomed, wide, 30, -20)).toEqual({ scale: 1, x: zoomed.x + 30, y: zoomed.y - 20 });
    expect(panBy(zoomed, wide, 1e6, 1e6)).toEqual({ scale: 1, x: 0, y: 0 });
    expect(panBy(zoomed, wide, -1e6, -1e6)).toEqual({ scale: 1, x: -3200, y: -1400 });
  });

  test('a side that fits is centred whatever is asked', () => {
    const view = clampView({ scale: 0.25, x: -50, y: -70 }, wide);
    expect(view).toEqual({ scale: 0.25, x: -50, y: 50 });
  });

  test('the map puts a part of the picture into the middle', () => {
    const view = centreOn(zoomed, wide, { x: 0.5, y: 0.25 });
    expect(under(view, { x: 400, y: 300 })).toEqual({ x: 2000, y: 500 });
  });
});

describe('stops', () => {
  test('go up and down through fit and 100 % and end at the limits', () => {
    let view = fitView(wide);
    const seen: number[] = [];
    for (let count = 0; count < 40; count += 1) {
      const scale = nextStop(view, wide, 1);
      if (scale === view.scale) break;
      view = zoomAbout(view, wide, { x: 400, y: 300 }, scale);
      seen.push(Math.round(percentOf(view, wide)));
    }
    expect(seen).toEqual([25, 33, 50, 67, 100, 150, 200, 300, 400, 600, 800]);
    const down: number[] = [];
    for (let count = 0; count < 40; count += 1) {
      const scale = nextStop(view, wide, -1);
      if (scale === view.scale) break;
      view = zoomAbout(view, wide, { x: 400, y: 300 }, scale);
      down.push(Math.round(percentOf(view, wide)));
    }
    expect(down).toEqual([600, 400, 300, 200, 150, 100, 67, 50, 33, 25, 20]);
    expect(isFit(view, wide)).toBe(true);
  });

  test('from between two stops the nearer one in that direction is next', () => {
    const view = { scale: 0.4, x: 0, y: 0 };
    expect(nextStop(view, wide, 1)).toBe(0.5);
    expect(nextStop(view, wide, -1)).toBeCloseTo(0.33);
  });
});

describe('wheel', () => {
  test('up is in, down is out, and both undo each other', () => {
    const up = wheelFactor({ deltaY: -100, deltaMode: 0, ctrlKey: false });
    const down = wheelFactor({ deltaY: 100, deltaMode: 0, ctrlKey: false });
    expect(up).toBeGreaterThan(1);
    expect(up * down).toBeCloseTo(1);
  });

  test('lines count as lines, a flick is bounded, a pinch is felt', () => {
    const lines = wheelFactor({ deltaY: -3, deltaMode: 1, ctrlKey: false });
    expect(lines).toBeCloseTo(wheelFactor({ deltaY: -48, deltaMode: 0, ctrlKey: false }));
    expect(wheelFactor({ deltaY: -9e9, deltaMode: 0, ctrlKey: false })).toBeLessThan(2);
    expect(wheelFactor({ deltaY: -4, deltaMode: 0, ctrlKey: true })).toBeGreaterThan(
      wheelFactor({ deltaY: -4, deltaMode: 0, ctrlKey: false }),
    );
  });
});

describe('what stays where it is', () => {
  test('a fitted picture is fitted after a resize, a zoomed one keeps its middle', () => {
    const after = { ...wide, stage: { width: 1000, height: 700 } };
    expect(resizeView(fitView(wide), wide, after)).toEqual(fitView(after));
    const zoomed = zoomAbout(fitView(wide), wide, { x: 400, y: 300 }, 1);
    const resized = resizeView(zoomed, wide, after);
    expect(resized.scale).toBe(1);
    expect(under(resized, { x: 500, y: 350 })).toEqual(under(zoomed, { x: 400, y: 300 }));
  });

  test('learning the true size moves nothing on the screen', () => {
    const thumb = { width: 640, height: 320 };
    const view = { scale: 1.25, x: 0, y: 100 };
    const rebased = rebaseView(view, thumb, wide.picture);
    expect(rebased.scale * 4000).toBeCloseTo(view.scale * 640);
    expect([rebased.x, rebased.y]).toEqual([0, 100]);
    expect(rebaseView(view, { width: 0, height: 0 }, wide.picture)).toEqual(view);
  });

  test('the map shows which part is visible', () => {
    expect(visiblePart(fitView(wide), wide)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
    const part = visiblePart({ scale: 1, x: -1000, y: -500 }, wide);
    expect([part.x, part.y, part.width]).toEqual([0.25, 0.25, 0.2]);
    expect(part.height).toBeCloseTo(0.3);
  });

  test('a pinch keeps what the fingers hold between them', () => {
    const view = zoomAbout(fitView(wide), wide, { x: 400, y: 300 }, 1);
    const before = [
      { x: 350, y: 300 },
      { x: 450, y: 300 },
    ] as const;
    const after = [
      { x: 320, y: 320 },
      { x: 520, y: 320 },
    ] as const;
    const pinched = pinch(view, wide, before, after);
    expect(pinched.scale).toBeCloseTo(2);
    expect(under(pinched, { x: 420, y: 320 }).x).toBeCloseTo(under(view, { x: 400, y: 300 }).x);
    expect(under(pinched, { x: 420, y: 320 }).y).toBeCloseTo(under(view, { x: 400, y: 300 }).y);
    const same = [before[0], before[0]] as const;
    expect(pinch(view, wide, same, after).scale).toBe(1);
  });
});

test.each([
  [1, { x: 0, y: 0 }],
  [1.25, { x: 216, y: 83 }],
  [1.5, { x: 216, y: 83 }],
  [3, { x: 100.4, y: 7.1 }],
])('a picture begins on a whole pixel of the screen at a ratio of %d', (pixelRatio, origin) => {
  const frame = { ...wide, pixelRatio };
  for (const x of [-0.4, 12.34, -317.77]) {
    const box = snapBox({ scale: 1 / pixelRatio, x, y: x / 3 }, frame, origin);
    for (const at of [(box.x + origin.x) * pixelRatio, (box.y + origin.y) * pixelRatio]) {
      expect(Math.abs(at - Math.round(at))).toBeLessThan(1e-6);
    }
    expect(Math.abs(box.x - x)).toBeLessThanOrEqual(0.5 / pixelRatio + 1e-9);
    expect(box.width * pixelRatio).toBeCloseTo(4000, 6);
  }
});
