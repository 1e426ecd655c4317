/** Runs in a page. A made label of some hundred elements, and the tree that the fake core shows of it. */
import type { LabelFold, LabelMark, LabelNode, LabelRow } from '#contract/labels.ts';
import { uriOf, wordsOf, type FakeLabel, type FakeXPath } from './fake-label-model.ts';
import { evaluate } from './fake-label-xpath.ts';

export interface FakeNode {
  node: number;
  parent: number | null;
  depth: number;
  prefix: string;
  name: string;
  value: string | null;
  unit: string | null;
  attributes: [string, string][];
  children: number[];
  sourceRow: number;
}

/** An element: its name, then its text or its children. */
type Made = [name: string, content: string | Made[], attributes?: Record<string, string>];

const reference = (lid: string, type: string): Made => [
  'Internal_Reference',
  [
    ['lid_reference', lid],
    ['reference_type', type],
  ],
];

const fields = Array.from({ length: 42 }, (_none, at): Made => [
  'Field_Character',
  [
    ['name', `TEMPERATURE_${String(at + 1)}`],
    ['field_number', String(at + 1)],
    ['field_location', String(at * 16 + 1), { unit: 'byte' }],
    ['data_type', 'ASCII_Real'],
    ['field_length', '15', { unit: 'byte' }],
  ],
]);

const made: Made = [
  'Product_Observational',
  [
    [
      'Identification_Area',
      [
        ['logical_identifier', 'urn:nasa:pds:made_0:data_derived:rad_der_0000000'],
        ['version_id', '1.0'],
        ['title', 'Made radiometer, derived data, day 122'],
        ['information_model_version', '1.10.1.0'],
        ['product_class', 'Product_Observational'],
        [
          'Modification_History',
          [
            [
              'Modification_Detail',
              [
                ['modification_date', '2019-09-23'],
                ['version_id', '1.0'],
                [
                  'description',
                  'First delivery of the made radiometer. Temperatures are those of the ground beside the lander, as the two sensors saw them; gaps are where the arm stood in the way. What was measured while the sun was below the horizon is marked so in the last column, since the calibration of the cold sensor is less certain then than by day.',
                ],
              ],
            ],
          ],
        ],
      ],
    ],
    [
      'Observation_Area',
      [
        [
          'Time_Coordinates',
          [
            ['start_date_time', '2019-04-01T00:32:17.929Z'],
            ['stop_date_time', '2019-06-23T07:39:50.783Z'],
          ],
        ],
        [
          'Investigation_Area',
          [
            ['name', 'InSight'],
            ['type', 'Mission'],
            reference(
              'urn:nasa:pds:context:investigation:mission.insight',
              'data_to_investigation',
            ),
          ],
        ],
        [
          'Observing_System',
          [
            [
              'Observing_System_Component',
              [
                ['name', 'Made radiometer'],
                ['type', 'Instrument'],
              ],
            ],
          ],
        ],
        [
          'Target_Identification',
          [
            ['name', 'Mars'],
            ['type', 'Planet'],
            reference('urn:nasa:pds:context:target:planet.mars', 'data_to_target'),
          ],
        ],
        [
          'Mission_Area',
          [
            [
              'insight:Observation_Information',
              [
                ['insight:release_number', '0002'],
                ['insight:mission_phase_name', 'SURFACE MISSION'],
                ['insight:product_type', 'RAD-derived'],
                ['insight:spacecraft_clock_start_count', '607350696-25494'],
                ['insight:start_sol_number', '00122'],
                ['insight:stop_sol_number', '00203'],
                ['insight:start_local_mean_solar_time', 'Sol-00122M10:32:58'],
                ['insight:stop_local_mean_solar_time', 'Sol-00203M12:11:14'],
                ['insight:start_solar_longitude', '4.206', { unit: 'deg' }],
                ['insight:stop_solar_longitude', '43.102', { unit: 'deg' }],
              ],
            ],
          ],
        ],
      ],
    ],
    [
      'Reference_List',
      [
        [
          'External_Reference',
          [
            ['doi', '10.17189/0000'],
            ['reference_text', 'Spohn, "The heat flow", Space Science Reviews'],
          ],
        ],
      ],
    ],
    [
      'File_Area_Observational',
      [
        [
          'File',
          [
            ['file_name', 'rad_der_0000000.tab'],
            ['file_size', '7818510', { unit: 'byte' }],
          ],
        ],
        [
          'Table_Character',
          [
            ['offset', '0', { unit: 'byte' }],
            ['records', '60142'],
            ['Record_Character', [['fields', '42'], ...fields]],
          ],
        ],
      ],
      { 'xsi:nil': 'false' },
    ],
  ],
];

