import { describe, expect, test } from 'vitest';
import { labelLimits } from '#main/formats/label/label-limits.ts';
import { pdsNamespace, readLabel, tableLabel, xpathText } from '#test/support/labels.ts';

const root = (inner: string): string => `<a xmlns="${pdsNamespace}">${inner}</a>`;
const problemOf = (content: string | Uint8Array): string =>
  readLabel(content).state().problem?.message ?? '';

/** Whatever comes, it is refused in words or read; what was read can be looked at. */
function survives(content: string | Uint8Array): ReturnType<typeof readLabel> {
  const label = readLabel(content, { pieceBytes: 1000 });
  const { isComplete, problem, elements } = label.state();
  expect(isComplete).toBe(true);
  if (problem !== null) expect(problem.message).toMatch(/[.:] .*\.$/);
  label.fold({ what: 'depth', depth: null });
  const { rows } = label.rows(0, 200);
  expect(rows.length).toBe(Math.min(200, label.state().rows));
  if (elements > 0) expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(label.node(row.node)?.node).toBe(row.node);
  expect(label.source(0, 5).rows.length).toBeLessThanOrEqual(5);
  label.search('a', true);
  return label;
}

describe('a label that wants to do harm', () => {
  test('a billion laughs are not laughed', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">${Array.from(
      { length: 9 },
      (_, at) => `<!ENTITY l${String(at + 1)} "${`&l${String(at)};`.repeat(10)}">`,
    ).join('')}]>${root('<b>before</b><c>&l9;</c>')}`;
    const label = survives(bomb);
    const { problem, notes } = label.state();
    expect(problem?.message).toContain('entity');
    expect(problem?.place).toMatchObject({ line: 1 });
    expect(notes.join()).toContain('expands none');
    expect(xpathText(label, '//pds:b')).toBe('before');
    expect(xpathText(label, '//pds:c')).toBe('');
  });

  test('an external entity is not fetched', () => {
    const label = survives(
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>${root('<b>&x;</b>')}`,
    );
    expect(label.state().problem?.message).toContain('entity');
    expect(xpathText(label, 'string(/)')).toBe('');
  });

  test('an entity of another language is none, nor is a name that objects have', () => {
    for (const name of ['nbsp', 'constructor', '__proto__', 'toString']) {
      expect(problemOf(root(`<b>&${name};</b>`))).toContain('entity');
    }
    expect(problemOf(root('&amp;&lt;&gt;&quot;&apos;&#233;&#x1F600;'))).toBe('');
  });

  test('a DOCTYPE without entities is passed over, with a note', () => {
    const { problem, notes } = survives(`<!DOCTYPE a SYSTEM "a.dtd">${root('<b>1</b>')}`).state();
    expect(problem).toBeNull();
    expect(notes).toHaveLength(1);
  });

  test('a million elements within each other', () => {
    const label = survives('<b>'.repeat(1_000_000));
    expect(label.state().problem?.message).toContain('depth');
    expect(label.state().elements).toBe(labelLimits.depth);
  });

  test('a hundred thousand attributes', () => {
    const attributes = Array.from({ length: 100_000 }, (_, at) => `a${String(at)}="1"`).join(' ');
    expect(survives(root(`<b ${attributes}/>`)).state().problem?.message).toContain('attributes');
  });

  test.each([
    ['text', root('x'.repeat(11_000_000))],
    ['comment', root(`<!--${'x'.repeat(11_000_000)}-->`)],
    ['attribute', root(`<b c="${'x'.repeat(11_000_000)}"/>`)],
    ['name', root(`<${'x'.repeat(11_000_000)}/>`)],
    ['CDATA', root(`<![CDATA[${'x'.repeat(11_000_000)}]]>`)],
    ['CDATA in pieces', root(`<![CDATA[${'x'.repeat(1000)}]]>`.repeat(11_000))],
    ['entity', root(`&${'x'.repeat(11_000_000)}`)],
  ])('an endless %s', (_what, content) => {
    expect(readLabel(content).state().problem?.message).toContain('larger than Almagest reads');
  });

  test('bounds on bytes, elements, names, declarations and nodes', () => {
    const limits = { ...labelLimits, bytes: 5000 };
    const many = root('<b/>'.repeat(3000));
    expect(readLabel(many, { limits }).state().problem?.message).toContain('MB');
    const few = { ...labelLimits, elements: 100 };
    const label = readLabel(many, { limits: few });
    expect(label.state().elements).toBe(100);
    expect(label.state().problem?.message).toContain('the number of its elements');
    const names = root(Array.from({ length: 200 }, (_, at) => `<n${String(at)}/>`).join(''));
    const bounded = { ...labelLimits, names: 50, nodes: 100_000 };
    expect(readLabel(names, { limits: bounded }).state().problem?.message).toContain('names');
    const spaces = root('<b xmlns:x="urn:x"/>'.repeat(50));
    const declared = { ...labelLimits, declarations: 20 };
    expect(readLabel(spaces, { limits: declared }).state().problem?.message).toContain(
      'namespaces',
    );
    const nodes = { ...labelLimits, nodes: 50 };
    expect(readLabel(many, { limits: nodes }).state().problem?.message).toContain('parts');
  });

  test.each([
    ['NUL', root('<b>x\0y</b>'), 'character'],
    ['a control character by number', root('<b>&#0;</b>'), 'character reference'],
    ['the same attribute twice', root('<b c="1" c="2"/>'), 'c is there twice'],
    [
      'the same attribute twice, by two prefixes',
      root('<b xmlns:p="urn:x" xmlns:q="urn:x" p:c="1" q:c="2"/>'),
      'c is there twice',
    ],
    ['a wrong closing tag', root('<b><c></b></c>'), 'closed'],
    ['a bare ampersand', root('<b>a & b</b>'), 'stands alone'],
    ['an attribute without quotes', root('<b c=1/>'), 'attribute'],
    ['two roots', `${root('')}${root('')}`, 'second root'],
    ['words behind the root', `${root('')}words`, 'outside of the root'],
    ['a comment with two hyphens', root('<!-- a -- b -->'), 'hyphens'],
    ['a prefix that is taken back', root('<p:b xmlns:p=""/>'), 'undefine'],
  ])('%s', (_what, content, words) => {
    const { problem } = survives(content).state();
    expect(problem?.message).toContain(words);
    expect(problem?.place?.line).toBe(1);
  });

  test('an ampersand that stands alone is told where it stands', () => {
    const lines = ['<b>x &lt; y</b>', '<c>Tom & Jerry</c>', '<d>a; b</d>'];
    const text = root(`\n${lines.join('\n')}\n`);
    expect(survives(text).state().problem?.place).toEqual({ line: 3, column: 8 });
    const inAttribute = root(`\n  <b c="1"/><b c="R&D"/>\n<c/>`);
    expect(survives(inAttribute).state().problem?.place).toEqual({ line: 2, column: 20 });
    expect(problemOf(root('<!-- Tom & Jerry; --><![CDATA[Tom & Jerry;]]>'))).toBe('');
    expect(problemOf(root('<!-- Tom & Jerry --><b>').slice(0, -4))).toContain('cut short');
  });

  test('names that objects have', () => {
    const label = survives(
      root('<constructor __proto__="1" hasOwnProperty="2">x</constructor><__proto__>y</__proto__>'),
    );
    expect(label.state().problem).toBeNull();
    expect(xpathText(label, '//pds:constructor/@__proto__')).toBe('1');
    expect(xpathText(label, '//pds:__proto__')).toBe('y');
  });

  test('a prefix without a namespace is noted, and read', () => {
    const label = survives(root('<q:b r:c="1" s:c="2">x</q:b>'));
    const { problem, notes } = label.state();
    expect(problem).toBeNull();
    expect(notes).toHaveLength(3);
    expect(xpathText(label, "//*[local-name()='b']")).toBe('x');
  });

  test('no order of bytes throws', () => {
    let state = 12_345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const whole = Buffer.from([...tableLabel(6)].join(''));
    for (let round = 0; round < 150; round += 1) {
      const bytes = Buffer.from(whole.subarray(0, 1 + random(whole.byteLength)));
      for (let change = random(4); change > 0; change -= 1) {
        bytes[random(bytes.byteLength)] = random(256);
      }
      survives(bytes);
    }
  });
});

