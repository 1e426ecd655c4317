/** The films and sounds in resources/sample, played by a real Chromium: not whether bytes arrive but whether they play. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileName } from '#main/sample/files.ts';
import { mediaBytes } from '#main/sample/media-table.ts';
import { recordAt } from '#main/sample/record.ts';
import { reels, tones } from '#main/sample/reels.ts';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';
import { findChromium, startChromium } from '#test/support/renderer-harness.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const seed = 5;
const size = 20_000;
const records = Array.from({ length: size }, (_, at) => recordAt(seed, at));
const executablePath = findChromium();
if (executablePath === undefined)
  console.log('skipped: no Chromium on this machine plays the media');

interface Played {
  seconds: number;
  width: number;
  height: number;
  /** Where it was after it had been sent to its last third and played on. */
  reached: number;
  soundBytes: number;
}

/** Runs in the page: plays from the start, jumps into the last third, and plays on from there. */
async function playIn(address: string): Promise<Played> {
  const player = document.createElement('video');
  player.src = address;
  player.volume = 0.1;
  const once = (name: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      player.addEventListener(name, resolve, { once: true });
      player.addEventListener('error', () => reject(new Error(player.error?.message ?? 'error')), {
        once: true,
      });
    });
  document.body.append(player);
  await once('canplay');
  const goal = player.duration * 0.7;
  player.currentTime = goal;
  await once('seeked');
  const moved = new Promise<void>((resolve) => {
    player.addEventListener('timeupdate', () => {
      if (player.currentTime > goal + 0.3) resolve();
    });
  });
  await player.play();
  await moved;
  const counted = player as unknown as { webkitAudioDecodedByteCount: number };
  const played = {
    seconds: player.duration,
    width: player.videoWidth,
    height: player.videoHeight,
    reached: player.currentTime,
    soundBytes: counted.webkitAudioDecodedByteCount,
  };
  player.remove();
  return played;
}

describe.skipIf(executablePath === undefined)('every film and sound plays, with its sound', () => {
  let archive: SampleArchive;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    archive = await startSampleArchive({ size, seed, workerUrl });
    browser = await startChromium(['--autoplay-policy=no-user-gesture-required']);
    page = await browser.newPage();
    await page.goto(`${archive.nasaImagesApi}/search?q=sun&page_size=1`);
  });

  afterAll(async () => {
    await browser.close();
    await archive.close();
  });

  test.each(Object.keys(mediaBytes))('%s', async (shared) => {
    const record = records.find((one) => one.files.some((file) => file.shared === shared));
    const file = record?.files.find((one) => one.shared === shared);
    if (record === undefined || file === undefined) throw new Error(`No record has ${shared}`);
    const place = ['assets', record.media, record.nasaId, fileName(record, file)];
    const address = `${archive.nasaImagesApi}/${place.map(encodeURIComponent).join('/')}`;
    const played = await page.evaluate(playIn, address);
    const [name] = shared.split('-');
    const seconds = [...reels, ...tones].find((one) => one.name === name)?.seconds ?? 0;
    expect(Math.abs(played.seconds - seconds)).toBeLessThan(0.2);
    expect([played.width, played.height]).toEqual([file.width, file.height]);
    expect(played.reached).toBeGreaterThan(seconds * 0.69);
    expect(played.soundBytes).toBeGreaterThan(0);
  });
});
