/**
 * A program for tests that end it with kill -9: lists all results of a query into a profile, and says how many
 * are stored after each page.
 *
 * Arguments: profile folder, address of the archive, query as JSON.
 */
import { writeSync } from 'node:fs';
import type { NasaSearchQuery } from '#contract/domain.ts';
import { createNasaImagesClient } from '#main/sources/nasa-images/client.ts';
import { openDoor } from './http-door.ts';
import { isEnded, openResults } from './results-fixtures.ts';

const [profileDir = '', address = '', query = '{}'] = process.argv.slice(2);
const base = new URL(address);
const door = openDoor(address);
const nasa = createNasaImagesClient({ http: door.http, address: () => ({ base }) });
const opened = openResults(profileDir, {
  base: () => base,
  search: async (asked, page, size, signal) => {
    const answer = await nasa.search(asked, page, size, signal);
    writeSync(1, 'page\n');
    return answer;
  },
});
const { id } = await opened.service.open(JSON.parse(query) as NasaSearchQuery);
const { state } = await opened.until((set) => set.id === id && isEnded(set));
writeSync(1, `${state}\n`);
await opened.close();
door.close();
