/** Runs in plain Node, any thread; pure. Text in the encodings that caption files are met in. */

export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What windows-1252 has where Latin-1 has control characters, as far as our texts use it. */
const windowsBytes: Readonly<Record<string, number>> = {
  '…': 0x85,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
  '—': 0x97,
};

function toWindows(text: string): Buffer {
  const codes = Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0x3f;
    return windowsBytes[letter] ?? (code < 256 ? code : 0x3f);
  });
  return Buffer.from(codes);
}

/** Encodes a text; UTF-16 with its byte order mark, without which nothing could tell. */
export function encodeText(text: string, encoding: TextEncoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text);
    case 'utf-8-bom':
      return Buffer.from(`\uFEFF${text}`);
    case 'utf-16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le');
    case 'utf-16be':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    case 'windows-1252':
      return toWindows(text);
  }
}
