/** Requests that wait for their turn, as the status line hears of them. */
import { expect, test } from 'vitest';
import type { ArchiveStatus } from '#contract/domain.ts';
import { createArchives } from '#main/archives/archives-service.ts';
import { defaultSettings } from '#main/settings/settings-schema.ts';
import { createManualClock } from '#test/support/manual-clock.ts';

function makeArchives() {
  const clock = createManualClock();
  const told: ArchiveStatus[] = [];
  const archives = createArchives({
    settings: () => defaultSettings('/tmp/files'),
    clock,
    overrides: { 'nasa-images': null, 'pds-registry': null, astrobin: null },
    startSample: () => Promise.reject(new Error('no sample here')),
    probe: () => Promise.reject(new Error('nobody asks')),
    budgetOf: () => null,
    emit: (_name, { status }) => told.push(status),
  });
  return { archives, clock, told };
}

test('those that wait are counted, and told at most twice a second', async () => {
  const { archives, clock, told } = makeArchives();
  for (let at = 0; at < 40; at += 1) archives.noteWaiting('astrobin', 1);
  expect(told).toEqual([]);
  await clock.advance(500);
  expect(told.map(({ archive, waiting }) => [archive, waiting])).toEqual([['astrobin', 40]]);
  for (let at = 0; at < 10; at += 1) {
    archives.noteWaiting('astrobin', -1);
    await clock.advance(100);
  }
  expect(told.map(({ waiting }) => waiting)).toEqual([40, 35, 30]);
  expect(archives.statuses().find(({ archive }) => archive === 'astrobin')?.waiting).toBe(30);
});

test('who goes on at once is not told of', async () => {
  const { archives, clock, told } = makeArchives();
  archives.noteWaiting('nasa-files', 1);
  archives.noteWaiting('nasa-files', -1);
  await clock.advance(1000);
  expect(told).toEqual([]);
});

test('nothing is told after the end', async () => {
  const { archives, clock, told } = makeArchives();
  archives.noteWaiting('pds-files', 1);
  await archives.dispose();
  await clock.advance(1000);
  expect(told).toEqual([]);
});
