/** Runs in plain Node, for tests only. A library in a temporary folder, and records to put in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toRef, type RecordCard, type RecordRef } from '#contract/domain.ts';
import type { SeenRecord } from '#main/records/seen-record.ts';
import { openLibrary, type Library } from '#main/db/open-library.ts';

export function makeTempDir(): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'almagest-test-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export function openTestLibrary(profileDir: string): Library {
  return openLibrary({ profileDir, log: () => {}, clock: { nowMs: () => Date.now() } });
}

export function makeSeen(id: string, more: Partial<SeenRecord['record']> = {}): SeenRecord {
  const ref = toRef('nasa-images', id);
  return {
    record: {
      ref,
      archive: 'nasa-images',
      id,
      kind: 'image',
      title: `Title of ${id}`,
      description: null,
      date: '2010-02-12T00:00:00Z',
      credit: 'Observer 12',
      licence: null,
      preview: null,
      page: null,
      fields: { nested: { list: [1, 'two', null] } },
      ...more,
    },
    thumb: {
      url: `https://images-assets.nasa.gov/image/${id}/${id}~thumb.jpg`,
      width: 640,
      height: 480,
    },
    alt: `Picture of ${id}`,
  };
}

export const plainCard = (seen: SeenRecord): RecordCard => ({
  record: seen.record,
  thumb: null,
  alt: seen.alt,
});

export const nasaRef = (id: string): RecordRef => toRef('nasa-images', id);
