/** Writes a made label: node make-label.ts PATH COLUMNS. Used by the bench of labels. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { tableLabel } from '#test/support/labels.ts';

const [path = '', columns = '1'] = process.argv.slice(2);
await pipeline(Readable.from(tableLabel(Number(columns))), createWriteStream(path));
