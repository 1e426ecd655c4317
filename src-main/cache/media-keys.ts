/**
 * Runs in plain Node. Keys under which our own origin serves remote files: main signs the address into the
 * key, so that the page can only ask for what main has offered, and nothing need be remembered.
 */
import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaKey } from '#contract/domain.ts';
import type { Lane } from '../http/http-client.ts';

export interface MediaKeys {
  sign(lane: Lane, url: string): MediaKey;
  /** What a key stands for; null for any that was not made here. */
  verify(text: string): { lane: Lane; url: string } | null;
}

const lanes: Readonly<Record<Lane, true>> = {
  'nasa-api': true,
  'nasa-files': true,
  'pds-api': true,
  'pds-files': true,
  astrobin: true,
};
const macBytes = 16;
const secretBytes = 32;
const keyLimit = 8192;

/** A key is `<mac>/<lane>/<address>`, the first and last in base64url. */
export function createMediaKeys(secret: Buffer): MediaKeys {
  // Made a key once: made of bytes for each address it takes six times as long, a hundred times a page.
  const key = createSecretKey(secret);
  const macOf = (lane: string, url: string): Buffer =>
    createHmac('sha256', key).update(`${lane} ${url}`).digest().subarray(0, macBytes);
  // The first of a process takes a hundred times as long; no page waits for it now.
  setImmediate(macOf, '', '');
  return {
    sign: (lane, url) =>
      `${macOf(lane, url).toString('base64url')}/${lane}/${Buffer.from(url).toString('base64url')}` as MediaKey,
    verify: (text) => {
      if (text.length > keyLimit) return null;
      const match = /^([\w-]{22})\/([a-z-]{1,16})\/([\w-]+)$/.exec(text);
      const [, mac = '', lane = '', encoded = ''] = match ?? [];
      if (match === null || !isLane(lane)) return null;
      const url = Buffer.from(encoded, 'base64url').toString('utf8');
      const isOurs = timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(lane, url));
      return isOurs ? { lane, url } : null;
    },
  };
}

function isLane(text: string): text is Lane {
  return Object.hasOwn(lanes, text);
}

/**
 * The profile's secret, made on first use: `media.key`, readable by its owner only. Several processes may
 * start on one profile at once; the first one's secret counts.
 */
export async function loadMediaSecret(profileDir: string): Promise<Buffer> {
  const path = join(profileDir, 'media.key');
  const known = await readSecret(path);
  if (known !== null) return known;
  await mkdir(profileDir, { recursive: true });
  const fresh = randomBytes(secretBytes);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, fresh, { mode: 0o600, flag: 'wx' });
  try {
    // A link never shows half a file and never replaces one.
    await link(draft, path);
    return fresh;
  } catch {
    return await takeOver(path, fresh);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Someone else's secret if it is whole; else (damage, or no links on this file system) ours replaces it. */
async function takeOver(path: string, fresh: Buffer): Promise<Buffer> {
  const theirs = await readSecret(path);
  if (theirs !== null) return theirs;
  await writeFile(path, fresh, { mode: 0o600 });
  return fresh;
}

async function readSecret(path: string): Promise<Buffer | null> {
  const bytes = await readFile(path).catch(() => null);
  return bytes?.length === secretBytes ? bytes : null;
}
