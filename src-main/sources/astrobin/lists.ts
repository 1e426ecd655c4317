/** Runs in plain Node. A part of a list in the domain's terms, with what the service leaves unsaid worked out. */
import type { Paging } from './addresses.ts';
import type { AstrobinList } from './astrobin-client.ts';
import { mapRows } from './map.ts';
import type { WireObject } from './values.ts';
import type { WireList } from './wire.ts';

/** Maps the rows of a part that was asked for by `page`. Rows that can't be read are counted. */
export function toListOf<T>(
  list: WireList,
  page: Paging,
  toItem: (row: WireObject) => T | null,
): AstrobinList<T> {
  const limit = list.limit === null || list.limit === 0 ? page.limit : list.limit;
  const offset = list.offset ?? page.offset;
  const end = offset + list.rows.length + list.unreadable;
  const hasNext = list.total === null ? list.hasNext : end < list.total && end > offset;
  const { items, unreadable } = mapRows(list, toItem);
  return { items, unreadable, limit, offset, total: list.total ?? end, hasNext, ceiling: null };
}
