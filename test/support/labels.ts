/** Runs in plain Node, for tests only: labels read in one go, and labels that we make. */
import { LabelQuery } from '#main/formats/label/label-query.ts';
import type { LabelLimits } from '#main/formats/label/label-limits.ts';
import { OpenLabel } from '#main/formats/label/open-label.ts';

/** Reads a whole label, in pieces of so many bytes. */
export function readLabel(
  content: string | Uint8Array,
  { pieceBytes = 64 * 1024, limits }: { pieceBytes?: number; limits?: LabelLimits } = {},
): OpenLabel {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const label = new OpenLabel(1, 'label.xml', null, limits);
  for (let from = 0; from < bytes.byteLength; from += pieceBytes) {
    label.write(bytes.subarray(from, from + pieceBytes));
  }
  label.end();
  return label;
}

/** Value of an expression as text, as `string()` gives it. */
export function xpathText(label: OpenLabel, expression: string): string {
  const result = new LabelQuery(label).run(`string(${expression})`, 0, 1);
  if (result.type !== 'string') throw new Error(`${expression}: ${JSON.stringify(result)}`);
  return result.value;
}

export const pdsNamespace = 'http://pds.nasa.gov/pds4/pds/v1';

/** A label of a table with so many columns, seven elements each; every part is made anew from its number. */
export function* tableLabel(columns: number): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<Product_Observational xmlns="${pdsNamespace}" xmlns:geom="http://pds.nasa.gov/pds4/geom/v1">
  <Identification_Area>
    <logical_identifier>urn:nasa:pds:made:data:table_${String(columns)}</logical_identifier>
    <information_model_version>1.21.0.0</information_model_version>
  </Identification_Area>
  <File_Area_Observational>
    <Table_Character>\n`;
  for (let at = 1; at <= columns; at += 1) {
    yield `      <Field_Character>
        <name>RADIANCE ${String(at)}</name>
        <field_number>${String(at)}</field_number>
        <geom:field_location unit="byte">${String(at * 8)}</geom:field_location>
        <data_type>ASCII_Real</data_type>
        <description>Radiance of channel ${String(at)}, at ${String((at * 7) % 1000)} µm, made</description>
        <value>${(at * 1.375).toFixed(3)}</value>
      </Field_Character>\n`;
  }
  yield `    </Table_Character>
  </File_Area_Observational>
</Product_Observational>\n`;
}
