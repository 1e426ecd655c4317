/** Runs in plain Node; pure. What a name template makes of real records, while it is being written. */
import type { ArchiveId, ArchiveRecord, RecordRef } from '#contract/domain.ts';
import { archiveIds } from '#contract/domain.ts';
import type { NamePreview } from '#contract/downloads.ts';
import { endingOfUrl } from '../file-names.ts';
import { fieldFallbacks } from './field-values.ts';
import { renderName } from './render-name.ts';
import { parseTemplate, templateFields } from './template.ts';

/** A file of a record, as far as names depend on it. */
export interface NamedRendition {
  record: ArchiveRecord;
  rendition: string;
  url: string;
}

const exampleOf = (
  ref: string,
  record: Pick<ArchiveRecord, 'archive' | 'id' | 'title' | 'date' | 'credit' | 'fields' | 'kind'>,
): ArchiveRecord => ({
  ref: ref as RecordRef,
  ...{ description: null, licence: null, preview: null, page: null },
  ...record,
});

/** Stand in until something of the archive was saved. */
const examples: Readonly<Record<ArchiveId, NamedRendition>> = {
  'nasa-images': {
    record: exampleOf('nasa:PIA00001', {
      archive: 'nasa-images',
      id: 'PIA00001',
      kind: 'image',
      title: 'Example: a crescent and its moon',
      date: '1998-07-24T00:00:00Z',
      credit: 'NASA/JPL',
      fields: { photographer: 'A. Photographer' },
    }),
    rendition: 'orig',
    url: 'https://example.invalid/PIA00001~orig.jpg',
  },
  'pds-registry': {
    record: exampleOf('pds:urn:nasa:pds:example_camera:data_raw:image_0001::1.0', {
      archive: 'pds-registry',
      id: 'urn:nasa:pds:example_camera:data_raw:image_0001::1.0',
      kind: 'data',
      title: 'Example: raw camera image 0001',
      date: '2012-08-06T05:17:57Z',
      credit: null,
      fields: {
        'pds:Investigation_Area.pds:name': ['Example Mission'],
        'pds:Target_Identification.pds:name': ['Mars'],
      },
    }),
    rendition: 'image_0001.img',
    url: 'https://example.invalid/data_raw/image_0001.img',
  },
  astrobin: {
    record: exampleOf('astrobin:abc123', {
      archive: 'astrobin',
      id: 'abc123',
      kind: 'image',
      title: 'Example: a galaxy at the zenith',
      date: '2021-10-08T22:41:00Z',
      credit: 'an_observer',
      fields: { subjects: ['M 31'] },
    }),
    rendition: 'hd',
    url: 'https://example.invalid/abc123_0_hd.jpg',
  },
};

const fields = templateFields.map((name) => ({ name, fallback: fieldFallbacks[name] }));

/** `newest`: the newest file that was saved of an archive; an example stands in for null. */
export function previewNames(
  text: string,
  newest: (archive: ArchiveId) => NamedRendition | null,
): NamePreview {
  const parsed = parseTemplate(text);
  if (!parsed.ok) {
    const { position, message } = parsed;
    return { problem: { position, message }, names: [], fields };
  }
  const names = archiveIds.map((archive) => {
    const { record, rendition, url } = newest(archive) ?? examples[archive];
    const path = renderName(parsed.template, {
      ...{ record, rendition, ending: endingOfUrl(url) },
      // As the first of a bulk of a hundred.
      ...{ group: 'Example group', index: 1, count: 100 },
    });
    return { archive, title: record.title, path };
  });
  return { problem: null, names, fields };
}
