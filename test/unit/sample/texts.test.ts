import { expect, test } from 'vitest';
import { metadataOf } from '#main/sample/metadata-document.ts';
import { recordAt } from '#main/sample/record.ts';
import { makeSound, soundRate } from '#main/sample/sound.ts';

const records = Array.from({ length: 300 }, (_, at) => recordAt(11, at));

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
  const file = makeSound(5, 8);
  expect(file.toString('latin1', 0, 4)).toBe('RIFF');
  expect(file.readUInt32LE(40)).toBe(8 * soundRate * 2);
  expect(file.length).toBe(44 + 8 * soundRate * 2);
  let loudest = 0;
  for (let at = 44; at < file.length; at += 2)
    loudest = Math.max(loudest, Math.abs(file.readInt16LE(at)));
  expect(loudest).toBeGreaterThan(3000);
  expect(loudest).toBeLessThan(32_000);
});
