/**
 * Makes the films and sounds of the sample archive: draws the stills of src-main/sample/reels.ts with the
 * archive's own painter, lets a camera pan over them, burns in a timecode, rings a bell where a caption
 * begins, and encodes all that with ffmpeg into resources/sample/. The product itself never needs ffmpeg.
 *
 * Needs ffmpeg with libx264, libmp3lame and freetype (Debian: `apt-get install ffmpeg`) and Node 24:
 * `node_modules/.bin/node scripts/make-sample-media.mjs [reel or tone ...]`; without names, everything.
 * Takes about five minutes. Writes src-main/sample/media-table.ts with the sizes of what it made.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { createScene, drawPixels } from '../src-main/sample/draw/scene.ts';
import { filmSize, frameRate } from '../src-main/sample/reel.ts';
import { reels, tones } from '../src-main/sample/reels.ts';
import { encodeWav, makeSound, soundRate } from '../src-main/sample/sound.ts';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'resources', 'sample');
const font = join(
  root,
  'node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2',
);
const work = mkdtempSync(join(tmpdir(), 'almagest-media-'));
const wanted = new Set(process.argv.slice(2));
const isWanted = (name) => wanted.size === 0 || wanted.has(name);
/** Neither dates nor versions in the files, so that making them again changes nothing. */
const quiet = ['-hide_banner', '-loglevel', 'error', '-y'];
const exact = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'];

/** How hard a size is pressed: constant rate factor of the picture, bits a second of the sound. */
const press = {
  orig: [36, '12k'],
  large: [37, '10k'],
  medium: [36, '10k'],
  small: [36, '10k'],
  mobile: [36, '10k'],
  preview: [37, '10k'],
};

/** Films full of stones and stars are pressed harder. */
const harder = { ground: 2, deep: 2 };

