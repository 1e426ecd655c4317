/**
 * Runs anywhere; pure. A plan as a list of addresses for wget and wget2 (`wget -x -nc -i FILE -P FOLDER`). Such a list
 * holds no names: with `-x` each file lies in folders made of its address, so that none takes another's place.
 */
import { plainUrl, type PlanSource } from './planned-file.ts';

export async function* toWgetList(plan: PlanSource): AsyncGenerator<string, void> {
  for await (const { url } of plan()) yield `${plainUrl(url)}\n`;
}
