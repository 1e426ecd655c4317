/** Runs in the page, pure. Where an item of the builder goes by one key, up or down, in and out of groups. */
import {
  parentOf,
  itemOf,
  type GroupItem,
  type QueryDocument,
} from '#contract/pds-query/document.ts';

export interface Place {
  groupId: string;
  /** Before the item that is there now. */
  index: number;
}

/** Null at the very beginning and end. */
export function stepOf(document: QueryDocument, id: string, by: 1 | -1): Place | null {
  const item = itemOf(document, id);
  const parent = parentOf(document, id);
  if (item === null || parent === null) return null;
  const at = parent.items.indexOf(item);
  const beside = parent.items[at + by];
  if (beside?.kind === 'group') {
    return { groupId: beside.id, index: by === 1 ? 0 : beside.items.length };
  }
  if (beside !== undefined) return { groupId: parent.id, index: by === 1 ? at + 2 : at - 1 };
  return placeBeside(document, parent, by);
}

function placeBeside(document: QueryDocument, group: GroupItem, by: 1 | -1): Place | null {
  const around = parentOf(document, group.id);
  if (around === null) return null;
  const at = around.items.indexOf(group);
  return { groupId: around.id, index: by === 1 ? at + 1 : at };
}