describe('a file that is no label', () => {
  test.each([
    ['PDS_VERSION_ID = PDS3\r\nRECORD_TYPE = X', 'PDS3'],
    ['SIMPLE  =                    T', 'FITS'],
    ['<!DOCTYPE html><html><body>404</body></html>', 'web page'],
    ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'web page'],
    ['{"error": 1}', 'JSON'],
    ['%PDF-1.7', 'PDF'],
    ['just words', 'begins with "just words"'],
    ['', 'empty'],
    ['   \n ', 'empty'],
  ])('%j', (content, words) => {
    const { problem, elements } = readLabel(content).state();
    expect(problem?.message).toContain(words);
    expect(elements).toBe(0);
  });

  test('XML of another kind is shown, and said', () => {
    const { problem, notes, root: name } = readLabel('<catalog><b>1</b></catalog>').state();
    expect(problem).toBeNull();
    expect(name).toBe('catalog');
    expect(notes.join()).toContain('no PDS4 label');
    const draft = readLabel('<a xmlns="http://pds.nasa.gov/schema/pds4/pds/v07"/>').state();
    expect(draft.notes.join()).toContain('early draft');
  });
});

describe('a label that was cut', () => {
  const whole = [...tableLabel(50)].join('');

  test('says where, and shows what came', () => {
    const cut = whole.slice(0, whole.indexOf('<name>RADIANCE 20</name>') + 12);
    const label = survives(cut);
    const { problem, elements } = label.state();
    const lines = cut.split('\n');
    expect(problem?.place).toEqual({ line: lines.length, column: lines.at(-1)?.length ?? 0 });
    expect(problem?.message).toMatch(/ends within name \(line \d+, column \d+\)/);
    expect(elements).toBeGreaterThan(100);
    expect(xpathText(label, '//pds:Field_Character[19]/pds:name')).toBe('RADIANCE 19');
  });

  test('is read alike in pieces of any size, cut at any place', () => {
    for (let length = 0; length < 2500; length += 97) {
      const bytes = Buffer.from(whole).subarray(0, length);
      const inOne = readLabel(bytes, { pieceBytes: 100_000 });
      const inMany = readLabel(bytes, { pieceBytes: 7 });
      expect(inMany.state()).toEqual(inOne.state());
    }
  });
});

