/**
 * Runs in plain Node, any thread; pure. The parts of a label that describe files: offsets, records, fields and
 * axes, all taken from the data set that the bytes come from.
 */
import type { Content, DataSet } from './content.ts';
import { hasNotes } from './content.ts';
import type { Field, Table } from './data-tables.ts';
import type { Entry } from './entry.ts';
import { frameSide } from './frames.ts';
import { element as e } from './label-tree.ts';
import type { LabelElement } from './label-tree.ts';

const bytes = { unit: 'byte' } as const;

export function fileElement(file: Content, created: string, id?: string): LabelElement {
  return e('File', [
    e('file_name', file.name),
    id === undefined ? null : e('local_identifier', id),
    e('creation_date_time', created),
    // A large inventory's label leaves them out: it would have to be read whole to state them.
    file.inventory === undefined ? e('file_size', () => String(file.sizeBytes()), bytes) : null,
    file.inventory === undefined ? e('md5_checksum', () => file.md5()) : null,
  ]);
}

function fieldElements(field: Field, at: number, location: number, kind: 'Character' | 'Binary') {
  return e(`Field_${kind}`, [
    e('name', field.name),
    e('field_number', String(at + 1)),
    e('field_location', String(location), bytes),
    e('data_type', field.type),
    e('field_length', String(field.length), bytes),
    field.unit === undefined ? null : e('unit', field.unit),
    field.description === undefined ? null : e('description', field.description),
  ]);
}

function tableElement(table: Table, offset: number, kind: 'Character' | 'Binary'): LabelElement {
  const gap = kind === 'Character' ? 1 : 0;
  let location = 1;
  const fields = table.fields.map((field, at) => {
    const made = fieldElements(field, at, location, kind);
    location += field.length + gap;
    return made;
  });
  return e(`Table_${kind}`, [
    e('name', table.name),
    e('offset', String(offset), bytes),
    e('records', String(table.records)),
    kind === 'Character' ? e('record_delimiter', 'Carriage-Return Line-Feed') : null,
    e(`Record_${kind}`, [
      e('fields', String(table.fields.length)),
      e('groups', '0'),
      e('record_length', String(table.recordLength), bytes),
      ...fields,
    ]),
  ]);
}

function imageElement(): LabelElement {
  const axis = (name: string, number: number): LabelElement =>
    e('Axis_Array', [
      e('axis_name', name),
      e('elements', String(frameSide)),
      e('sequence_number', String(number)),
    ]);
  return e('Array_2D_Image', [
    e('local_identifier', 'frame'),
    e('offset', '0', bytes),
    e('axes', '2'),
    e('axis_index_order', 'Last Index Fastest'),
    e('Element_Array', [e('data_type', 'UnsignedByte'), e('unit', 'DN')]),
    axis('Line', 1),
    axis('Sample', 2),
  ]);
}

function textElement(name: string, standard: string): LabelElement {
  return e('Stream_Text', [
    e('name', name),
    e('offset', '0', bytes),
    e('parsing_standard_id', standard),
    e('record_delimiter', 'Carriage-Return Line-Feed'),
  ]);
}

function inventoryElement(records: number): LabelElement {
  const field = (name: string, number: string, type: string, length: string): LabelElement =>
    e('Field_Delimited', [
      e('name', name),
      e('field_number', number),
      e('data_type', type),
      e('maximum_field_length', length, bytes),
    ]);
  return e('Inventory', [
    e('offset', '0', bytes),
    e('parsing_standard_id', 'PDS DSV 1'),
    e('records', String(records)),
    e('record_delimiter', 'Carriage-Return Line-Feed'),
    e('field_delimiter', 'Comma'),
    e('Record_Delimited', [
      e('fields', '2'),
      e('groups', '0'),
      field('Member Status', '1', 'ASCII_String', '1'),
      field('LIDVID_LID', '2', 'ASCII_LIDVID_LID', '255'),
    ]),
    e('reference_type', 'inventory_has_member_product'),
  ]);
}

/** What stands below a label's root after the areas on identity and context, from the entry's data set. */
export function fileAreas(entry: Entry, set: DataSet, created: string): LabelElement[] {
  const [file, notes] = set.files;
  if (file === undefined) return [];
  const main = fileElement(file, created);
  switch (entry.kind) {
    case 'bundle':
      return [
        e('File_Area_Text', [main, textElement('Introduction to the bundle', '7-Bit ASCII Text')]),
      ];
    case 'collection':
      return [e('File_Area_Inventory', [main, inventoryElement(file.inventory?.count ?? 0)])];
    case 'table':
    case 'photometry': {
      const table = set.table === undefined ? null : tableElement(set.table, 0, 'Character');
      const areas = [e('File_Area_Observational', [main, table])];
      if (notes !== undefined && hasNotes(entry))
        areas.push(
          e('File_Area_Observational_Supplemental', [
            fileElement(notes, created),
            textElement('Notes', '7-Bit ASCII Text'),
          ]),
        );
      return areas;
    }
    case 'spectrum': {
      const offset = set.tableOffset ?? 0;
      const header = e('Header', [
        e('name', 'Header'),
        e('offset', '0', bytes),
        e('object_length', String(offset), bytes),
        e('parsing_standard_id', '7-Bit ASCII Text'),
      ]);
      const table = set.table === undefined ? null : tableElement(set.table, offset, 'Binary');
      return [e('File_Area_Observational', [main, header, table])];
    }
    case 'image':
      return [e('File_Area_Observational', [main, imageElement()])];
    case 'browse':
      return [
        e('File_Area_Browse', [
          main,
          e('Encoded_Image', [e('offset', '0', bytes), e('encoding_standard_id', 'PNG')]),
        ]),
      ];
    case 'kernel':
      return [
        e('File_Area_SPICE_Kernel', [
          main,
          e('SPICE_Kernel', [
            e('offset', '0', bytes),
            e('object_length', () => String(file.sizeBytes()), bytes),
            e('kernel_type', 'SCLK'),
            e('encoding_type', 'Character'),
          ]),
        ]),
      ];
    case 'document':
      return [documentElement(entry, file, created)];
    case 'context':
      return [];
  }
}

function documentElement(entry: Entry, file: Content, created: string): LabelElement {
  return e('Document', [
    e('publication_date', created.slice(0, 10)),
    e('description', `A document of ${entry.bundle.title}, made up.`),
    e('Document_Edition', [
      e('edition_name', 'Text'),
      e('language', 'English'),
      e('files', '1'),
      e('Document_File', [
        e('file_name', file.name),
        e('creation_date_time', created),
        e('file_size', () => String(file.sizeBytes()), bytes),
        e('md5_checksum', () => file.md5()),
        e('document_standard_id', '7-Bit ASCII Text'),
      ]),
    ]),
  ]);
}
