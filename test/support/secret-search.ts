/** Runs in plain Node, for tests only. Whether a secret is anywhere in some bytes, in any of the usual disguises. */

/** Base64 of a text depends on where it begins: the part that is the same for each of the three places. */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3)).toString('base64');
    return whole.slice(shift === 0 ? 0 : 4);
  });
}

function disguisesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const backwards = [...secret].reverse().join('');
  const forms = [
    ...[
      secret,
      backwards,
      encodeURIComponent(secret),
      encodeURIComponent(encodeURIComponent(secret)),
    ],
    ...[new URLSearchParams({ v: secret }).toString().slice(2)],
    ...[
      JSON.stringify(secret).slice(1, -1),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
    ],
    ...base64Cores(bytes),
    ...base64Cores(bytes).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...base64Cores(Buffer.from(backwards)),
    ...[Buffer.from(backwards).toString('hex'), Buffer.from(secret, 'utf16le').toString('hex')],
    ...base64Cores(Buffer.from(secret, 'utf16le')),
  ];
  return [...new Set(forms)];
}

/** A text's bytes as they may stand in a file. */
function encodingsOf(text: string): Buffer[] {
  const wide = Buffer.from(text, 'utf16le');
  return [Buffer.from(text), wide, Buffer.from(wide).swap16()];
}

/** The disguises in which a secret is found; none is what a test wants. */
export function findSecrets(where: Buffer | string, secrets: readonly string[]): string[] {
  const bytes = typeof where === 'string' ? Buffer.from(where) : where;
  return secrets.flatMap((secret) =>
    disguisesOf(secret).filter((form) =>
      encodingsOf(form).some((encoded) => bytes.includes(encoded)),
    ),
  );
}
