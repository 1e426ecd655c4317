/**
 * Runs in plain Node. Where the registry was found and what it speaks, for each configured address, kept over restarts
 * in `registry.json` of the profile. It is only knowledge: what can't be read or written is found out anew.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { pdsDialects } from '#contract/pds.ts';
import type { Log } from '../db/log.ts';
import type { DialectStore, KnownRegistry } from '../sources/pds-registry/dialect.ts';

/** More addresses than anyone configures; the oldest go. */
const most = 20;
const maxBytes = 64 * 1024;

const address = v.pipe(v.string(), v.maxLength(2048), v.url());
const fileSchema = v.record(address, v.strictObject({ address, dialect: v.picklist(pdsDialects) }));

/** Opens what is kept. Never throws. */
export function openRegistryFile(profileDir: string, log: Log): DialectStore {
  const path = join(profileDir, 'registry.json');
  const known = new Map<string, KnownRegistry>(read(path));
  const write = (): void => {
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      writeFileSync(draft, JSON.stringify(Object.fromEntries(known)), { mode: 0o600 });
      renameSync(draft, path);
    } catch (error) {
      rmSync(draft, { force: true });
      log('where the registry is could not be kept', { error: String(error) });
    }
  };
  return {
    get: (configured) => known.get(configured) ?? null,
    set: (configured, found) => {
      known.delete(configured);
      if (found !== null) known.set(configured, found);
      for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - most))) {
        known.delete(oldest);
      }
      write();
    },
  };
}

function read(path: string): [string, KnownRegistry][] {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > maxBytes) return [];
    const parsed = v.safeParse(fileSchema, JSON.parse(text));
    return parsed.success ? Object.entries(parsed.output) : [];
  } catch {
    return [];
  }
}