/** The same text as a file has it, a line an element. */
function build(): { nodes: FakeNode[]; lines: string[] } {
  const nodes: FakeNode[] = [];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!-- A made label. What it says was never measured. -->',
  ];
  const declared = ' xmlns="http://pds.nasa.gov/pds4/pds/v1"';
  const add = ([qualified, content, attributes = {}]: Made, parent: FakeNode | null): void => {
    const [prefix, name] = qualified.includes(':') ? qualified.split(':') : ['', qualified];
    const isLeaf = typeof content === 'string';
    const node: FakeNode = {
      node: nodes.length,
      parent: parent?.node ?? null,
      depth: parent === null ? 0 : parent.depth + 1,
      prefix: prefix ?? '',
      name: name ?? '',
      value: isLeaf ? content : null,
      unit: attributes['unit'] ?? null,
      attributes: Object.entries(attributes).filter(([key]) => key !== 'unit'),
      children: [],
      sourceRow: lines.length,
    };
    nodes.push(node);
    parent?.children.push(node.node);
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
    const start = `<${qualified}${node.node === 0 ? declared : ''}${written.join('')}>`;
    const blanks = '  '.repeat(node.depth);
    if (isLeaf) {
      lines.push(`${blanks}${start}${content.replaceAll('&', '&amp;')}</${qualified}>`);
      return;
    }
    lines.push(blanks + start);
    for (const child of content) add(child, node);
    lines.push(`${blanks}</${qualified}>`);
  };
  add(made, null);
  return { nodes, lines };
}

export function qualifiedOf({ prefix, name }: FakeNode): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

export class FakeLabelTree implements FakeLabel {
  readonly nodes: readonly FakeNode[];
  readonly #lines: readonly string[];
  #open = new Set<number>();
  #words: string[] = [];
  /** Nodes that are shown where a search leaves out the others. */
  #kept: Set<number> | null = null;
  #hits: { node: number; mark: LabelMark }[] = [];
  #end: number;
  #view: number[] = [];

  constructor() {
    const { nodes, lines } = build();
    this.nodes = nodes;
    this.#lines = lines;
    this.#end = nodes.length;
    this.fold({ what: 'depth', depth: 2 });
  }

