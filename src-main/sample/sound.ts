/** Runs in plain Node, in a painter's thread; pure. Soft tones, and the WAV files that hold them. */
import { createRandom } from './random.ts';

/** Samples a second of every sound. */
export const soundRate = 22_050;

/** Notes of a quiet scale, in steps from A3. */
const scale = [0, 2, 4, 7, 9, 12, 14, 16, 19] as const;

/** A WAV file of so many seconds of soft overlapping tones drawn from the seed. */
export function makeSound(seed: number, seconds: number): Buffer {
  const random = createRandom(seed);
  const samples = seconds * soundRate;
  const mixed = new Float32Array(samples);
  const notes = Math.round(seconds * 1.6) + random.below(5);
  for (let note = 0; note < notes; note += 1) {
    const pitch = 220 * Math.pow(2, random.pick(scale) / 12) * (note % 4 === 0 ? 0.5 : 1);
    const start = Math.floor(((note + random.next() * 0.5) / notes) * samples * 0.85);
    const length = Math.min(samples - start, Math.floor(random.between(1.4, 3) * soundRate));
    const loud = random.between(0.09, 0.17);
    for (let at = 0; at < length; at += 1) {
      const t = at / soundRate;
      const rise = Math.min(1, t / 0.08);
      const fall = Math.pow(1 - at / length, 2);
      const tone = Math.sin(t * pitch * 6.283) + 0.3 * Math.sin(t * pitch * 12.57) * fall;
      mixed[start + at] = (mixed[start + at] as number) + tone * rise * fall * loud;
    }
  }
  return encodeWav(mixed);
}

/** Bytes of a WAV file with so many samples. */
export function wavSize(samples: number): number {
  return 44 + samples * 2;
}

/** A WAV file: one channel, 16 bits. Samples are -1 to 1. */
export function encodeWav(mixed: Float32Array): Buffer {
  const samples = mixed.length;
  const file = Buffer.alloc(wavSize(samples));
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(soundRate, 24);
  file.writeUInt32LE(soundRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1) {
    const value = Math.max(-1, Math.min(1, mixed[at] as number));
    file.writeInt16LE(Math.round(value * 32_000), 44 + at * 2);
  }
  return file;
}
