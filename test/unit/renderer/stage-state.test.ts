import { describe, expect, test } from 'vitest';
import type { MediaKey } from '#contract/domain.ts';
import { StageState } from '#renderer/features/record/stage-state.svelte.ts';
import { tell } from '#renderer/features/record/stage-words.ts';
import { previewPicture, stagePictures } from '#renderer/features/record/stage-renditions.ts';
import { makeCard, makeDetail, makeRendition } from '#test/support/made-records.ts';

const key = (name: string) => `k/${name}` as MediaKey;
const sized = stagePictures(
  makeDetail([
    makeRendition('orig', { width: 4000, height: 3000 }),
    makeRendition('large', { width: 1920, height: 1440 }),
    makeRendition('thumb', { width: 640, height: 480 }),
  ]),
);
const unsized = stagePictures(
  makeDetail([makeRendition('orig'), makeRendition('large'), makeRendition('thumb')]),
);

function stageOf(pictures = sized): StageState {
  const stage = new StageState();
  stage.resize({ width: 600, height: 600 }, 1);
  stage.show(pictures, false);
  return stage;
}
const names = (stage: StageState) =>
  stage.layers.map(({ picture, isReady }) => `${picture.name}${isReady ? '' : '?'}`);

describe('renditions take over', () => {
  test('a larger one waits over the smaller until it is decoded, and nothing moves', () => {
    const stage = stageOf();
    expect(names(stage)).toEqual(['thumb?']);
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    const before = stage.box;
    stage.step(1);
    stage.step(1);
    const zoomed = stage.box;
    expect(zoomed).not.toEqual(before);
    expect(names(stage)).toEqual(['thumb', 'large?']);
    expect([stage.shown?.name, stage.coming?.name]).toEqual(['thumb', 'large']);
    stage.loaded(key('large'), { width: 1920, height: 1440 });
    expect(names(stage)).toEqual(['thumb', 'large']);
    expect(stage.box).toEqual(zoomed);
  });

  test('a preview that was decoded first does not stand for the size of an original without pixels', () => {
    const stage = new StageState();
    stage.resize({ width: 700, height: 600 }, 1);
    const preview = previewPicture(makeCard('x', { key: key('thumb'), width: 400, height: 300 }));
    if (preview === null) throw new Error('no preview');
    stage.showPreview(preview);
    stage.loaded(key('thumb'), { width: 400, height: 300 });
    const before = stage.box;
    expect(before?.width).toBeCloseTo(700);
    stage.show(
      stagePictures(
        makeDetail([
          makeRendition('orig'),
          makeRendition('large', { width: 1920, height: 1440 }),
          makeRendition('thumb', { width: 400, height: 300 }),
        ]),
      ),
      true,
    );
    expect(names(stage)).toEqual(['thumb', 'large?']);
    expect(stage.box?.width).toBeCloseTo(before?.width ?? 0);
    expect(stage.percent).toBeNull();
  });

  test('1:1 asked for before the original told its size is 1:1 once it has', () => {
    const stage = stageOf(unsized);
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    stage.oneToOne();
    stage.loaded(key('orig'), { width: 2880, height: 2160 });
    expect(stage.isOneToOne).toBe(true);
    expect(stage.percent).toBeCloseTo(100);
  });

  test('zooming out again drops what is no longer wanted and keeps the sharper one', () => {
    const stage = stageOf();
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    stage.oneToOne();
    expect(names(stage)).toEqual(['thumb', 'orig?']);
    stage.fit();
    expect(names(stage)).toEqual(['thumb']);
    stage.oneToOne();
    stage.loaded(key('orig'), { width: 4000, height: 3000 });
    stage.fit();
    expect(stage.shown?.name).toBe('orig');
    expect(stage.coming).toBeNull();
  });

  test('a late answer for a layer that was dropped changes nothing', () => {
    const stage = stageOf();
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    stage.oneToOne();
    stage.fit();
    stage.loaded(key('orig'), { width: 4000, height: 3000 });
    stage.loaded(key('nowhere'), { width: 1, height: 1 });
    expect(names(stage)).toEqual(['thumb']);
  });

  test('what cannot be loaded is passed over, and all may be tried again', () => {
    const stage = stageOf();
    stage.failed(key('thumb'));
    expect(names(stage)).toEqual(['large?']);
    stage.failed(key('large'));
    stage.failed(key('orig'));
    expect([names(stage), stage.isBroken]).toEqual([[], true]);
    stage.retry();
    expect([names(stage), stage.isBroken]).toEqual([['thumb?'], false]);
  });

  test('a file that lies across its preview is not drawn squeezed', () => {
    const stage = stageOf();
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    stage.oneToOne();
    stage.loaded(key('orig'), { width: 3000, height: 4000 });
    expect(stage.shown?.name).toBe('thumb');
    expect(stage.coming?.name).toBe('large');
  });
});

