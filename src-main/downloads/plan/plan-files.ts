/**
 * Runs in plain Node. The files of a plan: chosen from its records by the wish, each with a name of its own, and what
 * they come to. Nothing is asked of an archive here.
 */
import { posix } from 'node:path';
import type { RecordKind, RecordRef } from '#contract/domain.ts';
import type { FileWish } from '#contract/downloads.ts';
import type { WireError } from '#contract/errors.ts';
import type { Lane } from '../../http/http-client.ts';
import { fileLanes } from '../../http/file-lanes.ts';
import { endingOfUrl } from '../file-names.ts';
import { assignNamesInTurns, fileKey } from '../names/assign-names.ts';
import { renderName } from '../names/render-name.ts';
import type { Template } from '../names/template.ts';
import {
  chooseRenditions,
  type ChosenFile,
  type Refusal,
  type RefusalReason,
} from '../renditions/choose-renditions.ts';
import type { RenditionRule } from '../renditions/rendition-rule.ts';
import { isLost, type PlanEntry } from './plan-store.ts';
import type { SavableRecord } from './savable-record.ts';

/** A file of a plan, as small as can be: there may be a hundred thousand. */
export interface PlanFile {
  /** Of its record among the plan's. */
  position: number;
  ref: RecordRef;
  kind: RecordKind;
  lane: Lane;
  rendition: string;
  url: string;
  bytes: number | null;
  isEstimate: boolean;
  /** Below the plan's folder. */
  path: string;
  state: 'wanted' | 'there' | 'queued';
}

export interface PlanRefusal {
  ref: RecordRef;
  rendition: string | null;
  reason: WireError;
}

export interface ChosenFiles {
  files: PlanFile[];
  refused: PlanRefusal[];
}

export interface FileRule {
  rule: RenditionRule;
  template: Template;
  wish: FileWish;
  /** Name of the plan. */
  title: string;
}

/** What is left out by the wish is in order; what is not there at all is not. */
const absent: ReadonlySet<RefusalReason> = new Set(['no-files', 'no-such-file', 'dead-address']);

const refusalOf = ({ reason, message }: Refusal): WireError => ({
  code: absent.has(reason) ? 'not-found' : 'invalid-arguments',
  message,
  retryable: false,
});

/** Collects the files of entries as they come; `named` gives each its name once all have come. */
export class PlanCollector {
  readonly #rule: FileRule;
  readonly #files: (PlanFile & { unit: string | null })[] = [];
  readonly #refused: PlanRefusal[] = [];
  readonly #keys = new Set<string>();

  constructor(rule: FileRule) {
    this.#rule = rule;
  }

  add(position: number, entry: PlanEntry): void {
    if (isLost(entry)) {
      this.#refused.push({ ref: entry.ref, rendition: null, reason: entry.problem });
      return;
    }
    const { ref } = entry.record;
    if (entry.refusal !== null) {
      this.#refused.push({ ref, rendition: null, reason: entry.refusal });
      return;
    }
    const chosen = chooseFiles(entry, this.#rule);
    for (const refusal of chosen.refusals) {
      const { rendition } = refusal;
      this.#refused.push({ ref, rendition, reason: refusalOf(refusal) });
    }
    for (const file of chosen.files) this.#addFile(position, entry, file);
  }

  #addFile(
    position: number,
    { record }: SavableRecord,
    { rendition, bytes, role }: ChosenFile,
  ): void {
    const { ref, kind, archive } = record;
    const key = fileKey(ref, rendition.name);
    // One record chosen twice is one.
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    const { template, title } = this.#rule;
    const path = renderName(template, {
      record,
      rendition: rendition.name,
      ending: endingOfUrl(rendition.url),
      group: title,
      index: position + 1,
      count: null,
    });
    this.#files.push({
      ...{ position, ref, kind, path },
      lane: fileLanes[archive],
      rendition: rendition.name,
      url: rendition.url,
      bytes: bytes.bytes,
      isEstimate: bytes.kind !== 'known',
      state: 'wanted',
      // A label finds its data by name, so they stay together.
      unit: archive === 'pds-registry' && role !== 'captions' ? ref : null,
    });
  }

  get counts(): { files: number; bytes: number } {
    return {
      files: this.#files.length,
      bytes: this.#files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    };
  }

  /** Gives every file a path that no other has. Also says how many had to give way. */
  async named(signal: AbortSignal): Promise<ChosenFiles & { renamed: number }> {
    const keyOf = ({ ref, rendition }: PlanFile): string => fileKey(ref, rendition);
    const paths = await assignNamesInTurns(
      this.#files.map((file) => ({ key: keyOf(file), path: file.path, unit: file.unit })),
      signal,
    );
    let renamed = 0;
    const files = this.#files.map(({ unit: _unit, ...file }) => {
      const path = paths.get(keyOf(file)) ?? file.path;
      if (posix.basename(path) !== posix.basename(file.path)) renamed += 1;
      return { ...file, path };
    });
    return { files, refused: this.#refused, renamed };
  }
}

function chooseFiles(entry: SavableRecord, { rule, wish }: FileRule) {
  const { record, renditions, captions } = entry;
  const { maxBytes, withCaptions } = wish;
  return chooseRenditions(record, renditions, { rule, maxBytes, withCaptions }, captions);
}

/** The chosen file of an entry by name, with everything that the queue needs. */
export function findChosen(
  entry: PlanEntry,
  rule: FileRule,
  rendition: string,
): { record: SavableRecord; file: ChosenFile } | null {
  if (isLost(entry)) return null;
  const file = chooseFiles(entry, rule).files.find((one) => one.rendition.name === rendition);
  return file === undefined ? null : { record: entry, file };
}
