import { describe, expect, test } from 'vitest';
import type { MediaKey, RecordCard, RecordDetail, RecordRendition } from '#contract/domain.ts';
import { fitView, type StageFrame } from '#renderer/features/record/stage-geometry.ts';
import {
  liesAcross,
  pickPicture,
  referenceSize,
  stagePictures,
} from '#renderer/features/record/stage-renditions.ts';
import { makeCard, makeDetail, makeRendition } from '#test/support/made-records.ts';

const rendition = makeRendition;
const detail = (renditions: RecordRendition[], thumb: RecordCard['thumb'] = null): RecordDetail =>
  makeDetail(renditions, makeCard('x', thumb));

const listed = detail([
  rendition('orig', { width: 4000, height: 3000 }),
  rendition('thumb', { width: 640, height: 480 }),
  rendition('large', { width: 1920, height: 1440 }),
]);
const frame: StageFrame = {
  picture: { width: 4000, height: 3000 },
  stage: { width: 716, height: 692 },
  pixelRatio: 1,
};

describe('pictures of the stage', () => {
  test('are in order of size, without files that cannot be shown', () => {
    const pictures = stagePictures(
      detail([
        ...listed.renditions,
        rendition('raw', { key: null, width: 9000, height: 9000 }),
        rendition('film', { mime: 'video/mp4' }),
        rendition('sheet', { mime: null, url: 'https://files.example/x.json' }),
      ]),
    );
    expect(pictures.map((picture) => picture.name)).toEqual(['thumb', 'large', 'orig']);
    expect(referenceSize(pictures)).toEqual({ width: 4000, height: 3000 });
  });

  test('without pixels the names order them', () => {
    const pictures = stagePictures(
      detail([rendition('orig'), rendition('medium'), rendition('thumb'), rendition('large')]),
    );
    expect(pictures.map((picture) => picture.name)).toEqual(['thumb', 'medium', 'large', 'orig']);
    expect(referenceSize(pictures)).toBeNull();
  });

  test('a listing from before the camera file was turned is turned', () => {
    const thumb = { key: 'k/t' as MediaKey, width: 427, height: 640 };
    const [picture] = stagePictures(
      detail([rendition('orig', { width: 3000, height: 2000 })], thumb),
    );
    expect(picture?.size).toEqual({ width: 2000, height: 3000 });
    expect(liesAcross({ width: 100, height: 101 }, { width: 100, height: 100 })).toBe(false);
  });
});

describe('which picture is drawn', () => {
  const pictures = stagePictures(listed);
  const nothing = new Set<MediaKey>();

  test('the smallest that covers the zoom in device pixels', () => {
    const fit = fitView(frame);
    expect(pickPicture(pictures, fit, frame, nothing)?.name).toBe('large');
    const tiny = { ...frame, stage: { width: 400, height: 400 } };
    expect(pickPicture(pictures, fitView(tiny), tiny, nothing)?.name).toBe('thumb');
    const dense = { ...frame, pixelRatio: 3 };
    expect(pickPicture(pictures, fitView(dense), dense, nothing)?.name).toBe('orig');
    expect(pickPicture(pictures, { ...fit, scale: 8 }, frame, nothing)?.name).toBe('orig');
  });

  test('one that could not be loaded is passed over', () => {
    const fit = fitView(frame);
    expect(pickPicture(pictures, fit, frame, new Set(['k/large' as MediaKey]))?.name).toBe('orig');
    const all = new Set(pictures.map((picture) => picture.key));
    expect(pickPicture(pictures, fit, frame, all)).toBeNull();
  });
});
