import { toRef, type MediaKey, type RecordCard } from '#contract/domain.ts';

interface Shape {
  width?: number | null;
  height?: number | null;
  kind?: 'image' | 'video' | 'audio';
  title?: string;
  fields?: Record<string, unknown>;
  credit?: string | null;
  date?: string | null;
}

/** A plainly made-up card for tests; `number` is its place. */
export function makeCard(number: number, shape: Shape = {}): RecordCard {
  const id = `record-${number}`;
  const title = shape.title ?? `Record ${number}`;
  return {
    record: {
      ref: toRef('nasa-images', id),
      archive: 'nasa-images',
      id,
      kind: shape.kind ?? 'image',
      title,
      description: null,
      date: shape.date === undefined ? '2011-05-13T00:00:00Z' : shape.date,
      credit: shape.credit === undefined ? 'Observer 12' : shape.credit,
      licence: 'NASA media guidelines',
      preview: null,
      page: `https://images.nasa.gov/details/${id}`,
      fields: shape.fields ?? {},
    },
    thumb: {
      key: `thumb-${number}` as MediaKey,
      width: shape.width === undefined ? 640 : shape.width,
      height: shape.height === undefined ? 480 : shape.height,
    },
    alt: title,
  };
}
