/** Runs in the page, pure. The columns of the queue. */
import { downloadsText as words } from '../../i18n/downloads.ts';
import type { TreeColumn } from '../../ui/tree-grid/tree-columns.ts';

export const queueColumns: readonly TreeColumn[] = [
  { key: 'name', label: words.name, width: null, skeleton: 11 },
  { key: 'archive', label: words.archive, width: 3.5, priority: 2, skeleton: 2.5 },
  { key: 'size', label: words.size, width: 7.5, align: 'end', priority: 4, skeleton: 3 },
  { key: 'progress', label: words.progress, width: 4, priority: 5 },
  { key: 'state', label: words.state, width: 7.5, skeleton: 4 },
  { key: 'speed', label: words.speed, width: 4.25, align: 'end', priority: 3 },
  { key: 'left', label: words.left, width: 3.25, align: 'end', priority: 1 },
];
