import { describe, expect, test } from 'vitest';
import { toAria2Input } from '#main/downloads/exports/aria2-input.ts';
import { encodeBagPath, summariseBag, toBag } from '#main/downloads/exports/bagit.ts';
import { toCell, toCsv } from '#main/downloads/exports/csv.ts';
import { quoteForCurl, toCurlConfig } from '#main/downloads/exports/curl-config.ts';
import { escapeXml, toMetalink } from '#main/downloads/exports/metalink.ts';
import { toPlanJson } from '#main/downloads/exports/plan-json.ts';
import { plainPath, plainUrl, type PlannedFile } from '#main/downloads/exports/planned-file.ts';
import { toText } from '#main/downloads/exports/write-export.ts';
import { metalinkFaults } from '#test/support/metalink-check.ts';
import {
  awkwardPaths,
  exportAbout,
  makePlanned,
  planOf,
  textOf,
} from '#test/support/planned-files.ts';

const md5 = { algorithm: 'md5', value: 'D41D8CD98F00B204E9800998ECF8427E' } as const;
const sha256 = { algorithm: 'sha256', value: 'a'.repeat(64) } as const;
const bad = { algorithm: 'md5', value: 'abc\nout=/etc/passwd' } as const;

describe('what a plan hands over', () => {
  test.each([
    ['https://x.example/a b', 'https://x.example/a%20b'],
    ['https://x.example/a\tb\nc', 'https://x.example/abc'],
    ['https://x.example/é#part', 'https://x.example/%C3%A9'],
  ])('the address %j goes out as %j', (url, plain) => {
    expect(plainUrl(url)).toBe(plain);
  });

  test.each([
    'file:///etc/passwd',
    'https://me:secret@x.example/',
    'javascript:alert(1)',
    'no address',
  ])('the address %j never goes out', (url) => {
    expect(() => plainUrl(url)).toThrow();
  });

  test.each(['', '../x', 'a/../x', '/x', 'a//x', 'a/', '-o', 'a\\b', 'a\nb', 'c:x', 'x.', '.x'])(
    'the path %j never goes out',
    (path) => {
      expect(() => plainPath(path)).toThrow(RangeError);
    },
  );

  test('awkward paths do', () => {
    for (const path of awkwardPaths) expect(plainPath(path)).toBe(path);
  });
});

test('aria2: one address, then its own options; sha-256 before md5; a false checksum is none', async () => {
  const files = [
    makePlanned('a b/c.jpg', { checksums: [md5, sha256] }),
    makePlanned('d.jpg', { checksums: [bad] }),
  ];
  const fixed =
    '  follow-torrent=false\n  follow-metalink=false\n  allow-overwrite=false\n  auto-file-renaming=false\n';
  expect(await textOf(toAria2Input(planOf(files)))).toBe(
    '# aria2c -i THIS-FILE -d FOLDER -j 4 -x 1\n' +
      `https://files.example/a%20b%2Fc.jpg\n  out=a b/c.jpg\n  checksum=sha-256=${sha256.value}\n${fixed}` +
      `https://files.example/d.jpg\n  out=d.jpg\n${fixed}`,
  );
});

describe('Metalink', () => {
  test('names, sizes where they are exact, checksums, addresses', async () => {
    const file = makePlanned('a & b/"c".jpg', {
      ...{ url: 'https://x.example/?a=1&b=2', bytes: 7, isExact: true, checksums: [md5, sha256] },
      ...{ title: '<script>\u0000', credit: 'NASA', licence: 'CC BY' },
    });
    const text = await textOf(
      toMetalink(planOf([file, makePlanned('r.jpg', { bytes: 9000 })]), exportAbout),
    );
    expect(text).toContain('<file name="a &amp; b/&quot;c&quot;.jpg">');
    expect(text).toContain('<description>&lt;script&gt;\ufffd</description>');
    expect(text).toContain('<copyright>NASA, CC BY</copyright>');
    expect(text).toContain('<size>7</size>');
    expect(text).not.toContain('9000');
    expect(text).toContain(`<hash type="sha-256">${sha256.value}</hash>`);
    expect(text).toContain('<hash type="md5">d41d8cd98f00b204e9800998ecf8427e</hash>');
    expect(text).toContain('<url>https://x.example/?a=1&amp;b=2</url>');
    expect(text).toContain('<published>2026-11-22T12:00:00.000Z</published>');
  });

  test('keeps the rules of RFC 5854, whatever is in it', async () => {
    const files = awkwardPaths.map((path, at) =>
      makePlanned(path, {
        ...{
          title: `]]> & <b> \u0000\ud800 ${path}`,
          credit: '"',
          bytes: at,
          isExact: at % 2 === 0,
        },
        checksums: at % 3 === 0 ? [md5, sha256] : [],
      }),
    );
    const text = await textOf(toMetalink(planOf(files), exportAbout));
    expect(metalinkFaults(text)).toEqual({ faults: [], names: [...awkwardPaths] });
    const broken = text.replace('<url>', '<uri>').replace('</url>', '</uri>');
    expect(metalinkFaults(broken).faults).toEqual(['uri in file', 'no url (4.1.2)']);
  });

  test('what XML cannot hold', () => {
    expect(escapeXml('a\u0008\ud800\uffff\t\n')).toBe('a\ufffd\ufffd\ufffd&#9;&#10;');
  });
});

