/** Runs in plain Node. AstroBin's licences, by name or by the number that older answers have, and what each permits. */
import {
  astrobinLicences,
  type AstrobinLicence,
  type AstrobinLicenceName,
} from '#contract/astrobin.ts';
import { countOf, textOf } from './values.ts';

/** The parts of a Creative Commons licence; null where all rights are reserved. */
const parts: Readonly<Record<AstrobinLicenceName, string | null>> = {
  ALL_RIGHTS_RESERVED: null,
  ATTRIBUTION_NON_COMMERCIAL_SHARE_ALIKE: 'by-nc-sa',
  ATTRIBUTION_NON_COMMERCIAL: 'by-nc',
  ATTRIBUTION_NON_COMMERCIAL_NO_DERIVS: 'by-nc-nd',
  ATTRIBUTION: 'by',
  ATTRIBUTION_SHARE_ALIKE: 'by-sa',
  ATTRIBUTION_NO_DERIVS: 'by-nd',
};

function isLicenceName(text: string | null): text is AstrobinLicenceName {
  return text !== null && Object.hasOwn(parts, text);
}

/** Reads `license_name`, else the number in `license`. What is neither permits nothing that is known. */
export function toLicence(name: unknown, number: unknown): AstrobinLicence {
  const stated = textOf(name, 100);
  const at = countOf(number);
  const known = isLicenceName(stated)
    ? stated
    : stated === null && at !== null
      ? astrobinLicences[at]
      : undefined;
  if (known === undefined) {
    return {
      name: null,
      title: stated ?? 'No licence stated',
      url: null,
      mayShare: null,
      maySell: null,
      mayChange: null,
    };
  }
  const terms = parts[known];
  if (terms === null) {
    return {
      name: known,
      title: 'All rights reserved',
      url: null,
      mayShare: false,
      maySell: false,
      mayChange: false,
    };
  }
  return {
    name: known,
    title: `CC ${terms.toUpperCase()}`,
    // AstroBin names no version; the newest text says best what the parts mean.
    url: `https://creativecommons.org/licenses/${terms}/4.0/`,
    mayShare: true,
    maySell: !terms.includes('nc'),
    mayChange: !terms.includes('nd'),
  };
}
