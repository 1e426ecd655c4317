/**
 * Runs in the main process; gets the shell's `openExternal` handed in. What may be opened outside the window.
 */
import { ArchiveError } from '#contract/errors.ts';

const longestAddress = 2048;

/** The address in its normal form if it may be opened in the system's browser, else null. */
export function toExternalAddress(text: string): string | null {
  if (text.length > longestAddress) return null;
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:' || url.hostname === '') return null;
  // A name and password before the host are how addresses are made to look like others.
  if (url.username !== '' || url.password !== '') return null;
  return url.href.length > longestAddress ? null : url.href;
}

/**
 * A page may open this many addresses in a span: enough for a person, too few to flood a desktop.
 */
const opensInSpan = 10;
const spanMs = 10_000;

/** Builds the one way out of the window. Rejects with 'forbidden' or 'rate-limited'. */
export function createExternalOpener(
  openExternal: (address: string) => Promise<void>,
  now: () => number = Date.now,
): (text: string) => Promise<void> {
  let opened: number[] = [];
  return async (text) => {
    const address = toExternalAddress(text);
    if (address === null) {
      throw new ArchiveError({
        code: 'forbidden',
        message: 'Only https addresses are opened outside Almagest. This one was not opened.',
        retryable: false,
      });
    }
    const at = now();
    opened = opened.filter((time) => at - time < spanMs);
    if (opened.length >= opensInSpan) {
      throw new ArchiveError({
        code: 'rate-limited',
        message: 'Many addresses were opened just now. Wait a few seconds, then open this one.',
        retryable: true,
        retryAfterMs: spanMs,
      });
    }
    opened.push(at);
    await openExternal(address);
  };
}
