/** Runs in plain Node; pure. Whether a text is the name of an object in one of the catalogues that astronomers search by. */

/** As AstroBin writes them, with a blank before the number. */
const catalogues = ['M', 'NGC', 'IC', 'UGC', 'PGC', 'LDN', 'LBN', 'vdB', 'Abell', 'Arp'];

/** The name as AstroBin writes it (`m31` is `M 31`, `Messier 31` too); null for any other text. */
export function subjectNamed(text: string): string | null {
  const tidy = text.trim().replace(/\s+/g, ' ');
  const sharpless = /^sh ?2[ -](\d{1,3})$/i.exec(tidy)?.[1];
  if (sharpless !== undefined) return `Sh2-${sharpless}`;
  const match = /^([a-z]{1,7})[ -]?(\d{1,6}[a-z]?)$/i.exec(tidy);
  const word = match?.[1]?.toLowerCase() ?? '';
  const wanted = word === 'messier' ? 'm' : word;
  const catalogue = catalogues.find((name) => name.toLowerCase() === wanted);
  return catalogue === undefined ? null : `${catalogue} ${match?.[2] ?? ''}`;
}
