/** Runs anywhere; pure. Text in pieces that are worth a write each. */

const chunkLength = 64 * 1024;

/** Joins small pieces to chunks of about 64 Ki characters. */
export async function* inChunks(
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string, void> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
