/**
 * Runs in the page. How loud a recording is over its length, read from its sound itself: nothing is drawn that
 * was not heard. Long recordings are left out, since decoding takes room for every sample.
 */

/** Files beyond this are not read: some 8 minutes at 128 kbit/s, decoded to about 170 MB for a moment. */
export const mostBytes = 8_000_000;
/** Samples a second that are enough for a picture of loudness. */
const sampleRate = 8000;
/** Longest time that summing up holds the page, in ms. */
const sliceMs = 6;

/** The loudest sample of each part, 0 to 1; parts differ by one sample at most. */
export async function loudnessOf(
  samples: Float32Array,
  parts: number,
  signal: AbortSignal,
): Promise<Float32Array> {
  const loudest = new Float32Array(parts);
  let since = performance.now();
  for (let part = 0; part < parts; part += 1) {
    const first = Math.floor((part * samples.length) / parts);
    const end = Math.max(first + 1, Math.floor(((part + 1) * samples.length) / parts));
    let most = 0;
    for (let at = first; at < end; at += 1) most = Math.max(most, Math.abs(samples[at] ?? 0));
    loudest[part] = Math.min(1, most);
    if (performance.now() - since > sliceMs) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      since = performance.now();
    }
  }
  return loudest;
}

/** Reads and decodes a sound of our own origin; null where it is too long or not to be decoded. */
export async function readLoudness(
  url: string,
  parts: number,
  signal: AbortSignal,
): Promise<Float32Array | null> {
  try {
    const answer = await fetch(url, { signal });
    const stated = Number(answer.headers.get('content-length') ?? Number.NaN);
    if (!answer.ok || !(stated <= mostBytes)) {
      await answer.body?.cancel();
      return null;
    }
    const context = new OfflineAudioContext(1, 1, sampleRate);
    const sound = await context.decodeAudioData(await answer.arrayBuffer());
    signal.throwIfAborted();
    return await loudnessOf(sound.getChannelData(0), parts, signal);
  } catch {
    return null;
  }
}

/** A path of bars in a box of `parts` × 2, its middle at 1. */
export function barsPath(loudness: Float32Array): string {
  let path = '';
  loudness.forEach((value, part) => {
    const half = Math.max(value, 0.01);
    path += `M${part + 0.5} ${(1 - half).toFixed(3)}V${(1 + half).toFixed(3)}`;
  });
  return path;
}
