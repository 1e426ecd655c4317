/** Runs in plain Node, in the labels' worker. What a file is that turns out to be no label, so that it can be said. */
import { LabelFault } from './label-limits.ts';

const headUnits = 2000;

interface OtherFormat {
  pattern: RegExp;
  message: string;
}

const ask = 'Look at the product’s files for its label, or ask the archive.';

/** The beginning, without blanks, tells these apart. */
const otherFormats: readonly OtherFormat[] = [
  {
    pattern: /^(PDS_VERSION_ID|CCSD3Z|SFDU_LABEL|ODL_VERSION_ID)/,
    message: `This is a PDS3 label. Almagest reads labels of PDS4, which are XML; the file can be downloaded as it is.`,
  },
  {
    pattern: /^SIMPLE {2}=/,
    message: `This is a FITS file, not a label. ${ask}`,
  },
  {
    pattern: /^(<!doctype html|<html)/i,
    message:
      'The address answered with a web page, not with a label. The file may have moved: try again later, or look for it on the page of the data node.',
  },
  { pattern: /^[{[]/, message: `This is JSON, not a label. ${ask}` },
  { pattern: /^%PDF/, message: `This is a PDF document, not a label. ${ask}` },
  { pattern: /^PK[^\w\s]/, message: `This is a packed file, not a label. ${ask}` },
];

/** Says what a text is that cannot be a label; null where it may be one. */
export function refuseOther(beginning: string): LabelFault | null {
  const head = beginning.slice(0, headUnits).trimStart();
  const found = otherFormats.find(({ pattern }) => pattern.test(head));
  if (found !== undefined) return new LabelFault('not-a-label', found.message);
  if (head === '' && beginning.length < headUnits) {
    return new LabelFault('not-a-label', `The file is empty: there is no label in it. ${ask}`);
  }
  if (head.startsWith('<')) return null;
  return new LabelFault(
    'not-a-label',
    `This is not XML, so it is no PDS4 label: it begins with ${quoteBeginning(head)}. ${ask}`,
  );
}

function quoteBeginning(head: string): string {
  // Control characters would garble the message.
  const plain = head.slice(0, 40).replace(/[^\x20-\x7e\u00a0-\u024f]+/g, '…');
  return `"${plain}"`;
}
