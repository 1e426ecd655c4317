/** Runs in plain Node. Names of single files; what makes them safe on every system is in `names/safe-name.ts`. */
import { typeOfEnding } from './file-types.ts';
import { isExecutableEnding } from './names/executable-endings.ts';
import { safeFileName } from './names/safe-name.ts';

/**
 * A safe name `<stem><tail>.<ending>`. The stem may be anything; when the whole is too long, the stem is cut
 * and marked with a digest of it, and tail and ending stay.
 */
export function makeFileName(stem: string, tail: string, ending: string): string {
  return safeFileName({ stem, tail, ending });
}

/** The names to try when one is taken: `a.jpg`, `a (2).jpg`, `a (3).jpg`, … */
export function* numberedNames(name: string): Generator<string, never> {
  yield name;
  const dot = name.lastIndexOf('.');
  const [head, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 2; ; number += 1) yield `${head} (${number})${end}`;
}

/** The ending of an address's last segment, in lower case without its dot; '' when there is none. */
export function endingOfUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return (/\.([A-Za-z0-9]{1,8})$/.exec(last)?.[1] ?? '').toLowerCase();
}

/** The name under which a rendition is to be saved, as far as its address tells. */
export function nameForRendition(recordId: string, rendition: string, url: string): string {
  const ending = endingOfUrl(url);
  return makeFileName(recordId, `~${rendition}`, typeOfEnding(ending) === null ? 'bin' : ending);
}

/**
 * A file of the PDS keeps the name that it was archived under, by which its label refers to it; it is only made
 * safe, and gets a second ending where a system would run it. Null for what is no file's name.
 */
export function archivedName(name: string): string | null {
  const [, stem, ending] = /^(.+)\.([A-Za-z0-9]{1,16})$/.exec(name) ?? [];
  return stem === undefined || ending === undefined ? null : safeArchivedName(stem, ending);
}

function safeArchivedName(stem: string, ending: string): string {
  return isExecutableEnding(ending)
    ? safeFileName({ stem: `${stem}.${ending}`, ending: 'bin' })
    : safeFileName({ stem, ending });
}

/** The same name with another ending. */
export function withEnding(name: string, ending: string): string {
  const dot = name.lastIndexOf('.');
  return `${dot > 0 ? name.slice(0, dot) : name}.${ending}`;
}
