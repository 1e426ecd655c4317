/**
 * Runs in the page. The images before and after one in the list of AstroBin's that it was opened from: of what is in
 * memory, else of what is kept. The archive is asked only at the end of what is here.
 */
import type { ArchiveApi, CallOptions } from '#contract/api.ts';
import type { AstrobinPage, AstrobinParam, AstrobinPickKind } from '#contract/astrobin.ts';
import { parseRef, type RecordCard, type RecordRef } from '#contract/domain.ts';
import { formatArchiveDate } from '../../i18n/format.ts';
import { astrobinText } from '../../i18n/astrobin.ts';
import type { RecordOrigin } from '../../lib/deps.ts';
import type { Neighbours } from '../record/neighbours.ts';
import { astrobinListsOf } from './held-lists.ts';
import { ImageList, pageSize } from './image-list.svelte.ts';
import { sentParams } from './search-params.ts';

export type AstrobinSource = Extract<RecordOrigin['source'], { view: `astrobin${string}` }>;

export function isAstrobinSource(source: RecordOrigin['source']): source is AstrobinSource {
  return source.view.startsWith('astrobin');
}

/** What is known of an image by its reference alone. */
function bareCard(ref: RecordRef, title: string): RecordCard {
  const id = parseRef(ref)?.id ?? ref;
  return {
    record: {
      ...{ ref, archive: 'astrobin', id, kind: 'image', title },
      ...{ description: null, date: null, credit: null, licence: null, preview: null, page: null },
      fields: {},
    },
    thumb: null,
    alt: title,
  };
}

export async function findAstrobinNeighbours(
  api: ArchiveApi,
  { source, index }: { source: AstrobinSource; index: number },
  ref: RecordRef,
  options: CallOptions,
): Promise<Neighbours> {
  if (source.view === 'astrobin-day') return amongPicks(api, source.kind, { index, ref }, options);
  if (source.view === 'astrobin-collection') return inCollection(api, source.id, ref, options);
  const params: AstrobinParam[] =
    source.view === 'astrobin' ? source.params : [['user', source.username]];
  return (
    (await inMemory(api, params, ref)) ?? (await inPages(api, params, { index, ref }, options))
  );
}

interface Wanted {
  index: number;
  ref: RecordRef;
}

async function inMemory(
  api: ArchiveApi,
  params: readonly AstrobinParam[],
  ref: RecordRef,
): Promise<Neighbours | null> {
  const list = astrobinListsOf(api).latest(params);
  const at = list?.items.indexOf(ref) ?? -1;
  if (list === null || at === -1) return null;
  // One that is last here may have a next one: 25 more are one request.
  if (at === list.items.loaded - 1 && list instanceof ImageList) await list.loadMore();
  const next = list.items.at(at + 1);
  const isAtCeiling = list instanceof ImageList && list.isAtCeiling;
  return {
    total: list.total,
    card: list.items.at(at),
    previous: list.items.at(at - 1),
    next,
    endsAtWall: next === null && isAtCeiling,
  };
}

async function pageAt(
  api: ArchiveApi,
  params: readonly AstrobinParam[],
  offset: number,
  options: CallOptions,
): Promise<AstrobinPage> {
  const wish = { params: sentParams(params), offset };
  const kept = await api.astrobin.cachedImages(wish, options);
  return kept.page ?? (await api.astrobin.images(wish, options));
}

async function inPages(
  api: ArchiveApi,
  params: readonly AstrobinParam[],
  { index, ref }: Wanted,
  options: CallOptions,
): Promise<Neighbours> {
  const offset = Math.floor(index / pageSize) * pageSize;
  const page = await pageAt(api, params, offset, options);
  const at = page.cards.findIndex(({ record }) => record.ref === ref);
  const here = at === -1 ? Math.min(index - offset, page.cards.length) : at;
  let previous = page.cards[here - 1] ?? null;
  let next = page.cards[at === -1 ? here : here + 1] ?? null;
  if (previous === null && offset > 0) {
    previous = (await pageAt(api, params, offset - pageSize, options)).cards.at(-1) ?? null;
  }
  if (next === null && page.hasNext) {
    next = (await pageAt(api, params, offset + pageSize, options)).cards[0] ?? null;
  }
  const endsAtWall = next === null && page.ceiling !== null && page.total >= page.ceiling;
  return { total: page.total, card: page.cards[at] ?? null, previous, next, endsAtWall };
}

async function amongPicks(
  api: ArchiveApi,
  kind: AstrobinPickKind,
  { index, ref }: Wanted,
  options: CallOptions,
): Promise<Neighbours> {
  const list = astrobinListsOf(api).latestPicks(kind);
  // An image may have been chosen more than once.
  const place = list?.at(index)?.image === ref ? index : (list?.indexOf(ref) ?? -1);
  const at = place === -1 ? index : place;
  const read = async (wanted: number): Promise<RecordCard | null> => {
    if (wanted < 0) return null;
    const pick = list?.at(wanted) ?? null;
    if (pick !== null) return list?.cardAt(wanted) ?? cardOfPick(pick.image, pick.date);
    const offset = Math.floor(wanted / pageSize) * pageSize;
    const kept = await api.astrobin.cachedPicks({ kind, offset }, options);
    const part = kept.part ?? (await api.astrobin.picks({ kind, offset }, options));
    total = part.total;
    const one = part.picks[wanted - offset];
    return one === undefined ? null : (one.card ?? cardOfPick(one.pick.image, one.pick.date));
  };
  let total = list?.total ?? 0;
  const card = await read(at);
  const previous = await read(at - 1);
  const next = total > 0 && at + 1 >= total ? null : await read(at + 1);
  const isThere = card?.record.ref === ref;
  return { total, card: isThere ? card : null, previous, next, endsAtWall: false };
}

function cardOfPick(ref: RecordRef | null, date: string): RecordCard | null {
  return ref === null ? null : bareCard(ref, formatArchiveDate(date));
}

async function inCollection(
  api: ArchiveApi,
  id: number,
  ref: RecordRef,
  options: CallOptions,
): Promise<Neighbours> {
  const list = astrobinListsOf(api).latestCollection(id);
  const refs =
    list !== null && list.total > 0
      ? list.items.refs
      : (await api.astrobin.collection({ id }, options)).collection.images;
  const at = refs.indexOf(ref);
  const read = (index: number): RecordCard | null => {
    const wanted = at === -1 ? undefined : refs[index];
    if (wanted === undefined) return null;
    return list?.cards.card(wanted) ?? bareCard(wanted, astrobinText.gallery);
  };
  const known = list?.cards.card(ref) ?? null;
  const beside = { previous: read(at - 1), next: read(at + 1) };
  return { total: refs.length, card: known, ...beside, endsAtWall: false };
}