function ffmpeg(...args) {
  execFileSync('ffmpeg', [...quiet, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** A second longer than it is seen, for the fade to the next. */
function framesOf(reel, at) {
  const until = reel.shots[at + 1]?.from ?? reel.seconds;
  const fade = at + 1 < reel.shots.length ? 1 : 0;
  return Math.round((until + fade - reel.shots[at].from) * frameRate);
}

async function drawStill(reel, at) {
  const shot = reel.shots[at];
  const frames = framesOf(reel, at);
  // The largest size, and a margin for the way of the camera.
  const [across, down] = filmSize(reel, 'orig');
  const width = across + (shot.pan[0] === 0 ? 0 : frames);
  const height = down + (shot.pan[1] === 0 ? 0 : frames);
  const { kind, look, seed, phase } = shot;
  const scene = createScene({ kind, look, seed, phase, aspect: width / height });
  const path = join(work, `${reel.name}-${at}.png`);
  const [w, h] = [width * 2, height * 2];
  // Drawn twice as large: it takes off the painter's grain, which would cost more bits than the picture.
  await sharp(drawPixels(scene, w, h), { raw: { width: w, height: h, channels: 3 } })
    .resize(width, height)
    .blur(0.5)
    .png({ compressionLevel: 1 })
    .toFile(path);
  return path;
}

/** The camera goes one whole pixel a frame: no jitter, and a frame is the one before it, moved. */
function crop(reel, shot, frames) {
  const way = (step) => (step === 0 ? '0' : step > 0 ? 'n' : `${frames}-n`);
  const [w, h] = filmSize(reel, 'orig');
  return `crop=${w}:${h}:x='${way(shot.pan[0])}':y='${way(shot.pan[1])}',setsar=1,format=yuv420p`;
}

async function filmReel(reel) {
  const inputs = [];
  const filters = [];
  for (const [at, shot] of reel.shots.entries()) {
    const frames = framesOf(reel, at);
    inputs.push('-loop', '1', '-framerate', String(frameRate), '-t', String(frames / frameRate));
    inputs.push('-i', await drawStill(reel, at));
    filters.push(`[${at}]${crop(reel, shot, frames)}[s${at}]`);
  }
  let last = 's0';
  for (const [at, shot] of reel.shots.entries()) {
    if (at === 0) continue;
    filters.push(`[${last}][s${at}]xfade=transition=fade:duration=1:offset=${shot.from}[x${at}]`);
    last = `x${at}`;
  }
  filters.push(`[${last}]fade=in:d=0.5,fade=out:st=${reel.seconds - 1}:d=1[film]`);
  const path = join(work, `${reel.name}.mkv`);
  const lossless = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0'];
  ffmpeg(...inputs, '-filter_complex', filters.join(';'), '-map', '[film]', ...lossless, path);
  return path;
}

/** Bells where captions begin, over a hum that nobody has to notice. */
function ringBells(reel) {
  const samples = new Float32Array(Math.round(reel.seconds * soundRate));
  const starts = reel.shots.flatMap((shot) => shot.lines.map((line) => line.from));
  const notes = [0, 4, 7, 9, 12, 7, 4, 2];
  starts.forEach((start, order) => {
    const pitch = 392 * 2 ** (notes[order % notes.length] / 12);
    const from = Math.round(start * soundRate);
    for (let at = 0; at < soundRate * 1.4 && from + at < samples.length; at += 1) {
      const t = at / soundRate;
      const rise = Math.min(1, t / 0.006);
      const tone =
        Math.sin(t * pitch * 2 * Math.PI) * Math.exp(-t * 3.2) +
        0.4 * Math.sin(t * pitch * 5.52 * Math.PI) * Math.exp(-t * 7);
      samples[from + at] += tone * rise * 0.28;
    }
  });
  return encodeWav(samples);
}

function encodeSize(reel, film, sound, size) {
  const [width, height] = filmSize(reel, size);
  const [quality, bits] = press[size];
  const letter = Math.max(12, Math.round(height / 22));
  const pad = Math.round(height / 28);
  const timecode = [
    `drawtext=fontfile='${font}'`,
    `timecode='00\\:00\\:00\\:00'`,
    `rate=${frameRate}`,
    `fontsize=${letter}`,
    'fontcolor=white@0.92',
    'box=1',
    'boxcolor=black@0.55',
    `boxborderw=${Math.round(letter / 3)}`,
    `x=w-tw-${pad}`,
    `y=${pad}`,
  ].join(':');
  const path = join(out, `${reel.name}-${size}.mp4`);
  ffmpeg(
    ...['-i', film, '-i', sound],
    ...['-vf', `scale=${width}:${height}:flags=area,${timecode}`],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'medium',
      '-crf',
      String(quality + (harder[reel.name] ?? 0)),
      '-pix_fmt',
      'yuv420p',
    ],
    // A key frame every four seconds: pressed this hard, most of a film is its key frames.
    ...['-g', String(frameRate * 4), '-x264-params', 'threads=2:scenecut=0'],
    ...['-c:a', 'aac', '-b:a', bits, '-ac', '1', '-ar', '16000', '-shortest'],
    ...[...exact, '-movflags', '+faststart', path],
  );
  return path;
}

async function makeReel(reel) {
  const film = await filmReel(reel);
  const sound = join(work, `${reel.name}.wav`);
  writeFileSync(sound, ringBells(reel));
  for (const size of reel.sizes) {
    const { size: bytes } = statSync(encodeSize(reel, film, sound, size));
    process.stdout.write(`${reel.name} ${size}: ${Math.round(bytes / 1000)} kB\n`);
  }
}

function makeTone(tone) {
  const wav = join(work, `${tone.name}.wav`);
  writeFileSync(wav, makeSound(tone.seed, tone.seconds));
  const mp3 = (bits) => ['-c:a', 'libmp3lame', '-b:a', bits, '-id3v2_version', '3'];
  ffmpeg('-i', wav, ...mp3('128k'), '-ar', '44100', ...exact, join(out, `${tone.name}-128k.mp3`));
  ffmpeg('-i', wav, ...mp3('64k'), ...exact, join(out, `${tone.name}-64k.mp3`));
  const m4a = ['-c:a', 'aac', '-b:a', '48k', '-movflags', '+faststart'];
  ffmpeg('-i', wav, ...m4a, ...exact, join(out, `${tone.name}-orig.m4a`));
}

/** Sizes in bytes, so that listings and HEAD know them without opening a file. */
function writeTable() {
  const rows = readdirSync(out)
    .filter((name) => /\.(?:mp4|mp3|m4a)$/.test(name))
    .sort()
    .map((name) => `  '${name}': ${statSync(join(out, name)).size},`);
  const text = [
    '/** Runs in plain Node, any thread; pure. Written by scripts/make-sample-media.mjs: bytes of the files in resources/sample. */',
    'export const mediaBytes: Readonly<Record<string, number>> = {',
    ...rows,
    '};',
    '',
  ].join('\n');
  writeFileSync(join(root, 'src-main', 'sample', 'media-table.ts'), text);
}

if (!existsSync(font)) throw new Error('The font is missing: run npm ci first');
mkdirSync(out, { recursive: true });
try {
  for (const reel of reels.filter((one) => isWanted(one.name))) await makeReel(reel);
  for (const tone of tones.filter((one) => isWanted(one.name))) makeTone(tone);
  writeTable();
} finally {
  rmSync(work, { recursive: true, force: true });
}
