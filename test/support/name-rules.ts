/**
 * Runs in tests. The rules for names on Windows, macOS and Linux, written apart from the code that keeps them.
 */

/** Kept free behind a name for numbers, sidecars and parts. */
const reserved = 30;

/** Which rule a single name breaks; null for a safe one. */
export function breachOf(name: string): string | null {
  if (name !== name.normalize('NFC')) return 'not NFC';
  if (!name.isWellFormed()) return 'lone surrogate';
  if (Buffer.byteLength(name) > 255 - reserved) return 'too many bytes';
  if (name.length > 255 - reserved) return 'too many UTF-16 units';
  if (name.normalize('NFD').length > 255 - reserved) return 'too many decomposed units';
  // eslint-disable-next-line no-control-regex -- the rule is about control characters
  if (/[<>:"/\\|?*\x00-\x1f\x7f-\x9f]/.test(name)) return 'forbidden character';
  // eslint-disable-next-line no-misleading-character-class -- each of them is meant by itself
  if (/[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufe0f\u3164\u{e0041}]/u.test(name))
    return 'invisible or turning mark';
  if (/^[.\s-]/.test(name)) return 'leading dot, dash or blank';
  if (/[.\s]$/.test(name)) return 'trailing dot or blank';
  const device = (name.split('.')[0] ?? '').trimEnd().toUpperCase();
  if (/^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(COM|LPT)[0-9¹²³])$/.test(device))
    return 'device';
  if (name === '' || name === '.' || name === '..') return 'no name';
  return null;
}

/** The same for a path below a folder. */
export function breachOfPath(path: string): string | null {
  for (const name of path.split('/')) {
    const breach = breachOf(name);
    if (breach !== null) return breach;
  }
  return Buffer.byteLength(path) > 800 ? 'path too long' : null;
}

/** How the most forgetful system would compare two names: no case, no composition. */
export function comparable(path: string): string {
  return path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFD');
}

const devices = [
  ...['CON', 'prn', 'Aux', 'NUL', 'CONIN$', 'conout$', 'CLOCK$', 'COM0', 'COM1', 'COM¹', 'lpt²'],
  ...['LPT9', 'LPT³', 'com³'],
];

/** Names that have broken something somewhere. */
export const hostileTexts: readonly string[] = [
  ...[
    '',
    '.',
    '..',
    '../../etc/passwd',
    '..\\..\\boot.ini',
    '/absolute',
    'C:\\Windows',
    'C:',
    '~',
    '~/x',
  ],
  ...['-rf', '--help', '$(reboot)', '`id`', 'a\0b', 'a\nb\r', 'tab\there', 'x'.repeat(1000)],
  ...['é'.repeat(500), 'e\u0301'.repeat(300), '👩‍👩‍👧‍👦'.repeat(60), '日本'.repeat(200), 'ᾧ'.repeat(200)],
  ...[
    `a${'\u0301'.repeat(900)}`,
    '\ud800',
    'a\udc00b',
    '\u202egpj.exe',
    'a\u200bb',
    '\ufeffbom',
    '☀\ufe0f',
  ],
  ...[
    '\u3164',
    'a\u{e0041}b',
    '\uf8ff',
    '\ufdd0',
    'trailing. . .',
    ' . leading',
    '...',
    '   ',
    'name.exe',
  ],
  ...[
    'name.jpg.exe',
    'con\u00a0',
    'a?b*c|d<e>f"g:h',
    'Moon to Mars',
    'file.part',
    'file.quarantine',
  ],
  ...[
    'Apollo 11, “boot” & co’s (1969)',
    '\u0085nel',
    'a/b',
    'a_b',
    'A_B',
    '__proto__',
    'desktop.ini',
  ],
  ...[
    'Thumbs.db',
    'x.app',
    'x.{ED7BA470-8E54-465E-825C-99712043E01C}',
    `${'a'.repeat(214)}.`,
    '…'.repeat(90),
  ],
  ...[
    'straße',
    'STRASSE',
    'ﬁle',
    'FILE',
    'ΟΔΟΣ',
    'οδος',
    'İ',
    'i̇',
    'K',
    'k',
    'ſ',
    's',
    'Å',
    'å',
    'a\u030a',
  ],
  ...[
    'a.jpg',
    'A.JPG',
    'a.jpg.json',
    'a',
    'a.json',
    '＜＞',
    'a%2fb',
    '%00',
    'a;b',
    '#1',
    'a=b',
    '+1',
  ],
  ...devices,
  ...devices.flatMap((name) => [
    ...[`${name}.txt`, `${name} .x`, `${name}.tar.gz`, ` ${name}`, `${name}.`, `.${name}`],
  ]),
  ...Array.from({ length: 32 }, (_, i) => `c${String.fromCharCode(i)}x`),
  ...Array.from({ length: 60 }, (_, i) => `${'y'.repeat(170 + i)}é`),
  ...Array.from({ length: 60 }, (_, i) => `${'ü'.repeat(70 + i)} .`),
];
