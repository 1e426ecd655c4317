/**
 * Runs in plain Node; pure. What settings there are, their defaults, and how one value from disk is read.
 * The schemas are the contract's own, so what may be set and what may be read are the same.
 */
import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import { astrobinMostPerDay } from '#contract/day-budget.ts';
import type { Settings } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { settingsPatch } from '#contract/schemas.ts';
import { defaultTemplate, parseTemplate } from '../downloads/names/template.ts';

export type SettingName = keyof Settings;

const entries = settingsPatch.entries;

export const settingNames = Object.keys(entries) as SettingName[];

/** Where nothing is set. `downloadFolder` depends on the system and is given by the shell. */
export function defaultSettings(downloadFolder: string): Settings {
  return {
    theme: 'system',
    textZoom: 100,
    archiveMode: 'live',
    welcomed: false,
    downloadFolder,
    nameTemplate: defaultTemplate,
    downloadsAtOnce: 8,
    downloadsPerArchive: 4,
    bandwidth: 0,
    bandwidthPerHost: 0,
    bandwidthTimetable: [],
    nasaImagesApi: 'https://images-api.nasa.gov',
    pdsApi: 'https://pds.nasa.gov/api/registry/1',
    astrobinApi: 'https://www.astrobin.com',
    astrobinPerDay: astrobinMostPerDay,
    sampleSize: 10_000,
    cacheBudgetBytes: 2_000_000_000,
    galleryLayout: 'justified',
    shortcuts: {},
    savedQueries: [],
  };
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An archive is asked over https; over http only on this very machine. */
export function isArchiveAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname));
}

const isAddress = (name: string): boolean =>
  name === 'nasaImagesApi' || name === 'pdsApi' || name === 'astrobinApi';

/** What the contract's schemas cannot know: paths and addresses. */
function isAcceptable(name: SettingName, value: unknown): boolean {
  if (name === 'downloadFolder') {
    return typeof value === 'string' && isAbsolute(value) && !value.includes('\0');
  }
  if (name === 'nameTemplate') return typeof value === 'string' && parseTemplate(value).ok;
  if (isAddress(name)) return typeof value === 'string' && isArchiveAddress(value);
  return true;
}

type Read = { ok: true; value: unknown } | { ok: false };

function readSetting(name: SettingName, raw: unknown): Read {
  if (raw === undefined) return { ok: false };
  const parsed = v.safeParse(entries[name], raw);
  if (!parsed.success || parsed.output === undefined) return { ok: false };
  return isAcceptable(name, parsed.output) ? { ok: true, value: parsed.output } : { ok: false };
}

/** Reads stored values one by one: a bad one falls back to its default and the rest survives. */
export function readSettings(
  stored: Readonly<Record<string, unknown>>,
  defaults: Settings,
): Settings {
  const settings: Record<string, unknown> = { ...defaults };
  for (const name of settingNames) {
    const read = readSetting(name, Object.hasOwn(stored, name) ? stored[name] : undefined);
    if (read.ok) settings[name] = read.value;
  }
  return settings as unknown as Settings;
}

/** Checks a patch before it is written; throws 'invalid-arguments' naming the setting that does not fit. */
export function checkPatch(patch: Readonly<Partial<Settings>>): Record<string, unknown> {
  const checked: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(patch)) {
    if (raw === undefined) continue;
    const known = settingNames.find((candidate) => candidate === name);
    const read: Read = known === undefined ? { ok: false } : readSetting(known, raw);
    if (!read.ok) throw unfit(name, raw);
    checked[name] = read.value;
  }
  return checked;
}

function whyNoTemplate(raw: unknown): string {
  const parsed = typeof raw === 'string' ? parseTemplate(raw) : null;
  if (parsed === null || parsed.ok) return 'This is no template for names.';
  return `The name template is wrong at character ${String(parsed.position + 1)}: ${parsed.message}`;
}

function unfit(name: string, raw: unknown): ArchiveError {
  const why = isAddress(name)
    ? 'An archive’s address begins with https, or with http on this computer.'
    : name === 'downloadFolder'
      ? 'The download folder is given by its full path.'
      : name === 'nameTemplate'
        ? whyNoTemplate(raw)
        : `The setting “${name.slice(0, 64)}” does not take this value.`;
  return new ArchiveError({
    code: 'invalid-arguments',
    message: `${why} The settings are as they were.`,
    retryable: false,
  });
}
