import { describe, expect, test } from 'vitest';
import { createScene, drawPixels, pictureKinds } from '#main/sample/draw/scene.ts';
import type { Picture } from '#main/sample/draw/scene.ts';
import { toBytes } from '#main/sample/draw/tile.ts';
import { topicList } from '#main/sample/topics.ts';

const looksOf = (kind: Picture['kind']): string[] => [
  ...new Set(topicList.filter((topic) => topic.kind === kind).map((topic) => topic.look)),
];

function mean(bytes: Uint8Array): number {
  return bytes.reduce((sum, value) => sum + value, 0) / bytes.length;
}

function spread(bytes: Uint8Array): number {
  const middle = mean(bytes);
  return Math.sqrt(bytes.reduce((sum, value) => sum + (value - middle) ** 2, 0) / bytes.length);
}

test('every kind of picture is the topic of some record', () => {
  expect(new Set(topicList.map((topic) => topic.kind))).toEqual(new Set(pictureKinds));
});

describe.each(pictureKinds)('%s', (kind) => {
  const picture: Picture = {
    kind,
    look: looksOf(kind)[0] ?? '',
    seed: 99,
    aspect: 1.25,
    phase: 0.6,
  };
  const [width, height] = [100, 80];
  const drawn = drawPixels(createScene(picture), width, height);

  test('shows something, and something else for another seed', () => {
    expect(spread(drawn)).toBeGreaterThan(6);
    expect(mean(drawn)).toBeGreaterThan(2);
    expect(mean(drawn)).toBeLessThan(225);
    const other = drawPixels(createScene({ ...picture, seed: 100 }), width, height);
    expect(Buffer.compare(Buffer.from(other), Buffer.from(drawn))).not.toBe(0);
  });

  test('is the same in bands as in one piece', () => {
    const scene = createScene(picture);
    const bytes = new Uint8Array(width * height * 3);
    for (let top = 0; top < height; top += 17) {
      const rows = Math.min(17, height - top);
      const tile = { width, height, top, rows, data: new Float32Array(rows * width * 3) };
      scene.paint(tile);
      toBytes(tile, bytes.subarray(top * width * 3), 1.6);
    }
    // Light spreads over edges of bands in floating point: a step of one in a few values is rounding.
    const apart = bytes.reduce(
      (count, value, at) => count + (Math.abs(value - (drawn[at] ?? 0)) > 1 ? 1 : 0),
      0,
    );
    expect(apart).toBe(0);
  });
});
