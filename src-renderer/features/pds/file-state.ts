/** Runs in the page. Pure: what is said of a product's file, in a word and in a sentence. */
import type { PdsFile } from '#contract/pds.ts';
import { pdsText } from '../../i18n/pds.ts';

/** What is known of a file on this computer; absent: nothing of it is here. */
export type OnDisk = 'verified' | 'saved' | 'quarantined' | 'absent';

export interface FileWords {
  state: 'verified' | 'no-checksum' | 'quarantined' | 'dead' | 'upgraded' | 'checked' | 'absent';
  tone: 'ok' | 'care' | 'trouble' | 'plain';
  word: string;
  /** null where the word says it all. */
  why: string | null;
}

/** What is on disk counts first: a dead reference does no harm to what was fetched before. */
export function fileWords(file: Pick<PdsFile, 'reach' | 'url'>, onDisk: OnDisk): FileWords {
  if (onDisk === 'verified')
    return { state: 'verified', tone: 'ok', word: pdsText.verified, why: pdsText.verifiedWhy };
  if (onDisk === 'saved')
    return {
      state: 'no-checksum',
      tone: 'care',
      word: pdsText.noChecksum,
      why: pdsText.noChecksumWhy,
    };
  if (onDisk === 'quarantined')
    return {
      state: 'quarantined',
      tone: 'trouble',
      word: pdsText.quarantined,
      why: pdsText.quarantinedWhy,
    };
  return reachWords(file);
}

function reachWords({ reach, url }: Pick<PdsFile, 'reach' | 'url'>): FileWords {
  if (reach === 'dead')
    return { state: 'dead', tone: 'trouble', word: pdsText.dead, why: pdsText.deadWhy(url) };
  if (reach === 'upgraded')
    return { state: 'upgraded', tone: 'plain', word: pdsText.upgraded, why: pdsText.upgradedWhy };
  if (reach === 'checked')
    return { state: 'checked', tone: 'care', word: pdsText.checked, why: pdsText.checkedWhy };
  return { state: 'absent', tone: 'plain', word: pdsText.notOnDisk, why: null };
}
