/** Runs in plain Node; pure. What a licence asks of who uses an image, in a sentence. */
import type { AstrobinLicence } from '#contract/astrobin.ts';

/** Such as `Keep “alice” with it, not for sale, share alike.` */
export function licenceNoteOf(licence: AstrobinLicence, user: string): string {
  const { name, mayShare, maySell, mayChange } = licence;
  const whose = user === '' ? 'its author' : `“${user}”`;
  if (mayShare === null) {
    return `AstroBin states no licence that is known. Ask ${whose} before you pass it on.`;
  }
  if (!mayShare)
    return `For your own looking only. Ask ${whose} before you pass it on or publish it.`;
  const terms = [
    `Keep ${whose} with it`,
    ...(maySell === false ? ['not for sale'] : []),
    ...(mayChange === false ? ['unchanged'] : []),
    ...(name?.endsWith('SHARE_ALIKE') === true ? ['share alike'] : []),
  ];
  return `${terms.join(', ')}.`;
}
