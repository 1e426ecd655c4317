/** Runs anywhere. Is what arrived what was promised? */
import type { WireError } from '#contract/errors.ts';
import type { DownloadRow } from './download-row.ts';
import { otherChecksum, otherLength, otherType } from './failures.ts';
import { endingOfUrl } from './file-names.ts';
import { checkType } from './file-types.ts';
import type { Digests } from './hasher.ts';

export type FileCheck =
  | { ok: true; verified: 'checksum' | 'size' | 'none'; ending: string }
  | { ok: false; error: WireError };

/**
 * Checks length, checksum and type, in this order. `measured` tells that the answer stated the length.
 * The ending is the one that the file may carry by what it really is.
 */
export function checkReceived(
  row: Pick<DownloadRow, 'url' | 'statedBytes' | 'statedExact' | 'statedChecksum'>,
  digests: Digests,
  head: Uint8Array,
  measured: boolean,
): FileCheck {
  const { statedBytes, statedExact, statedChecksum } = row;
  const exactBytes = statedExact ? statedBytes : null;
  if (exactBytes !== null && digests.bytes !== exactBytes) {
    return { ok: false, error: otherLength(exactBytes, digests.bytes) };
  }
  if (statedChecksum !== null) {
    const wanted = statedChecksum.value.toLowerCase();
    const found = digests[statedChecksum.algorithm] ?? '';
    if (found !== wanted) {
      return { ok: false, error: otherChecksum(statedChecksum.algorithm, wanted, found) };
    }
  }
  const type = checkType(endingOfUrl(row.url), head);
  if (!type.ok) return { ok: false, error: otherType(type.expected, type.found) };
  const bySize = measured || exactBytes !== null ? 'size' : 'none';
  return { ok: true, verified: statedChecksum === null ? bySize : 'checksum', ending: type.ending };
}
