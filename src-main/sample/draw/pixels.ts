/**
 * Runs in plain Node, in the painter's thread; pure. The loops over the pixels of a band: a drawing says
 * what is at one place and these go there. Places are in frame units (see tile.ts).
 */
import { frameOf } from './tile.ts';
import type { Tile } from './tile.ts';

/** Columns and rows of a band, both ends included. Empty where an end lies before its beginning. */
export interface Box {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}

/** `at` is where the pixel's red stands in the band's data. */
export type Visit = (x: number, y: number, at: number) => void;

/** Goes to every pixel of a band. */
export function eachPixel(tile: Tile, visit: Visit): void {
  eachPixelIn(tile, wholeOf(tile), visit);
}

/** Goes to the pixels of a box, row by row. */
export function eachPixelIn(tile: Tile, box: Box, visit: Visit): void {
  const { pixel, reachX, reachY } = frameOf(tile);
  for (let row = box.y0; row <= box.y1; row += 1) {
    const y = (row + tile.top + 0.5) * pixel - reachY;
    let at = (row * tile.width + box.x0) * 3;
    for (let column = box.x0; column <= box.x1; column += 1, at += 3) {
      visit((column + 0.5) * pixel - reachX, y, at);
    }
  }
}

/** The part of a band within a distance of a place, all in frame units. */
export function boxAround(tile: Tile, x: number, y: number, reach: number): Box {
  const { pixel, reachX, reachY } = frameOf(tile);
  return {
    x0: Math.max(0, Math.floor((x - reach + reachX) / pixel)),
    x1: Math.min(tile.width - 1, Math.ceil((x + reach + reachX) / pixel)),
    y0: Math.max(0, Math.floor((y - reach + reachY) / pixel) - tile.top),
    y1: Math.min(tile.rows - 1, Math.ceil((y + reach + reachY) / pixel) - tile.top),
  };
}

/** The part of a band within a distance of a place, all in pixels of the band. */
export function boxWithin(tile: Tile, x: number, y: number, radius: number): Box {
  return {
    x0: Math.max(0, Math.floor(x - radius)),
    x1: Math.min(tile.width - 1, Math.ceil(x + radius)),
    y0: Math.max(0, Math.floor(y - radius)),
    y1: Math.min(tile.rows - 1, Math.ceil(y + radius)),
  };
}

/** The colour of a place: red, green and blue into `out`. */
export type Shade = (x: number, y: number, out: Float32Array) => void;

/** What becomes of a colour at a place: it is set, added, or laid over what is there. */
export type Lay = (
  data: Float32Array,
  at: number,
  red: number,
  green: number,
  blue: number,
  x: number,
  y: number,
) => void;

const setColour: Lay = (data, at, red, green, blue) => {
  data[at] = red;
  data[at + 1] = green;
  data[at + 2] = blue;
};

const addLight: Lay = (data, at, red, green, blue) => {
  data[at] = (data[at] as number) + red;
  data[at + 1] = (data[at + 1] as number) + green;
  data[at + 2] = (data[at + 2] as number) + blue;
};

/** Below so many pixels on the shorter side, what is soft is drawn at every second pixel of a row and every second row. */
const coarseSide = 480;

/** Narrower than so many pixels, a thing is drawn pixel by pixel in any picture. */
const smallBox = 80;

/**
 * Lays gas and haze over a whole band: anything without an edge. In small pictures only every fourth
 * pixel is asked for and the others lie between: a gallery of thumbnails is drawn in a third of the time
 * and looks the same.
 */
export function paintSoft(tile: Tile, shade: Shade): void {
  shadeSoft(tile, wholeOf(tile), shade, setColour);
}

/** Adds the light of something without an edge to a box of a band; in small pictures as `paintSoft`. */
export function addSoft(tile: Tile, box: Box, shade: Shade): void {
  shadeSoft(tile, box, shade, addLight);
}

/** Shades a box of a band, in small pictures as `paintSoft`; `lay` says what becomes of the colours. */
export function shadeSoft(tile: Tile, box: Box, shade: Shade, lay: Lay): void {
  if (box.x0 > box.x1 || box.y0 > box.y1) return;
  // What is small itself keeps its pixels.
  const isSmall = box.x1 - box.x0 < smallBox;
  if (!isSmall && Math.min(tile.width, tile.height) < coarseSide) {
    spreadOut(tile, box, shadeGrid(tile, box, shade), lay);
  } else {
    shadeSharp(tile, box, shade, lay);
  }
}

/** Shades every pixel of a box of a band. */
export function shadeSharp(tile: Tile, box: Box, shade: Shade, lay: Lay): void {
  const out = new Float32Array(3);
  eachPixelIn(tile, box, (x, y, at) => {
    shade(x, y, out);
    lay(tile.data, at, out[0] as number, out[1] as number, out[2] as number, x, y);
  });
}

function wholeOf(tile: Tile): Box {
  return { x0: 0, x1: tile.width - 1, y0: 0, y1: tile.rows - 1 };
}

/** Colours at every second pixel of every second row. */
interface Grid {
  /** Half the number of the first row of the picture, and of the first column. */
  row: number;
  column: number;
  columns: number;
  values: Float32Array;
}

function shadeGrid(tile: Tile, box: Box, shade: Shade): Grid {
  const { pixel, reachX, reachY } = frameOf(tile);
  // Grid points are those of the whole picture, so that bands fit together.
  const row = (tile.top + box.y0) >> 1;
  const column = box.x0 >> 1;
  const rows = ((tile.top + box.y1 + 1) >> 1) - row + 1;
  const columns = ((box.x1 + 1) >> 1) - column + 1;
  const values = new Float32Array(rows * columns * 3);
  const out = new Float32Array(3);
  let at = 0;
  for (let down = 0; down < rows; down += 1) {
    const y = ((row + down) * 2 + 0.5) * pixel - reachY;
    for (let across = 0; across < columns; across += 1, at += 3) {
      shade(((column + across) * 2 + 0.5) * pixel - reachX, y, out);
      values[at] = out[0] as number;
      values[at + 1] = out[1] as number;
      values[at + 2] = out[2] as number;
    }
  }
  return { row, column, columns, values };
}

const mixed = new Float32Array(3);

function spreadOut(tile: Tile, box: Box, grid: Grid, lay: Lay): void {
  const { values } = grid;
  const line = grid.columns * 3;
  const { pixel, reachX, reachY } = frameOf(tile);
  for (let row = box.y0; row <= box.y1; row += 1) {
    const place = row + tile.top;
    const y = (place + 0.5) * pixel - reachY;
    const upper = ((place >> 1) - grid.row) * line;
    const lower = (place & 1) === 0 ? upper : upper + line;
    let at = (row * tile.width + box.x0) * 3;
    for (let column = box.x0; column <= box.x1; column += 1, at += 3) {
      const left = ((column >> 1) - grid.column) * 3;
      const right = (column & 1) === 0 ? left : left + 3;
      for (let channel = 0; channel < 3; channel += 1) {
        mixed[channel] =
          ((values[upper + left + channel] as number) +
            (values[upper + right + channel] as number) +
            (values[lower + left + channel] as number) +
            (values[lower + right + channel] as number)) *
          0.25;
      }
      const x = (column + 0.5) * pixel - reachX;
      lay(tile.data, at, mixed[0] as number, mixed[1] as number, mixed[2] as number, x, y);
    }
  }
}
