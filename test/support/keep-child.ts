/**
 * A program for tests that end it with kill -9: keeps records one after another, removes every third and
 * restores every sixth, and says each change once it is durable.
 *
 * Arguments: profile folder, number of the first record.
 */
import { writeSync } from 'node:fs';
import { createLibraryService } from '#main/library/library-service.ts';
import { makeSeen, nasaRef, openTestLibrary, plainCard } from './library-fixtures.ts';

const [profileDir = '', from = '0'] = process.argv.slice(2);
const library = openTestLibrary(profileDir);
const service = createLibraryService({
  db: library.db,
  snapshot: async (ref) => makeSeen(ref.slice('nasa:'.length)),
  toCard: plainCard,
  emit: () => {},
  clock: { nowMs: () => Date.now() },
  log: () => {},
});
const signal = new AbortController().signal;
for (let number = Number(from); ; number += 1) {
  const ref = nasaRef(`r${number}`);
  await service.keep([ref], signal);
  writeSync(1, `kept ${number}\n`);
  if (number % 3 === 0) {
    service.remove([ref]);
    writeSync(1, `removed ${number}\n`);
  }
  if (number % 6 === 0) {
    service.restore([ref]);
    writeSync(1, `restored ${number}\n`);
  }
}
