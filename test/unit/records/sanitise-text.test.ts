import { describe, expect, test } from 'vitest';
import type { TextNode } from '#contract/domain.ts';
import { sanitiseText } from '#main/records/sanitise-text.ts';
import { createSeededRandom } from '#test/support/mangle.ts';

/** The tree in a short form: <p>, <b>, <i>, <ul>, <li>, [text](address), | for a break. */
function show(nodes: TextNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      if (node.kind === 'break') return '|';
      const inner = show(node.children);
      if (node.kind === 'link') return `[${inner}](${node.href})`;
      const tag = { strong: 'b', emphasis: 'i', paragraph: 'p', list: 'ul', item: 'li' }[node.kind];
      return `<${tag}>${inner}</${tag}>`;
    })
    .join('');
}

const sanitise = (text: string | null) => show(sanitiseText(text));

describe('what passes', () => {
  test.each([
    [null, ''],
    ['', ''],
    ['  ', ''],
    ['Plain.', '<p>Plain.</p>'],
    ['a\n b\t c', '<p>a b c</p>'],
    ['one\n\ntwo', '<p>one</p><p>two</p>'],
    ['<b>bold</b> and <strong>strong</strong>', '<p><b>bold</b> and <b>strong</b></p>'],
    ['<i>a</i><em>b</em>', '<p><i>a</i><i>b</i></p>'],
    ['a<br>b<br/>c', '<p>a|b|c</p>'],
    ['a<br><br>b', '<p>a</p><p>b</p>'],
    ['<p>a</p><p>b', '<p>a</p><p>b</p>'],
    ['<ul><li>a<li>b <b>c</b></ul>d', '<ul><li>a</li><li>b <b>c</b></li></ul><p>d</p>'],
    ['<ul><li>a<ul><li>b</li></ul></li></ul>', '<ul><li><p>a</p><ul><li>b</li></ul></li></ul>'],
    ['<a href="https://nasa.gov/x">NASA</a>', '<p>[NASA](https://nasa.gov/x)</p>'],
    ['<a href="http://nasa.gov/x">NASA</a>', '<p>[NASA](https://nasa.gov/x)</p>'],
    ['AT&amp;T &lt;b&gt; &copy;', '<p>AT&T <b> ©</p>'],
    ['<b>one\n\ntwo</b> three', '<p><b>one</b></p><p><b>two</b> three</p>'],
    ['<b>a<i>b</b>c</i>', '<p><b>a<i>b</i></b>c</p>'],
    ['1 < 2 and 3 > 2', '<p>1 < 2 and 3 > 2</p>'],
  ])('%j gives %s', (text, expected) => {
    expect(sanitise(text)).toBe(expected);
  });
});

describe('what does not', () => {
  test.each([
    ['a<script>alert(1)</script>b', '<p>ab</p>'],
    ['a<style>p{}</style>b', '<p>ab</p>'],
    ['a<script>alert(1)', '<p>a</p>'],
    ['a<svg><b>x</b><script>1</script></svg>b', '<p>ab</p>'],
    ['<img src=x onerror=alert(1)>a', '<p>a</p>'],
    ['<b onclick="alert(1)" style="x">a</b>', '<p><b>a</b></p>'],
    ['<a href="javascript:alert(1)">a</a>', '<p>a</p>'],
    ['<a href=" JaVaScRiPt:alert(1)">a</a>', '<p>a</p>'],
    ['<a href="http://nasa.gov:8080/">a</a>', '<p>a</p>'],
    ['<a href="http://u@nasa.gov/">a</a>', '<p>a</p>'],
    ['<a href="ftp://nasa.gov/">a</a>', '<p>a</p>'],
    ['<a href="//nasa.gov">a</a>', '<p>a</p>'],
    ['<a href="/x">a</a>', '<p>a</p>'],
    ['<a href="https://u:p@nasa.gov/">a</a>', '<p>a</p>'],
    ['<a>a</a>', '<p>a</p>'],
    ['<font color=red><u>a</u></font>', '<p>a</p>'],
    ['<!-- <b>x</b> -->a', '<p>a</p>'],
    ['<b></b><i> </i>', ''],
  ])('%j gives %s', (text, expected) => {
    expect(sanitise(text)).toBe(expected);
  });
});

