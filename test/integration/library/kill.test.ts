/** kill -9 while records are kept: nothing acknowledged is lost. `npm run endurance` does it a hundred times. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDamagedRows } from '#main/db/row-checksum.ts';
import { FavouritesRepo, favouritesTable } from '#main/library/favourites-repo.ts';
import { inShortOrLong } from '#test/support/endurance.ts';
import { makeTempDir, nasaRef, openTestLibrary } from '#test/support/library-fixtures.ts';
import { runChild } from '#test/support/run-child.ts';

let temp: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => temp.remove());

const kills = inShortOrLong(6, 100);

test(`every acknowledged change is there after each of ${kills} kills`, async () => {
  /** Number of the record -> is it kept, by the last acknowledged change. */
  const acked = new Map<number, boolean>();
  let next = 0;
  for (let round = 0; round < kills; round += 1) {
    const child = runChild('./keep-child.ts', [temp.dir, String(next)]);
    await child.until((lines) => lines.length > 20 + (round % 6) * 13);
    await delay((round % 6) * 7);
    child.process.kill('SIGKILL');
    const { errors } = await child.ended;
    expect(errors).toBe('');
    for (const line of child.lines) {
      const [, act, number] = /^(kept|removed|restored) (\d+)$/.exec(line) ?? [];
      if (number === undefined) continue;
      acked.set(Number(number), act !== 'removed');
      next = Math.max(next, Number(number) + 1);
    }
    const library = openTestLibrary(temp.dir);
    const repo = new FavouritesRepo(library.db);
    const numbers = [...acked.keys()];
    const kept = new Set(repo.keptAmong(numbers.map((number) => nasaRef(`r${number}`))));
    // The change under way when it was killed was not acknowledged: it may have happened or not.
    const last = Math.max(...numbers);
    const wrong = numbers.filter(
      (number) => number !== last && kept.has(nasaRef(`r${number}`)) !== acked.get(number),
    );
    expect(wrong).toEqual([]);
    expect(
      repo.keptAmong([nasaRef(`r${last}`)]).length === 1 || repo.isInBin(nasaRef(`r${last}`)),
    ).toBe(true);
    acked.set(last, kept.has(nasaRef(`r${last}`)));
    expect(library.db.pragma('integrity_check')).toBe('ok');
    expect(await findDamagedRows(library.db, [favouritesTable])).toEqual([]);
    library.close();
    // One more may have been written than was said.
    next += 1;
  }
  expect(acked.size).toBeGreaterThan(60);
}, 900_000);
