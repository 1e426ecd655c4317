/** Runs in plain Node. Settings as words of a command line, typed and bounded by the contract's own schema. */
import { resolve } from 'node:path';
import * as v from 'valibot';
import { commandIds } from '#contract/commands.ts';
import type { Settings } from '#contract/domain.ts';
import { settingsPatch } from '#contract/schemas.ts';
import { transferBounds } from '#contract/transfer-limits.ts';
import { parseBytes } from '../downloads/renditions/rendition-rule.ts';
import { settingNames, type SettingName } from '../settings/settings-schema.ts';
import { nearest, UsageError } from './arguments.ts';

const list = new Intl.ListFormat('en-GB', { type: 'disjunction' });
const number = new Intl.NumberFormat('en-GB');

/** The setting of a name. Throws UsageError that lists them, or says which was probably meant. */
export function settingNamed(name: string | undefined): SettingName {
  const known = settingNames.find((one) => one === name);
  if (known !== undefined) return known;
  if (name === undefined) {
    throw new UsageError(`A setting’s name is missing: ${settingNames.join(', ')}.`);
  }
  if (/^astrobin\.(?:key|secret)$/.test(name)) {
    throw new UsageError(
      `${name} is no setting: "almagest settings set-secret ${name}" reads it from stdin, so that it is shown nowhere.`,
    );
  }
  const near = nearest(name, settingNames);
  const hint = near === null ? `There are ${settingNames.join(', ')}.` : `Did you mean "${near}"?`;
  throw new UsageError(`There is no setting "${name}". ${hint}`);
}

function boundOf(
  schema: { pipe?: readonly unknown[] },
  type: 'min_value' | 'max_value',
): number | null {
  for (const step of schema.pipe ?? []) {
    const { type: found, requirement } = step as { type?: unknown; requirement?: unknown };
    if (found === type && typeof requirement === 'number') return requirement;
  }
  return null;
}

type Schema = (typeof settingsPatch.entries)[SettingName]['wrapped'];

/** What a setting takes, to go after "takes". */
function wordsFor(name: SettingName, schema: Schema): string {
  switch (schema.type) {
    case 'picklist':
      return list.format(schema.options);
    case 'boolean':
      return 'true or false';
    case 'number': {
      const [least, most] = [boundOf(schema, 'min_value'), boundOf(schema, 'max_value')];
      if (name === 'bandwidth' || name === 'bandwidthPerHost') {
        const slowest = number.format(transferBounds.bytesPerSecond.least);
        return `bytes a second from ${slowest} up, such as 500k or 2M, or 0 for no limit`;
      }
      return `a whole number from ${number.format(least ?? 0)} to ${number.format(most ?? 0)}`;
    }
    case 'string':
      return name === 'downloadFolder'
        ? 'a folder'
        : name === 'nameTemplate'
          ? 'a name template such as {archive}/{year}/{title:60}~{rendition}.{ext}'
          : 'an address that begins with https, or with http on this computer';
    case 'record':
      return 'a JSON object of command names and keys, such as {"search.focus":"F3"}';
    case 'array':
      if (name === 'bandwidthTimetable') {
        return 'a JSON list such as [{"days":[1,2,3,4,5],"from":480,"to":1080,"bytesPerSecond":500000}]';
      }
      return 'a JSON list such as [{"name":"…","q":"…"}]';
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function valueOf(name: SettingName, schema: Schema, text: string): unknown {
  switch (schema.type) {
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'number':
      if (name === 'bandwidth' || name === 'bandwidthPerHost') return parseBytes(text) ?? undefined;
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'record':
    case 'array':
      return jsonOf(text);
    default:
      return name === 'downloadFolder' && text !== '' ? resolve(text) : text;
  }
}

/** What a setting takes, in words. */
export function takenBy(name: SettingName): string {
  return wordsFor(name, settingsPatch.entries[name].wrapped);
}

/** `Mod+Shift+K`, `F3`, `/`; nothing turns a command's keys off. */
const keysForm = /^(?:(?:(?:Mod|Ctrl|Alt|Shift)\+)*(?:[^\s]|[A-Z][A-Za-z0-9]+))?$/;

function checkShortcuts(shortcuts: Settings['shortcuts']): void {
  for (const [id, keys] of Object.entries(shortcuts)) {
    if (!(commandIds as readonly string[]).includes(id)) {
      const near = nearest(id, commandIds);
      const hint = near === null ? 'The palette lists them.' : `Did you mean "${near}"?`;
      throw new UsageError(`There is no command "${id}". ${hint} The settings are as they were.`);
    }
    if (!keysForm.test(keys)) {
      throw new UsageError(
        `"${keys}" are no keys for ${id}: write them such as Mod+Shift+K, F3 or /, or nothing to turn them off. The settings are as they were.`,
      );
    }
  }
}

/**
 * A change of one setting from its text.
 * @throws UsageError that says what may be set.
 */
export function patchOf(name: SettingName, text: string): Partial<Settings> {
  const schema = settingsPatch.entries[name].wrapped;
  const value = valueOf(name, schema, text);
  const parsed = v.safeParse(settingsPatch, { [name]: value });
  if (value !== undefined && parsed.success) {
    const patch = parsed.output as Partial<Settings>;
    if (patch.shortcuts !== undefined) checkShortcuts(patch.shortcuts);
    return patch;
  }
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  throw new UsageError(
    `${name} takes ${takenBy(name)}, not "${shown}". The settings are as they were.`,
  );
}
