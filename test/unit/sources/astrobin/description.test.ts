import { describe, expect, test } from 'vitest';
import type { TextNode } from '#contract/domain.ts';
import { plainText, readDescription } from '#main/sources/astrobin/bbcode.ts';

/** A tree as short text: paragraphs in lines, links with their address. */
function shown(nodes: readonly TextNode[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text;
        case 'break':
          return '/';
        case 'link':
          return `<${node.href}|${shown(node.children)}>`;
        default:
          return `${node.kind[0] ?? ''}(${shown(node.children)})`;
      }
    })
    .join('');
}

describe('BBCode', () => {
  test.each([
    ['[b]Clear[/b] and [i]cold[/i]', 'p(s(Clear) and e(cold))'],
    ['[B]Clear[/B]', 'p(s(Clear))'],
    ['[url=https://a.example/?x=1&y=2]here[/url]', 'p(<https://a.example/?x=1&y=2|here>)'],
    ['[url="https://a.example/"]here[/url]', 'p(<https://a.example/|here>)'],
    ['[url]https://a.example/x[/url]', 'p(<https://a.example/x|https://a.example/x>)'],
    ['[url=http://a.example/]old[/url]', 'p(<https://a.example/|old>)'],
    ['[url=javascript:alert(1)]no[/url]', 'p(no)'],
    ['[url=https://u:p@a.example/]no[/url]', 'p(no)'],
    ['[list][*]one[*]two[/list]', 'l(i(one)i(two))'],
    ['[list=1][li]one[/li][li]two[/li][/list]', 'l(i(one)i(two))'],
    ['[b]x[/b]\nnext\n\nparagraph', 'p(s(x)/next)p(paragraph)'],
    ['[size=5][color=#ff0000][font=Arial]big[/font][/color][/size] rest', 'p(big rest)'],
    ['[quote]said[/quote]after', 'p(said)p(after)'],
    ['[center]middle[/center]', 'p(middle)'],
    ['[code]a[0] = [b]b[/b][/code]', 'p(a[0] = [b]b[/b])'],
    [
      '[b]x[/b] [img]https://a.example/p.jpg[/img]',
      'p(s(x) <https://a.example/p.jpg|https://a.example/p.jpg>)',
    ],
    ['[b]unclosed [i]both[/b]', 'p(s(unclosed e(both)))'],
    ['[b]FWHM < 2 & good[/b]', 'p(s(FWHM < 2 & good))'],
    ['[b]x[/b] <script>alert(1)</script><img src=x onerror=alert(1)>', 'p(s(x))'],
  ])('%s', (text, tree) => {
    expect(shown(readDescription(text))).toBe(tree);
  });
});

describe('what only looks like it', () => {
  test.each([
    ['[OIII] 3 nm, [SII] and [Ha]', 'p([OIII] 3 nm, [SII] and [Ha])'],
    ['[b]Filters[/b]: [O III], [N II]', 'p(s(Filters): [O III], [N II])'],
    ['the [i] band', 'p(the [i] band)'],
    ['frames [1] and [2]', 'p(frames [1] and [2])'],
    ['one\ntwo', 'p(one/two)'],
    ['', ''],
  ])('%s', (text, tree) => {
    expect(shown(readDescription(text))).toBe(tree);
  });
});

describe('HTML', () => {
  test.each([
    ['Clear wind & <b>seeing</b>', 'p(Clear wind & s(seeing))'],
    ['<p>one\ntwo</p><p>three</p>', 'p(one two)p(three)'],
    ['<a href="https://a.example/">x</a>', 'p(<https://a.example/|x>)'],
    ['<style>b{}</style>x<iframe src="https://a.example"></iframe>', 'p(x)'],
  ])('%s', (text, tree) => {
    expect(shown(readDescription(text))).toBe(tree);
  });

  test('none is none', () => {
    expect(readDescription(null)).toEqual([]);
  });
});

test('hostile lengths take no time', () => {
  const startMs = performance.now();
  for (const part of ['[b]', '[code]', '[url=', '[/b]', '[*]', '[img]', '<', '[url]x', '[b=a']) {
    readDescription(part.repeat(Math.ceil(100_000 / part.length)));
  }
  expect(performance.now() - startMs).toBeLessThan(5000);
});

test('plain text has its paragraphs and items on lines of their own', () => {
  const tree = readDescription('[b]One[/b] two\n\nthree[list][*]a[*]b[/list]');
  expect(plainText(tree).trim().split(/\n+/)).toEqual(['One two', 'three', 'a', 'b']);
});
