import { describe, expect, test } from 'vitest';
import { readCaptions } from '#main/captions/read-captions.ts';

/** Bytes of a text in a one-byte code page, by the table that the decoder itself holds. */
function encodeInto(encoding: string, text: string): Buffer {
  const decoder = new TextDecoder(encoding);
  const byCharacter = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte -= 1) {
    byCharacter.set(decoder.decode(Uint8Array.of(byte)), byte);
  }
  return Buffer.from(
    [...text].map((character) => {
      const byte = byCharacter.get(character);
      if (byte === undefined) throw new Error(`${encoding} has no ${character}`);
      return byte;
    }),
  );
}

/** Two-byte code pages, walked once: every pair that decodes to one character. */
function encodePairs(encoding: string, text: string): Buffer {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const wanted = new Map([...text].map((character) => [character, Buffer.from(character)]));
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      try {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        if (wanted.has(character) && character > '\u007f') {
          wanted.set(character, Buffer.from([lead, trail]));
        }
      } catch {
        // Not a character of this code page.
      }
    }
  }
  return Buffer.concat([...text].map((character) => wanted.get(character) ?? Buffer.alloc(0)));
}

const asFile = (...lines: string[]): string =>
  lines
    .map((line, at) => `${at + 1}\r\n00:00:0${at},000 --> 00:00:0${at},900\r\n${line}\r\n\r\n`)
    .join('');

function expectRead(bytes: Uint8Array, lines: readonly string[], encoding: RegExp): void {
  const read = readCaptions(bytes, 'srt');
  expect(read.cues.map(({ text }) => text)).toEqual(lines);
  expect(read.encoding).toMatch(encoding);
}

const russian = ['Здравствуйте, дорогие друзья.', 'Сегодня мы запускаем новую ракету к Луне.'];

describe('Unicode', () => {
  const lines = ['Où êtes-vous ?', '火星车', russian[0] ?? ''];
  const text = asFile(...lines);
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  test.each([
    ['UTF-8', Buffer.from(text), /^utf-8$/],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), /^utf-8$/],
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little]), /^utf-16le$/],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big]), /^utf-16be$/],
    ['UTF-16 LE without', little, /^utf-16le$/],
    ['UTF-16 BE without', big, /^utf-16be$/],
  ])('%s', (_name, bytes, encoding) => {
    expectRead(bytes, lines, encoding);
    expect(readCaptions(bytes, 'srt').notes).toEqual([]);
  });

  test('UTF-8 that was cut or damaged stays UTF-8', () => {
    const bytes = Buffer.from(asFile(...russian));
    bytes[bytes.indexOf('дорогие') + 1] = 0x20;
    const read = readCaptions(bytes, 'srt');
    expect(read.encoding).toBe('utf-8');
    expect(read.cues[1]?.text).toBe(russian[1]);
    expect(read.notes).toEqual(['Some letters of the file are damaged; they show as \uFFFD.']);
  });
});

describe('code pages, told from the bytes', () => {
  test.each([
    ['windows-1252', ['We’re really excited — it’s the first time', 'we’ve seen “this”.']],
    ['windows-1252', ['We visited a café near the launch site today.']],
    ['windows-1252', ['It is 30° outside right now.', 'El Niño']],
    ['windows-1252', ['Où êtes-vous allés après ça ?', 'C’était très émouvant, n’est-ce pas ?']],
    ['windows-1252', ['Für die Brücke müssen wir größere Stücke prüfen.']],
    [
      'windows-1250',
      ['Dzień dobry, to jest łazik marsjański. Będziemy wiercić w skałach.', 'Cześć!'],
    ],
    ['windows-1251', russian],
    ['koi8-r', russian],
    ['windows-1253', ['Καλημέρα σας, σήμερα θα δούμε το διαστημόπλοιο.']],
    ['windows-1254', ['Günaydın arkadaşlar, bugün uzay aracının iniş görüntülerini izleyeceğiz.']],
    ['windows-1255', ['שלום לכולם, היום נצפה בשיגור החללית אל הירח. תודה רבה לכם.']],
    ['windows-1256', ['مرحبا بكم جميعا، اليوم سنشاهد إطلاق المركبة الفضائية إلى القمر.']],
  ])('%s: %s', (encoding, lines) => {
    const bytes = encodeInto(encoding, asFile(...lines));
    expectRead(bytes, lines, /^(windows-125\d|koi8-r|iso-8859-\d+)$/);
  });

  test.each([
    ['gb18030', ['大家好，今天我们来看火星车的着陆画面。', '谢谢大家的支持，我们明天再见。']],
    ['big5', ['大家好，今天我們來看火星車的著陸畫面。', '謝謝大家的支持，我們明天再見。']],
    ['shift_jis', ['こんにちは、今日は火星探査車の着陸映像を見てみましょう。']],
    ['euc-kr', ['안녕하세요 여러분, 오늘은 달 탐사선의 발사 장면을 보겠습니다.']],
  ])('%s', (encoding, lines) => {
    const bytes = encodePairs(encoding, asFile(...lines));
    expectRead(bytes, lines, new RegExp(`^${encoding}$`));
    expect(readCaptions(bytes, 'srt').notes).toEqual([
      `The file does not say how its letters are coded; it was read as ${encoding}.`,
    ]);
  });
});
