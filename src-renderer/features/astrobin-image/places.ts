/**
 * Pure. Where AstroBin's other places are in the window: the one function through which an image links to them. null
 * where there is no such place yet; the words then stand without a link.
 */
import type { Route } from '../../lib/deps.ts';

export type AstrobinPlaceWish =
  /** Exactly as the user's name is written. */
  | { kind: 'user'; username: string }
  /** As AstroBin writes it: `M 31`. */
  | { kind: 'subject'; subject: string }
  /** Words in the title: planets are in no catalogue of what lies in a field. */
  | { kind: 'title'; text: string };

export function routeOfAstrobin(wish: AstrobinPlaceWish): Route | null {
  switch (wish.kind) {
    case 'user':
    case 'subject':
    case 'title':
      return null;
  }
}
