import { expect, test } from 'vitest';
import { makeCaptions } from '#main/sample/caption-text.ts';
import { soundRate, soundSeconds } from '#main/sample/file-size.ts';
import { metadataOf } from '#main/sample/metadata-document.ts';
import { recordAt } from '#main/sample/record.ts';
import { makeSound } from '#main/sample/sound.ts';

const records = Array.from({ length: 300 }, (_, at) => recordAt(11, at));

test('captions are well formed and their times go forward', () => {
  for (const record of records.slice(0, 40)) {
    const srt = makeCaptions(record, 'srt');
    const times = [
      ...srt.matchAll(/(\d\d):(\d\d):(\d\d),(\d{3}) --> (\d\d):(\d\d):(\d\d),(\d{3})\r\n/g),
    ];
    expect(times.length).toBeGreaterThanOrEqual(6);
    const numbers = times
      .flatMap((match) => [match.slice(1, 5), match.slice(5, 9)])
      .map(([h, m, s, ms]) => Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(ms) / 1000);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(makeCaptions(record, 'vtt')).toMatch(/^WEBVTT\r\n\r\n00:00:00\.800 --> /);
  }
  const all = records.map((record) => makeCaptions(record, 'srt'));
  expect(all.some((text) => text.startsWith('\uFEFF'))).toBe(true);
  expect(all.some((text) => text.includes('>> '))).toBe(true);
});

test('metadata comes in three shapes, private fields plainly made up', () => {
  for (const record of records) {
    const document = metadataOf(record) as Record<string, Record<string, unknown> | undefined>;
    expect(JSON.stringify(document)).toContain('sample-login-');
    expect(String(document['SourceFile'])).toMatch(/^(-|\/made-up\/)/);
    if (record.metadataShape === 'nested') {
      expect(document['AVAIL']?.['NASAID']).toBe(record.nasaId);
      expect(document['AVAIL']?.['Keywords']).toBe((record.keywords ?? []).join(', '));
    } else {
      expect(document['AVAIL:NASAID']).toBe(record.nasaId);
      expect(typeof document['File'] === 'object').toBe(record.metadataShape === 'mixed');
    }
  }
});

test('a sound is a WAV file that is heard and never clips', () => {
  const file = makeSound(5);
  expect(file.toString('latin1', 0, 4)).toBe('RIFF');
  expect(file.readUInt32LE(40)).toBe(soundSeconds * soundRate * 2);
  expect(file.length).toBe(44 + soundSeconds * soundRate * 2);
  let loudest = 0;
  for (let at = 44; at < file.length; at += 2)
    loudest = Math.max(loudest, Math.abs(file.readInt16LE(at)));
  expect(loudest).toBeGreaterThan(3000);
  expect(loudest).toBeLessThan(32_000);
});
