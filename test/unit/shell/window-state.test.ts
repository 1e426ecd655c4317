import { describe, expect, test } from 'vitest';
import { fitToDisplays, parseWindowState, type Bounds } from '#main/shell/window-state.ts';

const laptop: Bounds = { x: 0, y: 25, width: 1440, height: 875 };
const second: Bounds = { x: 1440, y: 0, width: 1920, height: 1080 };
const state = (bounds: Bounds) => ({ bounds, maximised: false, fullScreen: false });

describe('a stored state', () => {
  test('is read back', () => {
    const stored = { ...state(laptop), maximised: true };
    expect(parseWindowState(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  test.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ bounds: { x: 0, y: 0, width: 0, height: 5 } }],
    [{ bounds: { x: Number.NaN, y: 0, width: 900, height: 700 } }],
    [{ bounds: { x: 1e12, y: 0, width: 900, height: 700 } }],
    [{ bounds: { x: 0.5, y: 0, width: 900, height: 700 } }],
  ])('that is not one (%j) is none', (value) => {
    expect(parseWindowState(value)).toBeNull();
  });

  test('with only its flags wrong keeps its place', () => {
    expect(parseWindowState({ bounds: laptop, maximised: 'yes' })).toEqual(state(laptop));
  });
});

describe('the window opens', () => {
  test('at 1280 by 800 in the middle of the first display the first time', () => {
    expect(fitToDisplays(null, [laptop])).toEqual(
      state({ x: 80, y: 63, width: 1280, height: 800 }),
    );
  });

  test('within a small display, though never below the minimum', () => {
    expect(fitToDisplays(null, [{ x: 0, y: 0, width: 1024, height: 700 }]).bounds).toEqual({
      x: 0,
      y: 0,
      width: 1024,
      height: 700,
    });
    expect(fitToDisplays(null, [{ x: 0, y: 0, width: 640, height: 480 }]).bounds).toEqual({
      x: 0,
      y: 0,
      width: 800,
      height: 600,
    });
  });

  test('where it was, on whichever display that is', () => {
    const there = state({ x: 2000, y: 100, width: 1000, height: 700 });
    expect(fitToDisplays(there, [laptop, second])).toEqual(there);
  });

  test('on the first display when its own is gone, with its size', () => {
    const there = { ...state({ x: 2000, y: 100, width: 1000, height: 700 }), maximised: true };
    expect(fitToDisplays(there, [laptop])).toEqual({
      bounds: { x: 220, y: 113, width: 1000, height: 700 },
      maximised: true,
      fullScreen: false,
    });
  });

  test('anew when its top edge can no longer be held', () => {
    const above = state({ x: 100, y: -300, width: 1000, height: 700 });
    expect(fitToDisplays(above, [laptop]).bounds.y).toBeGreaterThanOrEqual(25);
    const sliver = state({ x: 1400, y: 100, width: 1000, height: 700 });
    expect(fitToDisplays(sliver, [laptop]).bounds.x).toBe(220);
  });

  test('no smaller than the minimum', () => {
    const tiny = state({ x: 100, y: 100, width: 200, height: 100 });
    expect(fitToDisplays(tiny, [laptop]).bounds).toMatchObject({ width: 800, height: 600 });
  });
});
