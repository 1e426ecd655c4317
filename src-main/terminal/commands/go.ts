/**
 * Runs in plain Node. `almagest go TEXT`: the record that an id, a number or an address names.
 */
import type { ArchivePlace } from '#contract/domain.ts';
import { UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printRecord, refuseOptions } from './show.ts';

const help = `almagest go TEXT

The record that TEXT names, printed as "show" prints it. TEXT is
  a NASA id (PIA24439, as11-40-5874, Moon to Mars) or a reference (nasa:PIA24439)
  the address of a record's page on images.nasa.gov, or of one of its files
  the address of any other page of NASA that has a PIA number in it
  an identifier of the PDS registry (urn:nasa:pds:…), or an address with one in it
  a hash of AstroBin (yx76x9), or the address of an image there
Quotes are not needed round ids with blanks.`;

async function run(run: CommandRun): Promise<ExitCode> {
  const text = run.words.join(' ');
  if (text === '') throw new UsageError('go needs an id or an address, such as PIA24439.');
  refuseOptions('go', run);
  const resolved = await run.api.records.resolve({ text });
  if (resolved.ref === null) throw new UsageError(`${resolved.reason}${hintOf(resolved.place)}`);
  return printRecord(run, resolved.ref);
}

/** The command for what is a place rather than a record. */
function hintOf(place: ArchivePlace | null): string {
  switch (place?.kind) {
    case 'album':
      return ` Its records: almagest album "${place.name}".`;
    case 'astrobin-user':
      return ` Their images: almagest astrobin user ${place.username}.`;
    case 'astrobin-collection':
      return ` Its images: almagest astrobin collection ${place.id}.`;
    case 'astrobin-day':
      return ' The image: almagest astrobin today.';
    case undefined:
      return '';
  }
}

export const goCommand: Command = {
  name: 'go',
  summary: 'any id or page address to its record',
  help,
  run,
};
