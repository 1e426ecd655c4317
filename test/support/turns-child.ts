/**
 * A program for tests: asks a server on this computer again and again on one profile, as a window or a terminal would,
 * until nothing is left for today, and says each answer with its time.
 *
 * Arguments: profile folder, address, PER_SECOND,BURST,AT_ONCE,PER_DAY.
 */
import { writeSync } from 'node:fs';
import { ArchiveError } from '#contract/errors.ts';
import { createSystemClock } from '#main/http/clock.ts';
import { parseRate } from '#main/http/rates.ts';
import { createSharedTurns } from '#main/http/shared-turns.ts';
import { TurnsRepo } from '#main/library/turns-repo.ts';
import { openDoor } from './http-door.ts';
import { openTestLibrary } from './library-fixtures.ts';

const [profileDir = '', base = '', wished = ''] = process.argv.slice(2);
const rate = parseRate(wished);
if (rate === null) throw new Error('no rate');
const library = openTestLibrary(profileDir);
const store = new TurnsRepo(library.db);
const turns = createSharedTurns({ store, clock: createSystemClock(), rateOf: () => rate });
const door = openDoor(base, { turns }, rate);
for (;;) {
  try {
    await door.http.getBytes(door.request(`${base}/?from=${String(process.pid)}`, 'astrobin'));
    writeSync(1, 'answered\n');
  } catch (error) {
    const code = error instanceof ArchiveError ? error.code : String(error);
    writeSync(1, `${code}\n`);
    break;
  }
}
door.close();
library.close();
