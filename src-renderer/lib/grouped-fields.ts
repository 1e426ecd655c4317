/** Pure. Fields in groups by a part of their names, numbered through for the arrow keys. */
export interface GroupedField<T> {
  field: T;
  /** The name without its group. */
  short: string;
  /** Place among all that are shown. */
  index: number;
}

export interface FieldGroup<T> {
  /** '' for names without a group. */
  name: string;
  fields: GroupedField<T>[];
}

/** Groups in the order in which they are first met, and all fields in the order in which they are then shown. */
export function groupFields<T extends { name: string }>(
  fields: readonly T[],
  split: (name: string) => { group: string; short: string },
): { groups: FieldGroup<T>[]; shown: T[] } {
  const byName = new Map<string, FieldGroup<T>>();
  for (const field of fields) {
    const { group: name, short } = split(field.name);
    const group = byName.get(name) ?? { name, fields: [] };
    group.fields.push({ field, short, index: 0 });
    byName.set(name, group);
  }
  const groups = [...byName.values()];
  const all = groups.flatMap((group) => group.fields);
  for (const [index, one] of all.entries()) one.index = index;
  return { groups, shown: all.map(({ field }) => field) };
}

/** As spreadsheets paste it: a line a field, its name and values parted by tabs. */
export function toTabbedLines(rows: readonly (readonly string[])[]): string {
  const flat = (text: string): string => text.replaceAll(/[\t\r\n]+/g, ' ');
  return rows.map((cells) => cells.map(flat).join('\t')).join('\n');
}