describe('encodings', () => {
  const words = 'Übergröße µ € 😀';
  const text = (encoding: string): string =>
    `<?xml version="1.0"${encoding}?>\n${root(`<b>${words}</b>`)}`;
  const utf16 = (content: string, isBig: boolean): Buffer => {
    const bytes = Buffer.from(content, 'utf16le');
    return isBig ? bytes.swap16() : bytes;
  };
  const read = (bytes: Uint8Array, pieceBytes = 3): [string, string, string | undefined] => {
    const label = readLabel(bytes, { pieceBytes });
    const { encoding, notes, problem } = label.state();
    expect(problem).toBeNull();
    return [xpathText(label, '//pds:b'), encoding, notes[0]];
  };

  test('UTF-8, with and without a mark', () => {
    expect(read(Buffer.from(text('')))).toEqual([words, 'utf-8', undefined]);
    expect(read(Buffer.from(`\ufeff${text(' encoding="UTF-8"')}`))).toEqual([
      words,
      'utf-8',
      undefined,
    ]);
  });

  test('UTF-16, with and without a mark, in both orders', () => {
    for (const isBig of [false, true]) {
      const name = isBig ? 'utf-16be' : 'utf-16le';
      const declared = text(' encoding="UTF-16"');
      expect(read(utf16(`\ufeff${declared}`, isBig))).toEqual([words, name, undefined]);
      expect(read(utf16(declared, isBig))).toEqual([words, name, undefined]);
    }
  });

  test('ISO-8859-1 is just that, and others by their names', () => {
    const latin = Buffer.from(text(' encoding="ISO-8859-1"').replace(words, 'Ü µ \x85'), 'latin1');
    expect(read(latin)).toEqual(['Ü µ \x85', 'iso-8859-1', undefined]);
    const windows = Buffer.from(text(" encoding='windows-1252'").replace(words, '\x80'), 'latin1');
    expect(read(windows)).toEqual(['€', 'windows-1252', undefined]);
  });

  test('a declaration that cannot be true is passed over, with a note', () => {
    expect(read(Buffer.from(text(' encoding="UTF-16"')))).toEqual([
      words,
      'utf-8',
      expect.stringContaining('UTF-16'),
    ]);
    expect(read(utf16(`\ufeff${text(' encoding="ISO-8859-1"')}`, false))[2]).toContain(
      'ISO-8859-1',
    );
  });

  test('encodings that are not read are refused by name', () => {
    expect(problemOf(text(' encoding="x-made-up"'))).toContain('x-made-up');
    expect(problemOf(new Uint8Array([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]))).toContain('utf-32');
    expect(problemOf(new Uint8Array([0x4c, 0x6f, 0xa7, 0x94]))).toContain('ebcdic');
  });

  test('a byte that does not fit ends the reading there', () => {
    const start = Buffer.from(root('<b>\ufffd good</b><c>then ').slice(0, -4));
    const bytes = Buffer.concat([start, Buffer.from([0xe9]), Buffer.from('</c></a>')]);
    for (const pieceBytes of [1, 5, 100_000]) {
      const label = readLabel(bytes, { pieceBytes });
      const { problem } = label.state();
      expect(problem?.message).toContain(`byte ${String(start.byteLength)} `);
      expect(problem?.place?.line).toBe(1);
      expect(xpathText(label, '//pds:b')).toBe('\ufffd good');
      expect(xpathText(label, '//pds:c')).toBe('then ');
    }
    const lone = utf16(`\ufeff${root('<b>x\ud800y</b>')}`, false);
    expect(readLabel(lone).state().problem?.message).toContain('UTF-16LE');
  });
});
