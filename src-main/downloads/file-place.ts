/** Runs in plain Node; pure. Where a file goes: its folder, and its name there. */
import { basename, dirname, join } from 'node:path';
import type { FilePlace } from './download-row.ts';
import { endingOfUrl, nameForRendition } from './file-names.ts';
import { keptName, renderName } from './names/render-name.ts';
import { defaultTemplate, type Template } from './names/template.ts';
import type { RenditionToSave } from './new-download.ts';

/** From a path below a folder, its parts joined by `/`. */
export function placeBelow(folder: string, path: string): Omit<FilePlace, 'keepsName'> {
  const whole = join(folder, ...path.split('/'));
  return { folder: dirname(whole), fileName: basename(whole) };
}

/** Where a file that is saved on its own goes. `folder`: absolute, of all downloads. */
export function placeOfSingle(
  template: Template,
  { record, rendition }: Pick<RenditionToSave, 'record' | 'rendition'>,
  folder: string,
): FilePlace {
  const archived = keptName({ record, rendition: rendition.name });
  // Named as before there were templates, down to how too long a name is cut: it is found again.
  if (template.text === defaultTemplate) {
    const fileName = archived ?? nameForRendition(record.id, rendition.name, rendition.url);
    return { folder, fileName, keepsName: archived !== null };
  }
  const path = renderName(template, {
    record,
    rendition: rendition.name,
    ending: endingOfUrl(rendition.url),
    ...{ group: null, index: null, count: null },
  });
  const place = placeBelow(folder, path);
  return { ...place, keepsName: place.fileName === archived };
}
