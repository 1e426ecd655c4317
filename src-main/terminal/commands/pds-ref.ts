/** Runs in plain Node. A product of the registry as a command line names it. */
import { parseRef, toRef, type RecordRef } from '#contract/domain.ts';
import { UsageError } from '../arguments.ts';

/** `pds:urn:nasa:pds:…`, or the lid or lidvid alone. Throws `UsageError` for anything else. */
export function readPdsRef(command: string, text: string | undefined): RecordRef {
  if (text === undefined) {
    throw new UsageError(
      `${command} needs a reference, such as pds:urn:nasa:pds:insight_rad::2.1.`,
    );
  }
  const parsed = parseRef(text);
  const id = parsed?.archive === 'pds-registry' ? parsed.id : text;
  if (!/^urn:[a-z0-9]+:[a-z0-9]+:\S+$/i.test(id)) {
    throw new UsageError(
      `"${text}" is no identifier of the PDS registry. One looks like urn:nasa:pds:bundle:collection:product::1.0.`,
    );
  }
  return toRef('pds-registry', id);
}
