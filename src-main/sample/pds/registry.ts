/** Runs in plain Node, any thread; types only. A registry, whichever dialect it speaks, as the server asks it. */
import type { Reply } from './reply.ts';

export interface RegistryRequest {
  /** Below the service's base, decoded. */
  segments: readonly string[];
  /** As it came, without the base: for bodies of errors. */
  path: string;
  /** With its question mark and as it came; empty for none. */
  search: string;
  query: URLSearchParams;
  accept: string | undefined;
}

export interface Registry {
  answer(request: RegistryRequest): Promise<Reply>;
}