  get elements(): number {
    return this.#end;
  }
  get total(): number {
    return this.#view.length;
  }
  get sourceRows(): number {
    return this.#end === this.nodes.length
      ? this.#lines.length
      : (this.nodes[this.#end]?.sourceRow ?? 0);
  }

  readUpTo(node: number): void {
    this.#end = Math.min(node, this.nodes.length);
    this.#look();
  }

  rows(from: number, count: number): LabelRow[] {
    return this.#view.slice(from, from + count).map((at) => this.#row(this.#at(at)));
  }

  fold(fold: LabelFold): void {
    if (fold.what === 'depth') {
      const open = this.nodes.filter(({ depth }) => fold.depth === null || depth < fold.depth);
      this.#open = new Set(open.map(({ node }) => node));
    } else {
      const within = fold.what === 'branch' ? this.#branch(fold.node) : [fold.node];
      for (const node of within) {
        if (fold.isOpen) this.#open.add(node);
        else this.#open.delete(node);
      }
    }
    this.#look();
  }

  reveal(node: number): number | null {
    if (this.nodes[node] === undefined) return null;
    for (let at = this.#at(node).parent; at !== null; at = this.#at(at).parent) this.#open.add(at);
    this.#look();
    const row = this.#view.indexOf(node);
    return row === -1 ? null : row;
  }

  search(text: string, onlyMatches: boolean): { hits: number; rows: number } {
    this.#words = wordsOf(text);
    const found = this.nodes
      .slice(0, this.#end)
      .map((one) => ({ node: one.node, marks: this.#marks(one) }))
      .filter(({ marks }) => marks.length > 0);
    this.#hits = found.flatMap(({ node, marks }) => marks.map((mark) => ({ node, mark })));
    this.#kept = null;
    if (onlyMatches && this.#words.length > 0) {
      this.#kept = new Set(found.flatMap(({ node }) => [node, ...this.#above(node)]));
    }
    this.#look();
    return { hits: this.#hits.length, rows: found.length };
  }

  hit(at: number): { node: number; mark: LabelMark } | null {
    return this.#hits[at] ?? null;
  }

  hitFrom(node: number, direction: 'next' | 'previous'): number | null {
    if (this.#hits.length === 0) return null;
    if (direction === 'next') {
      return Math.max(
        0,
        this.#hits.findIndex((hit) => hit.node > node),
      );
    }
    const before = this.#hits.findLastIndex((hit) => hit.node < node);
    return before === -1 ? this.#hits.length - 1 : before;
  }

  node(node: number): LabelNode | null {
    const one = this.nodes[node];
    if (one === undefined) return null;
    const around = one.parent === null ? null : this.#at(one.parent);
    const field = (of: FakeNode): string => `${of.prefix === '' ? 'pds' : of.prefix}:${of.name}`;
    return {
      node,
      kind: 'element',
      name: qualifiedOf(one),
      namespace: uriOf(one.prefix),
      value: one.value,
      isCut: false,
      unit: one.unit,
      attributes: this.#attributes(one),
      path: this.pathOf(node, (of) => field(of)),
      localPath: this.pathOf(node, (of) => `*[local-name()='${of.name}']`),
      registryName: around === null || one.value === null ? null : `${field(around)}.${field(one)}`,
      sourceRow: one.sourceRow,
    };
  }

  pathOf(node: number, test: (of: FakeNode) => string): string {
    const steps = [node, ...this.#above(node)].map((at) => {
      const one = this.#at(at);
      const beside = one.parent === null ? [] : this.#at(one.parent).children;
      const same = beside.filter((other) => this.#at(other).name === one.name);
      return same.length > 1 ? `${test(one)}[${String(same.indexOf(at) + 1)}]` : test(one);
    });
    return `/${steps.reverse().join('/')}`;
  }

  xpath(expression: string): FakeXPath {
    return evaluate(this, expression);
  }

  source(row: number): string {
    return this.#lines[row] ?? '';
  }

  nodeAt(sourceRow: number): number | null {
    return this.nodes.findLast((one) => one.sourceRow <= sourceRow)?.node ?? null;
  }

  #at(node: number): FakeNode {
    const one = this.nodes[node];
    if (one === undefined) throw new Error(`no node ${String(node)}`);
    return one;
  }

  #above(node: number): number[] {
    const { parent } = this.#at(node);
    return parent === null ? [] : [parent, ...this.#above(parent)];
  }

  #branch(node: number): number[] {
    return [node, ...this.#at(node).children.flatMap((child) => this.#branch(child))];
  }

  #look(): void {
    const isShown = (node: number): boolean =>
      node < this.#end && (this.#kept === null || this.#kept.has(node));
    const walk = (node: number): number[] => {
      if (!isShown(node)) return [];
      const isOpen = this.#kept !== null || this.#open.has(node);
      return isOpen ? [node, ...this.#at(node).children.flatMap(walk)] : [node];
    };
    this.#view = walk(0);
  }

  #attributes(one: FakeNode): LabelRow['attributes'] {
    return one.attributes.map(([name, value]) => ({ name, value, isCut: false }));
  }

  #marks(one: FakeNode): LabelMark[] {
    const parts: [LabelMark['part'], string | null, number | null][] = [
      ['name', qualifiedOf(one), null],
      ['value', one.value, null],
      ['unit', one.unit, null],
      ...one.attributes.flatMap(([name, value], at) => [
        ['attribute-name', name, at] as [LabelMark['part'], string, number],
        ['attribute-value', value, at] as [LabelMark['part'], string, number],
      ]),
    ];
    const found = this.#words.map((word) =>
      parts.flatMap(([part, text, attribute]) =>
        placesOf(word, text ?? '').map((start) => ({
          part,
          attribute,
          start,
          end: start + word.length,
        })),
      ),
    );
    return found.length > 0 && found.every((marks) => marks.length > 0) ? found.flat() : [];
  }

  #row(one: FakeNode): LabelRow {
    const beside = one.parent === null ? [one.node] : this.#at(one.parent).children;
    const shown = one.children.filter((child) => child < this.#end);
    const firstHit = this.#hits.findIndex((hit) => hit.node === one.node);
    return {
      node: one.node,
      parent: one.parent,
      kind: 'element',
      depth: one.depth,
      prefix: one.prefix,
      name: one.name,
      value: one.value?.slice(0, 200) ?? null,
      isCut: (one.value?.length ?? 0) > 200,
      unit: one.unit,
      attributes: this.#attributes(one),
      children: shown.length,
      isOpen: shown.length > 0 && (this.#kept !== null || this.#open.has(one.node)),
      place: beside.indexOf(one.node) + 1,
      siblings: beside.length,
      marks: this.#marks(one),
      firstHit: firstHit === -1 ? null : firstHit,
    };
  }
}

function placesOf(word: string, text: string): number[] {
  const places: number[] = [];
  const folded = text.toLowerCase();
  for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
    places.push(at);
  }
  return places;
}
