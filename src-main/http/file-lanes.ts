/** Pure. The lane on which the files of each archive come. */
import type { ArchiveId } from '#contract/domain.ts';
import type { Lane } from './http-client.ts';

export const fileLanes: Readonly<Record<ArchiveId, Lane>> = {
  'nasa-images': 'nasa-files',
  'pds-registry': 'pds-files',
  astrobin: 'astrobin',
};
