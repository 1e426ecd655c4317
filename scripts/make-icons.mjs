/**
 * Makes the app's icons from resources/mark.svg: PNGs for Linux, an ICO for Windows and an ICNS for macOS.
 * Run by hand when the mark changes: `node scripts/on-node.mjs scripts/make-icons.mjs`. The results are kept
 * in the repository, because electron-builder would fetch a converter of its own.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp from 'sharp';

const resources = resolve(import.meta.dirname, '..', 'resources');
const plateColour = '#1a1b1e';
const edgeColour = '#3a3d43';

/** The plate's edge and corner as parts of the icon's side; macOS keeps a margin of its own. */
const plates = {
  mac: { margin: 100 / 1024, corner: 185 / 1024 },
  other: { margin: 16 / 1024, corner: 160 / 1024 },
};

/** Strokes get heavier as the icon gets smaller, or they would fade away. */
function strokeFor(size) {
  if (size <= 24) return 2;
  return size <= 48 ? 1.6 : 1.3;
}

/** One icon as SVG: the mark in the middle of a dark plate. */
function drawIcon(mark, size, plate) {
  const inner = mark
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<!--[\s\S]*?-->/, '');
  const margin = size <= 32 ? 0 : plate.margin * size;
  const side = size - 2 * margin;
  const scale = (side * (size <= 32 ? 0.94 : 0.82)) / 20;
  // The drawn part of the mark lies 0.2 right of and 0.5 below the middle of its box.
  const offset = [size / 2 - 10.2 * scale, size / 2 - 10.5 * scale];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">
    <rect x="${margin}" y="${margin}" width="${side}" height="${side}" rx="${plate.corner * size}"
      fill="${plateColour}" stroke="${edgeColour}" stroke-width="${size / 256}" />
    <g transform="translate(${offset.join(' ')}) scale(${scale})" fill="none" stroke="#d9b36a"
      stroke-width="${strokeFor(size)}">${inner}</g>
  </svg>`;
}

const drawPng = (mark, size, plate) =>
  sharp(Buffer.from(drawIcon(mark, size, plate)))
    .png({ compressionLevel: 9 })
    .toBuffer();

/** An ICO that holds PNGs, as Windows reads them since Vista. */
function packIco(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index;
    // 256 is written as 0: the field has one byte.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** An ICNS that holds PNGs: a head of eight bytes, then type, length and data of each. */
function packIcns(images) {
  const chunks = images.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'ascii');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(chunks);
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'ascii');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

/** Types of ICNS by pixels; the ones ending in 11 to 14 are for displays of double density. */
const icnsTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

const mark = await readFile(join(resources, 'mark.svg'), 'utf8');
await mkdir(join(resources, 'icons'), { recursive: true });
await writeFile(join(resources, 'icon.svg'), drawIcon(mark, 1024, plates.other));

for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
  const png = await drawPng(mark, size, plates.other);
  await writeFile(join(resources, 'icons', `${size}x${size}.png`), png);
}

const ico = [16, 20, 24, 32, 40, 48, 64, 128, 256].map(async (size) => ({
  size,
  png: await drawPng(mark, size, plates.other),
}));
await writeFile(join(resources, 'icon.ico'), packIco(await Promise.all(ico)));

const icns = icnsTypes.map(async ([type, size]) => ({
  type,
  png: await drawPng(mark, size, plates.mac),
}));
await writeFile(join(resources, 'icon.icns'), packIcns(await Promise.all(icns)));
process.stdout.write('Icons made in resources/.\n');
