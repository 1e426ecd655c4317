/** Pure. Where AstroBin's other places are in the window: the one function through which an image links to them. */
import type { Route } from '../../lib/deps.ts';

export type AstrobinPlaceWish =
  /** Exactly as the user's name is written. */
  | { kind: 'user'; username: string }
  /** As AstroBin writes it: `M 31`. */
  | { kind: 'subject'; subject: string }
  /** Words in the title: planets are in no catalogue of what lies in a field. */
  | { kind: 'title'; text: string };

export function routeOfAstrobin(wish: AstrobinPlaceWish): Route {
  switch (wish.kind) {
    case 'user':
      return { view: 'astrobin-user', username: wish.username };
    case 'subject':
      return { view: 'astrobin', params: [['subjects', wish.subject]] };
    case 'title':
      return { view: 'astrobin', params: [['title__icontains', wish.text]] };
  }
}
