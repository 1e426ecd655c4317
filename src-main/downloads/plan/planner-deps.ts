/** Runs in plain Node. What plans of downloads need. */
import type { DownloadPlan } from '#contract/downloads.ts';
import type { Log } from '../../db/log.ts';
import type { Lane } from '../../http/http-client.ts';
import type { Rate } from '../../http/rates.ts';
import type { PlanQueue } from './plan-queue.ts';
import type { PlanStore } from './plan-store.ts';

export interface PlannerDeps {
  store: PlanStore;
  queue: PlanQueue;
  rateOf(lane: Lane): Rate;
  /** Bytes a second that downloads had of late; null where none ran. */
  recentSpeed(): number | null;
  freeBytesAt(folder: string): Promise<number | null>;
  /** The template of the settings. */
  template(): string;
  emit(plan: DownloadPlan): void;
  nowMs(): number;
  version: string;
  log: Log;
}