describe('curl', () => {
  test('quotes whatever is in a value', async () => {
    expect(quoteForCurl('a"b\\c\nd\te')).toBe('"a\\"b\\\\c\\nd\\te"');
    const text = await textOf(toCurlConfig(planOf([makePlanned('a "b".jpg')])));
    expect(text).toContain(
      '\nurl = "https://files.example/a%20%22b%22.jpg"\noutput = "a \\"b\\".jpg"\n',
    );
    for (const option of ['globoff', 'fail', 'create-dirs'])
      expect(text).toContain(`\n${option}\n`);
  });
});

describe('CSV', () => {
  test.each([
    ['plain', 'plain'],
    [null, ''],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    [' =1', `"' =1"`],
    ['"=1', `"'""=1"`],
    ['＝1', `"'＝1"`],
    ['|calc', `"'|calc"`],
  ])('the cell %j is %j', (value, cell) => {
    expect(toCell(value)).toBe(cell);
  });

  test('a header and a row a file, with CRLF', async () => {
    const file = makePlanned('a, b.jpg', {
      bytes: 5,
      isExact: true,
      checksums: [md5],
      title: '=HYPERLINK("x")',
    });
    const text = await textOf(toCsv(planOf([file])));
    expect(text.split('\r\n')).toEqual([
      'ref,archive,rendition,url,path,bytes,bytes_exact,md5,sha256,title,credit,licence',
      `"nasa:a, b.jpg",nasa-images,orig,https://files.example/a%2C%20b.jpg,"a, b.jpg",5,true,d41d8cd98f00b204e9800998ecf8427e,,"'=HYPERLINK(""x"")",,`,
      '',
    ]);
  });
});

test('JSON is one document, and its files are one a line', async () => {
  const files = [
    makePlanned('a.jpg', { checksums: [md5] }),
    makePlanned('b.jpg', { title: 'a\n"b"\u2028' }),
  ];
  const text = await textOf(toPlanJson(planOf(files), exportAbout));
  const parsed = JSON.parse(text) as { format: string; version: number; files: PlannedFile[] };
  expect([parsed.format, parsed.version]).toEqual(['almagest-plan', 1]);
  expect(parsed.files).toEqual(files);
  expect(text.trimEnd().split('\n')).toHaveLength(4);
  expect(JSON.parse(await textOf(toPlanJson(planOf([]), exportAbout)))).toMatchObject({
    files: [],
  });
});

describe('BagIt', () => {
  const bagOf = async (files: readonly PlannedFile[]) => {
    const summary = await summariseBag(planOf(files));
    const bag: Record<string, string> = {};
    for (const { name, chunks } of toBag(planOf(files), summary, exportAbout)) {
      bag[name] = await textOf(chunks);
    }
    return { summary, bag };
  };
  const exact = { bytes: 10, isExact: true };

  test('fetch.txt and the manifest list the same files, under the same names', async () => {
    const { summary, bag } = await bagOf([
      makePlanned('a b/c 100%.tab', { ...exact, checksums: [md5] }),
      makePlanned('d.tab', { bytes: 10_000, checksums: [md5, sha256] }),
      makePlanned('e.jpg'),
    ]);
    expect(summary).toEqual({ algorithm: 'md5', files: 2, leftOut: 1, bytes: null });
    expect(bag['bagit.txt']).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
    expect(bag['fetch.txt']).toBe(
      'https://files.example/a%20b%2Fc%20100%25.tab 10 data/a b/c 100%25.tab\n' +
        'https://files.example/d.tab - data/d.tab\n',
    );
    const sum = 'd41d8cd98f00b204e9800998ecf8427e';
    expect(bag['manifest-md5.txt']).toBe(`${sum}  data/a b/c 100%25.tab\n${sum}  data/d.tab\n`);
    expect(bag['left-out.txt']).toBe('https://files.example/e.jpg data/e.jpg\n');
    expect(bag['bag-info.txt']).not.toContain('Payload-Oxum');
    expect(bag['bag-info.txt']).toContain('1 files without a checksum are in left-out.txt.');
    const listed = (bag['tagmanifest-md5.txt'] ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(34));
    expect(listed).toEqual([
      'bagit.txt',
      'bag-info.txt',
      'fetch.txt',
      'manifest-md5.txt',
      'left-out.txt',
    ]);
  });

  test('all sizes known: an Oxum; as many sha256 as md5: sha256', async () => {
    const files = [makePlanned('a.tab', { ...exact, checksums: [md5, sha256] })];
    const { summary, bag } = await bagOf(files);
    expect(summary.algorithm).toBe('sha256');
    expect(bag['bag-info.txt']).toContain('\nPayload-Oxum: 10.1\n');
    expect(bag['left-out.txt']).toBeUndefined();
  });

  test('line ends and percent signs of a path are encoded, and nothing else is', () => {
    expect(encodeBagPath('a b%\r\né')).toBe('a b%25%0D%0Aé');
  });
});

test('100,000 files stream: no chunk is large, and the plan is never held', async () => {
  let alive = 0;
  let most = 0;
  const plan = async function* () {
    for (let at = 0; at < 100_000; at += 1) {
      alive += 1;
      most = Math.max(most, alive);
      yield makePlanned(`folder/${String(at)}.jpg`);
      alive -= 1;
    }
  };
  let length = 0;
  for await (const chunk of toText('aria2', plan, exportAbout)) {
    expect(chunk.length).toBeLessThan(70_000);
    length += chunk.length;
  }
  expect(length).toBeGreaterThan(100_000 * 30);
  expect(most).toBe(1);
});
