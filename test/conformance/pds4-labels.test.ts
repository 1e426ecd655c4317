import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LabelQuery } from '#main/formats/label/label-query.ts';
import type { OpenLabel } from '#main/formats/label/open-label.ts';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';
import { readLabel, tableLabel, xpathText } from '#test/support/labels.ts';
import { hasXmllint, xmllintAbsent, xmllintXPath } from '#test/support/xmllint.ts';

const captures = capturesDir();
if (captures === null) console.log(`pds4-labels conformance ${capturesAbsent}`);
const canCompare = hasXmllint();
if (!canCompare) console.log(`pds4-labels: comparisons ${xmllintAbsent}`);

const folders = ['pds4', join('pds-registry', 'ref-data')];
const files =
  captures === null
    ? []
    : folders
        .flatMap((folder) =>
          readdirSync(join(captures, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
            join(folder, name).replaceAll('\\', '/'),
          ),
        )
        .filter((name) => /\.(xml|lblx|lbl)$/i.test(name))
        .sort();

const pathOf = (name: string): string => join(captures ?? '', name);
const open = (name: string): OpenLabel => readLabel(readFileSync(pathOf(name)));

describe.skipIf(captures === null)('the recorded labels', () => {
  test('there are as many as were recorded', () => {
    expect(files.length).toBeGreaterThan(250);
  });

  test.each(files)('%s opens or is refused with a reason', (name) => {
    const label = open(name);
    const { isComplete, problem, elements, sourceRows, root } = label.state();
    expect(isComplete).toBe(true);
    if (problem !== null) {
      expect(problem.message).toMatch(/\. .*\.$/);
      return;
    }
    expect(root).not.toBeNull();
    label.fold({ what: 'depth', depth: null });
    const { rows, total } = label.rows(0, 200);
    expect(rows.length).toBe(Math.min(200, total));
    expect(total).toBeGreaterThanOrEqual(elements);
    const lines = readFileSync(pathOf(name))
      .toString('latin1')
      .split(/\r\n|\r|\n/);
    expect(sourceRows).toBeGreaterThanOrEqual(lines.length - 1);
    for (const row of rows.slice(0, 50)) {
      const node = label.node(row.node);
      // Both paths lead back to the same node, and to it alone.
      for (const path of [node?.path ?? '', node?.localPath ?? '']) {
        const found = new LabelQuery(label).run(path, 0, 2);
        expect(found).toMatchObject({ type: 'nodes', total: 1, matches: [{ node: row.node }] });
      }
    }
  });

  test.skipIf(!canCompare)('libxml2 counts the same nodes and reads the same words', () => {
    const whole =
      "concat(count(//*),' ',count(//@*),' ',count(//comment()),' ',count(//processing-instruction()),' ',count(//text()),' ',name(/*),' ',string-length(/))";
    let compared = 0;
    for (const name of files) {
      const theirs = xmllintXPath(pathOf(name), whole);
      const label = open(name);
      const { problem } = label.state();
      // What we refuse they refuse; they read on after some faults that we end at.
      if (theirs === null) expect(problem).not.toBeNull();
      if (theirs === null || problem !== null) continue;
      expect([name, xpathText(label, whole)]).toEqual([name, theirs]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(240);
  });
});

/** Prefixes as a label declares them, for a tool that takes none. */
function withoutPrefixes(expression: string, label: OpenLabel): string {
  const uris = new Map(label.state().namespaces.map(({ prefix, uri }) => [prefix, uri]));
  return expression.replace(
    /([a-z]+):([A-Za-z_]+|\*)(?![:'"])/g,
    (all, prefix: string, local: string) => {
      const uri = uris.get(prefix);
      if (uri === undefined) return all;
      const inSpace = `namespace-uri()='${uri}'`;
      return local === '*' ? `*[${inSpace}]` : `*[local-name()='${local}' and ${inSpace}]`;
    },
  );
}

/** Expressions that select nodes. */
const selections = [
  '/',
  '/*',
  '/pds:*',
  '//pds:logical_identifier',
  '//pds:File/pds:file_name',
  '//pds:Identification_Area/*',
  '//pds:Identification_Area//pds:version_id',
  '//*[@unit]',
  '//@unit',
  "//*[@unit='byte']",
  '//*[@*]',
  '//pds:Field_Character[2]',
  '//pds:Field_Character[last()]/pds:name',
  '//pds:Field_Character[position() < 3]/pds:name',
  '//pds:Field_Character[pds:name]/pds:field_number[. mod 2 = 0]',
  "//pds:Field_Character[pds:data_type='ASCII_Real']/pds:name",
  "//*[contains(., 'Mars')][not(*)]",
  "//*[starts-with(local-name(), 'start_')]",
  '//*[not(*)][string-length(.) > 60]',
  '//pds:name/..',
  '//pds:name/../..',
  '//pds:Internal_Reference/ancestor::*',
  '//pds:Internal_Reference/ancestor::*[1]',
  '//pds:name/ancestor-or-self::*[2]',
  '//pds:title/following-sibling::*',
  '//pds:title/following-sibling::*[1]',
  '//pds:product_class/preceding-sibling::*',
  '//pds:product_class/preceding-sibling::*[2]',
  '//pds:File/following::*',
  '//pds:File/preceding::*[3]',
  '//pds:File/preceding::pds:name',
  '//pds:Identification_Area/descendant-or-self::*',
  '//pds:Identification_Area/self::pds:*',
  '/*/*[2]/*[1]',
  '/*/child::node()[3]',
  '//text()[normalize-space()][5]',
  '(//pds:name)[3]',
  '(//pds:name | //pds:title)[2]',
  '//pds:title | //pds:file_name | //pds:version_id',
  '//comment()',
  '//processing-instruction()',
  "//processing-instruction('xml-model')",
  "//*[local-name()='file_size'][. > 1000]",
  '//*[count(*) > 5]',
  '//*[count(ancestor::*) = 3][last()]',
  '//*[../@*]',
  "//pds:reference_type[.='data_to_document']/../pds:lid_reference",
  '//pds:lid_reference[. = //pds:lid_reference]',
  '//pds:name[. = preceding::pds:name]',
  '//*[name() != local-name()]',
  "//@*[starts-with(., 'http')]",
  '/descendant::*[7]',
  '/descendant::pds:name[2]/following::pds:name[1]',
  '//*[position() = last()][not(*)]',
  '//pds:File/node()',
];

/** Expressions that give a text, a number or a truth value. */
const computations = [
  'count(//*)',
  'count(//@*)',
  'count(//text())',
  'count(/descendant-or-self::node())',
  'sum(//pds:field_length)',
  'sum(//pds:field_number) div count(//pds:field_number)',
  'string(//pds:title)',
  'name(/*)',
  'local-name(/*/*[last()])',
  'namespace-uri(/*)',
  "concat(//pds:version_id, '|', //pds:product_class)",
  "substring-before(//pds:logical_identifier, ':')",
  "substring-after(//pds:logical_identifier, 'urn:')",
  'substring(//pds:title, 2, 5)',
  'substring(//pds:title, 0.5, 2.5)',
  'string-length(//pds:title)',
  "translate(//pds:title, 'abcdefghij', 'ABCDE')",
  'normalize-space(//pds:description)',
  'normalize-space(/)',
  '//pds:title = //pds:name',
  '//pds:title != //pds:name',
  '//pds:field_number > 3',
  '//pds:field_number < //pds:field_length',
  'boolean(//pds:nothing)',
  "not(//pds:title) or //pds:version_id = '1.0'",
  'floor(-2.5) + ceiling(2.1) * round(2.5) - round(-2.5)',
  '10 mod 3 - -4 mod 3 + 7 div 2',
  '1 div 0',
  '-1 div 0',
  "number('abc')",
  "number(' 12.50 ')",
  '0.1 + 0.2',
  '1 div 3',
  '2 = 2.0 and true() != false()',
  "string(1 = 1) = 'true'",
  "'a' < 'b'",
  'count(//*[lang("en")])',
  'count(//namespace::*) > 0',
];

/** One text that tells which nodes an expression selects, in which order. */
function describeSelection(selection: string): string {
  const part = (at: string): string =>
    `name((${selection})[${at}]), '~', string((${selection})[${at}]), '~', count((${selection})[${at}]/ancestor-or-self::node()), '|'`;
  const parts = ['1', '2', '3', '5', '17', 'last()'].map(part);
  return `concat(count(${selection}), '|', ${parts.join(', ')})`;
}

const chosen = [
  'pds-registry/ref-data/urn-nasa-pds-insight_rad/data_derived/hp3_rad_der_00122_20190401_123217.xml',
  'pds4/images/github1129/3778ml1037770010808163i01_dxxx.xml',
  'pds4/pds4_tools/test_label.xml',
];

/** What real labels rarely hold. CDATA stands alone: beside text libxml2 takes it for a node of its own. */
const oddLabel = `<?xml version="1.0"?>
<?xml-model href="a.sch"  type="x" ?>
<!-- before -->
<Product_Odd xmlns="http://pds.nasa.gov/pds4/pds/v1" xmlns:o="urn:odd" o:mark="1" plain=' a&#10;b ' xml:lang="en-GB">
  <Identification_Area><title><![CDATA[Über & <drüber>]]></title><version_id> 1.0 </version_id></Identification_Area>
  <File><o:part xmlns:o="urn:other" o:n="1"/><o:part o:n="2">two<!-- in --> words</o:part><name>Mars 😀 x</name></File>
  words <name>1e3</name> and <?do it?> more <name xml:lang="de"/><name> 12 </name>
  <Inner xmlns="urn:inner"><name unit="km">0.5</name><x xmlns="">plain</x></Inner>
</Product_Odd>
<!-- behind -->`;

describe.skipIf(!canCompare)('XPath gives what xmllint --xpath gives', () => {
  let folder = '';
  const labels: { name: string; path: string; label: OpenLabel }[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'almagest-labels-'));
    const add = (name: string, content: string): void => {
      const path = join(folder, name);
      writeFileSync(path, content);
      labels.push({ name, path, label: readLabel(content) });
    };
    add('odd.xml', oddLabel);
    add('table.xml', [...tableLabel(30)].join(''));
    if (captures === null) return;
    for (const name of chosen) labels.push({ name, path: pathOf(name), label: open(name) });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('more than fifty expressions', () => {
    expect(selections.length + computations.length).toBeGreaterThan(90);
  });

  test.each([...selections.map((one) => [one, describeSelection(one)] as const)])(
    '%s',
    (_selection, expression) => compareEverywhere(expression),
  );

  test.each(computations)('%s', (expression) => compareEverywhere(`concat(${expression}, '')`));

  function compareEverywhere(expression: string): void {
    expect(labels.length).toBeGreaterThan(1);
    for (const { name, path, label } of labels) {
      const theirs = xmllintXPath(path, withoutPrefixes(expression, label));
      expect(theirs).not.toBeNull();
      expect([name, xpathText(label, expression)]).toEqual([name, theirs]);
    }
  }
});
