/** Runs in the page, pure. The columns of the registry's tree. */
import { pdsText } from '../../i18n/pds.ts';
import type { TreeColumn } from '../../ui/tree-grid/tree-columns.ts';

const { columns: words } = pdsText;

/** Those of a window: a narrow one leaves its room to titles. */
export function columnsIn(isNarrow: boolean): readonly TreeColumn[] {
  return [
    { key: 'title', label: words.title, width: null, skeleton: 13.75 },
    {
      key: 'id',
      label: words.id,
      width: 9.125,
      share: 0.35,
      priority: 1,
      skeleton: 6.875,
      isHidden: isNarrow,
    },
    { key: 'members', label: words.members, width: 3.625, align: 'end', priority: 2 },
    { key: 'version', label: words.version, width: 2.875, align: 'end', priority: 4 },
    { key: 'size', label: words.size, width: 3.625, align: 'end', priority: 3 },
  ];
}
