/** Runs in plain Node. What the cache takes on disk and how it is emptied, over the parts that keep something. */
import type { CacheInfo, CacheKind } from '#contract/domain.ts';

/** A feature that keeps something in the cache. */
export interface CachePart {
  kind: CacheKind;
  /** Bytes on disk, as near as is cheap to tell. */
  bytes(): Promise<number> | number;
  clear(): Promise<void>;
}

export interface CacheService {
  info(): Promise<CacheInfo>;
  /** Empties these kinds; all of them where none is named. */
  clear(kinds: readonly CacheKind[] | undefined): Promise<CacheInfo>;
}

/** Builds the service; kinds are told in the order of the parts. */
export function createCacheService(options: {
  parts: readonly CachePart[];
  budgetBytes: () => number;
}): CacheService {
  const { parts, budgetBytes } = options;
  const info = async (): Promise<CacheInfo> => {
    const sizes = await Promise.all(
      parts.map(async (part) => [part.kind, await part.bytes()] as const),
    );
    return {
      bytes: sizes.reduce((sum, [, bytes]) => sum + bytes, 0),
      budgetBytes: budgetBytes(),
      byKind: Object.fromEntries(sizes),
    };
  };
  return {
    info,
    clear: async (kinds) => {
      for (const part of parts) {
        if (kinds === undefined || kinds.includes(part.kind)) await part.clear();
      }
      return info();
    },
  };
}
