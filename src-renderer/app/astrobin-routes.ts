/** Runs in the page, pure. Places of AstroBin as the history file names them; nothing else is let in. */
import { astrobinPickKinds, type AstrobinParam } from '#contract/astrobin.ts';
import { parseRef, type RecordRef } from '#contract/domain.ts';
import type { Route } from '../lib/deps.ts';
import { typedOf } from '../features/astrobin/search-params.ts';

export type AstrobinRoute = Extract<Route, { view: 'astrobin' | `astrobin-${string}` }>;

type Plain = Readonly<Record<string, unknown>>;

/** As many as the contract takes. */
const mostParams = 100;

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2048;
}

function parseParams(value: unknown): AstrobinParam[] | null {
  if (!Array.isArray(value) || value.length > mostParams) return null;
  const params: AstrobinParam[] = [];
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return null;
    const [name, text] = pair as unknown[];
    if (!isShort(name) || !isShort(text)) return null;
    params.push([name, text]);
  }
  return params;
}

/** Only names of parameters that are there. */
function parseTyped(value: unknown, params: readonly AstrobinParam[]): string[] {
  const words = typedOf(params);
  return Array.isArray(value) ? words.filter((name) => value.includes(name)) : [];
}

function parseDay(value: Plain): AstrobinRoute | null {
  const kind = astrobinPickKinds.find((one) => one === value['kind']);
  if (kind === undefined) return null;
  const at = value['at'];
  const isImage = typeof at === 'string' && parseRef(at)?.archive === 'astrobin';
  return { view: 'astrobin-day', kind, ...(isImage ? { at: at as RecordRef } : {}) };
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** The place, or null where it is none. */
export function parseAstrobinPlace(value: Plain): AstrobinRoute | null {
  switch (value['view']) {
    case 'astrobin-day':
      return parseDay(value);
    case 'astrobin': {
      const params = parseParams(value['params']);
      if (params === null) return null;
      const typed = parseTyped(value['typed'], params);
      return { view: 'astrobin', params, ...(typed.length > 0 ? { typed } : {}) };
    }
    case 'astrobin-user': {
      const { username } = value;
      return isShort(username) ? { view: 'astrobin-user', username } : null;
    }
    case 'astrobin-collections': {
      const user = value['user'] ?? null;
      return user === null || isShort(user) ? { view: 'astrobin-collections', user } : null;
    }
    case 'astrobin-collection':
      return isId(value['id']) ? { view: 'astrobin-collection', id: value['id'] } : null;
    default:
      return null;
  }
}