describe('sizes that nobody states', () => {
  test('the percent is said once the largest was decoded, and the picture stays where it is', () => {
    const stage = stageOf(unsized);
    expect([stage.box, stage.percent]).toEqual([null, null]);
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    expect(stage.box).toEqual({ x: 0, y: 75, width: 600, height: 450 });
    expect(stage.percent).toBeNull();
    stage.zoomBy(4);
    const before = stage.box;
    expect(stage.coming?.name).toBe('orig');
    stage.loaded(key('orig'), { width: 4800, height: 3600 });
    expect(stage.percent).toBeCloseTo(50);
    expect(stage.box?.width).toBeCloseTo(before?.width ?? 0);
    expect(stage.box?.x).toBeCloseTo(before?.x ?? 0);
  });
});

describe('a preview before the record is read', () => {
  test('is as large as the record will be', () => {
    const card = makeCard('x', { key: key('thumb'), width: 640, height: 480 });
    const preview = previewPicture(card);
    const stage = new StageState();
    stage.resize({ width: 1000, height: 1000 }, 1);
    if (preview !== null) stage.showPreview(preview);
    const before = stage.box;
    expect(before).toEqual({ x: 0, y: 125, width: 1000, height: 750 });
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    stage.show(sized, true);
    expect(stage.box).toEqual(before);
    expect(names(stage)).toEqual(['thumb', 'large?']);
  });

  test('another record starts anew', () => {
    const stage = stageOf();
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    stage.oneToOne();
    stage.show(sized.slice(0, 1), false);
    expect(stage.isFit).toBe(true);
    expect(names(stage)).toEqual(['thumb?']);
  });
});

test('a stage that has no size yet asks for nothing', () => {
  const stage = new StageState();
  stage.show(sized, false);
  expect([stage.layers, stage.box, stage.percent]).toEqual([[], null, null]);
  stage.resize({ width: 600, height: 600 }, 2);
  expect(names(stage)).toEqual(['thumb?']);
  expect(stage.percent).toBeCloseTo(30);
});

describe('a rendition that the user chose', () => {
  test('is drawn whatever the zoom, counts its own pixels, and moves nothing', () => {
    const stage = stageOf();
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    stage.zoomBy(3);
    stage.loaded(key('large'), { width: 1920, height: 1440 });
    const [before, percent] = [stage.box, stage.percent ?? 0];
    stage.choose('thumb');
    expect(names(stage)).toEqual(['large', 'thumb']);
    expect(stage.chosen).toBe('thumb');
    expect(stage.box?.x).toBeCloseTo(before?.x ?? 0, 6);
    expect(stage.box?.width).toBeCloseTo(before?.width ?? 0, 6);
    expect(stage.percent).toBeCloseTo((percent * 4000) / 640);
    stage.choose('orig');
    expect(names(stage)).toEqual(['large', 'thumb', 'orig?']);
    stage.loaded(key('orig'), { width: 4000, height: 3000 });
    expect(names(stage)).toEqual(['thumb', 'orig']);
    stage.choose(null);
    expect([stage.chosen, stage.percent]).toEqual([null, percent]);
  });

  test('that fails leaves what is drawn, says why, and is tried again when chosen again', () => {
    const stage = stageOf();
    stage.loaded(key('thumb'), { width: 640, height: 480 });
    stage.choose('orig');
    stage.failed(key('orig'));
    stage.explain(key('orig'), 'too-large');
    expect(stage.shown?.name).toBe('thumb');
    expect(stage.failure).toMatchObject({ picture: { name: 'orig' }, why: 'too-large' });
    stage.choose('orig');
    expect(names(stage)).toEqual(['thumb', 'orig?']);
  });

  test('is forgotten with the record', () => {
    const stage = stageOf();
    stage.choose('orig');
    stage.show(sized, false);
    expect(stage.chosen).toBeNull();
  });
});

test('the smallest comes first where the zoom wants the largest', () => {
  const stage = new StageState();
  stage.resize({ width: 1600, height: 1200 }, 2);
  stage.show(sized, false);
  expect(names(stage)).toEqual(['thumb?']);
  stage.loaded(key('thumb'), { width: 640, height: 480 });
  expect(names(stage)).toEqual(['thumb', 'orig?']);
});

test('progress is that of what is coming, and ends with it', () => {
  const stage = stageOf();
  stage.loaded(key('thumb'), { width: 640, height: 480 });
  stage.received(key('orig'), 10, 100);
  expect(stage.progress).toBeNull();
  stage.oneToOne();
  stage.received(key('orig'), 10, 100);
  expect(stage.progress).toMatchObject({ received: 10, total: 100 });
  stage.loaded(key('orig'), { width: 4000, height: 3000 });
  expect(stage.progress).toBeNull();
});

describe('what the plate says', () => {
  test.each([
    ['a file as it is', { width: 4000, height: 3000 }, false, null],
    ['a reduced file', { width: 2000, height: 1500 }, false, /^drawn at 2000 × 1500/],
    ['a TIFF', { width: 4000, height: 3000 }, true, /^as a JPEG/],
  ])('of %s', (_name, drawn, isConverted, note) => {
    const shown = {
      name: 'orig',
      key: key('orig'),
      bytes: 1,
      size: { width: 4000, height: 3000 },
      likelyWidth: 4000,
      isConverted,
    };
    const words = tell({ shown, drawn, coming: null, failure: null });
    expect(words.shown).toBe('Original, 4000 × 3000');
    if (note === null) expect(words.note).toBeNull();
    else expect(words.note).toMatch(note);
  });
});
