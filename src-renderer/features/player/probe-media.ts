/** Runs in the page. What our own origin says of a medium that an element could not play. */

/** The status of a HEAD request; 0 where not even our own origin answered. */
export async function probeMedia(url: string): Promise<number> {
  try {
    const { status } = await fetch(url, { method: 'HEAD', cache: 'no-store' });
    return status;
  } catch {
    return 0;
  }
}
