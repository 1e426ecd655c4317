/** Runs in plain Node. The states of an image: the first, and its revisions by their numbers in one request or few. */
import type { AstrobinImage, AstrobinRevision } from '#contract/astrobin.ts';
import type { Answered } from '../../http/documents.ts';
import { firstState, mapRows, toRevision } from './map.ts';
import { flagOf } from './values.ts';
import type { WireList } from './wire.ts';

export interface RevisionList {
  /** The first state ('0'), then B, C … */
  revisions: AstrobinRevision[];
  unreadable: number;
  /** Numbers that the image names and the service does not have. */
  missing: number[];
}

/** In one request; addresses must not grow too long. */
const mostInSet = 50;
/** More is no image. */
const mostRevisions = 200;

export interface RevisionSource {
  ask: (ids: readonly string[]) => Promise<Answered<WireList>>;
  base: URL;
  nowMs: number;
}

/** Asks for the revisions of an image, if it has any. */
export async function revisionsOf(
  image: AstrobinImage,
  { ask, base, nowMs }: RevisionSource,
): Promise<Answered<RevisionList>> {
  const ids = image.revisions.slice(0, mostRevisions);
  const answers: Answered<WireList>[] = [];
  for (let at = 0; at < ids.length; at += mostInSet) {
    answers.push(await ask(ids.slice(at, at + mostInSet).map(String)));
  }
  const rows = answers.flatMap(({ value }) => value.rows);
  const skipped = answers.reduce((sum, { value }) => sum + value.unreadable, 0);
  const mapped = mapRows({ rows, unreadable: skipped }, (row) => toRevision(row, base));
  const missing = answers.flatMap(({ value }) => value.notFound).map(Number);
  const first = firstState(image, flagOf(image.fields['is_final']));
  const revisions = [first, ...mapped.items.sort((one, other) => compare(one.label, other.label))];
  const value = { revisions, unreadable: mapped.unreadable, missing };
  const oldest = answers.toSorted((one, other) => one.age.fetchedAtMs - other.age.fetchedAtMs)[0];
  const own = { fetchedAtMs: nowMs, origin: 'network', isStale: false, problem: null } as const;
  return { value, age: oldest?.age ?? own };
}

/** B to Z, then AA. */
function compare(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