describe('addresses in the text', () => {
  test.each([
    [
      'See https://nasa.gov/a_b?c=1.',
      '<p>See [https://nasa.gov/a_b?c=1](https://nasa.gov/a_b?c=1).</p>',
    ],
    ['(https://nasa.gov)', '<p>([https://nasa.gov](https://nasa.gov/))</p>'],
    [
      'https://nasa.gov/?a=1&amp;b=2',
      '<p>[https://nasa.gov/?a=1&b=2](https://nasa.gov/?a=1&b=2)</p>',
    ],
    ['http://nasa.gov', '<p>http://nasa.gov</p>'],
    ['https://', '<p>https://</p>'],
    ['<a href="https://a.gov/">https://b.gov/</a>', '<p>[https://b.gov/](https://a.gov/)</p>'],
  ])('%j gives %s', (text, expected) => {
    expect(sanitise(text)).toBe(expected);
  });
});

describe('lost line ends', () => {
  test('become paragraphs in a text that else has one blank between sentences', () => {
    expect(sanitise('One thing. Another thing.  A new thought. Its end.')).toBe(
      '<p>One thing. Another thing.</p><p>A new thought. Its end.</p>',
    );
  });

  test('become none where a typist puts two blanks after every sentence', () => {
    expect(sanitise('One thing.  Another thing.  A third.')).toBe(
      '<p>One thing. Another thing. A third.</p>',
    );
  });

  test('become paragraphs before addresses and credits in any text', () => {
    expect(sanitise('A bootprint.  https://nasa.gov/x  Credit: NASA')).toBe(
      '<p>A bootprint.</p><p>[https://nasa.gov/x](https://nasa.gov/x)</p><p>Credit: NASA</p>',
    );
    expect(
      sanitise(
        'A cluster.  <b><a href="https://nasa.gov/">NASA image use</a></b>  <b>Follow us</b>',
      ),
    ).toContain('</p><p><b>Follow us</b></p>');
  });

  test('in the middle of a sentence are blanks', () => {
    expect(sanitise('one  two. Three  four')).toBe('<p>one two. Three four</p>');
  });
});

describe('hostile text', () => {
  test('of any size and depth is bounded and quick', () => {
    const depth = '<b><ul><li>x'.repeat(9000);
    checkAllowed(sanitiseText(depth));
    checkAllowed(sanitiseText(`${depth}${'</ul>y'.repeat(9000)}`));
    const many = '<b>x</b>'.repeat(50_000);
    const signs = '.  <'.repeat(50_000);
    for (const text of [
      depth,
      many,
      signs,
      '<'.repeat(200_000),
      '.  '.repeat(60_000),
      'https://'.repeat(20_000),
    ]) {
      expect(countNodes(sanitiseText(text))).toBeLessThan(12_000);
    }
  });

  test('at random never throws and holds only what is allowed', () => {
    const random = createSeededRandom(7);
    const parts =
      '<b> </b> <i> <a href="https://x.gov/"> </a> <a href=javascript:1> <ul> </ul> <li> <p> <br> <script> </script> \n\n .\u00a0 text & &lt; \u0000 <!-- --> <svg> </svg> https://a.b/c ]]> <![CDATA[ <? \ud83d'.split(
        ' ',
      );
    for (let round = 0; round < 3000; round++) {
      let text = '';
      for (let count = 0; count < 20; count++)
        text += parts[Math.floor(random() * parts.length)] ?? '';
      checkAllowed(sanitiseText(text));
    }
  });
});

function countNodes(nodes: TextNode[]): number {
  let count = 0;
  const rest = [...nodes];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    count += 1;
    if ('children' in node) for (const child of node.children) rest.push(child);
  }
  return count;
}

function checkAllowed(nodes: TextNode[], depth = 0): void {
  expect(depth).toBeLessThan(100);
  for (const node of nodes) {
    if (node.kind === 'link') expect(node.href.startsWith('https://')).toBe(true);
    if ('children' in node) checkAllowed(node.children, depth + 1);
  }
}
