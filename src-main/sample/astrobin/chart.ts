/**
 * Runs in plain Node, any thread; pure. What is drawn over solved pictures and on maps of the sky, as SVG without text:
 * a grid of right ascension and declination, objects with their names, the outline of a field.
 */
import { createSkyFrame } from './sky-frame.ts';
import type { SkyFrame, Solution } from './sky-frame.ts';
import { skyObjects } from './sky-objects.ts';
import { textPath, textWidth } from './stroke-font.ts';

interface Canvas {
  width: number;
  height: number;
  frame: SkyFrame;
  /** Arcseconds a pixel of the canvas. */
  scale: number;
  /** Height of letters in pixels. */
  letters: number;
}

/** Degrees between lines, from fine to coarse. */
const decSteps = [1 / 60, 1 / 30, 1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 5, 10, 20];
/** Degrees of right ascension: 10 seconds up to 2 hours. */
const raSteps = [1 / 24, 1 / 8, 0.25, 0.5, 1.25, 2.5, 5, 7.5, 15, 30];

const stepFor = (span: number, steps: readonly number[]): number =>
  steps.find((step) => span / step <= 6) ?? steps.at(-1) ?? 30;

const number = (value: number): string => value.toFixed(1);

interface Grid {
  lines: string[];
  labels: string[];
}

function raText(ra: number): string {
  const minutes = Math.round(ra * 4 * 60) / 60;
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  const text = `${String(hours).padStart(2, '0')}h${String(Math.floor(rest)).padStart(2, '0')}m`;
  const seconds = Math.round((rest % 1) * 60);
  return seconds === 0 ? text : `${text}${String(seconds).padStart(2, '0')}s`;
}

function decText(dec: number): string {
  const minutes = Math.round(Math.abs(dec) * 60);
  const rest = minutes % 60;
  const sign = dec < 0 ? '-' : '+';
  const degrees = `${sign}${String(Math.floor(minutes / 60))}°`;
  return rest === 0 ? degrees : `${degrees}${String(rest).padStart(2, '0')}'`;
}

/** A line through places, with its label where it first comes inside. */
function addLine(
  grid: Grid,
  canvas: Canvas,
  places: readonly (readonly [number, number])[],
  text: string,
): void {
  let path = '';
  let label: { x: number; y: number } | null = null;
  for (const [ra, dec] of places) {
    const spot = canvas.frame.toPixel(ra, dec);
    const isNear =
      spot !== null &&
      Math.abs(spot.x - canvas.width / 2) < canvas.width &&
      Math.abs(spot.y - canvas.height / 2) < canvas.height;
    if (!isNear) continue;
    path += `${path === '' ? 'M' : 'L'}${number(spot.x)} ${number(spot.y)}`;
    const [right, below] = [
      canvas.width - textWidth(text, canvas.letters),
      canvas.height - canvas.letters - 4,
    ];
    if (label === null && spot.x > 3 && spot.y > 3 && spot.x < right && spot.y < below)
      label = spot;
  }
  if (path === '') return;
  grid.lines.push(path);
  if (label !== null) grid.labels.push(textPath(text, label.x + 3, label.y + 3, canvas.letters));
}

const pieces = 48;

function gridOf(canvas: Canvas, solution: Solution): Grid {
  const grid: Grid = { lines: [], labels: [] };
  const reach = (Math.hypot(canvas.width, canvas.height) / 2) * (canvas.scale / 3600);
  const [south, north] = [Math.max(-90, solution.dec - reach), Math.min(90, solution.dec + reach)];
  const narrowest = Math.cos(
    (Math.min(89, Math.max(Math.abs(south), Math.abs(north))) * Math.PI) / 180,
  );
  const side = Math.min(180, reach / narrowest);
  const decStep = stepFor(Math.min(canvas.width, canvas.height) * (canvas.scale / 3600), decSteps);
  const raStep = stepFor(side * 1.4, raSteps);
  const along = (from: number, to: number): number[] =>
    Array.from({ length: pieces + 1 }, (_, at) => from + ((to - from) * at) / pieces);
  for (let dec = Math.ceil(south / decStep) * decStep; dec <= north; dec += decStep) {
    const ras = along(solution.ra + side, solution.ra - side);
    addLine(
      grid,
      canvas,
      ras.map((ra) => [ra, dec]),
      decText(dec),
    );
  }
  for (
    let ra = Math.ceil((solution.ra - side) / raStep) * raStep;
    ra <= solution.ra + side;
    ra += raStep
  ) {
    const text = raText((ra + 360) % 360);
    addLine(
      grid,
      canvas,
      along(south, north).map((dec) => [ra, dec]),
      text,
    );
  }
  return grid;
}

const gridColour = '#7fb4ff';
const objectColour = '#ffd27a';

const strokes = (
  paths: readonly string[],
  colour: string,
  width: number,
  opacity: number,
): string =>
  `<path d="${paths.join('')}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-opacity="${opacity}" stroke-linejoin="round" stroke-linecap="round"/>`;

function circle(x: number, y: number, radius: number): string {
  const r = number(radius);
  return `M${number(x - radius)} ${number(y)}a${r} ${r} 0 1 0 ${number(radius * 2)} 0a${r} ${r} 0 1 0 ${number(-radius * 2)} 0`;
}

function drawObjects(canvas: Canvas, objects: readonly number[], isNamed: boolean): string {
  const marks: string[] = [];
  const names: string[] = [];
  for (const at of objects) {
    const object = skyObjects[at];
    const spot = object === undefined ? null : canvas.frame.toPixel(object.ra, object.dec);
    if (object === undefined || spot === null) continue;
    const radius = Math.max(canvas.letters * 0.6, (object.sizeArcmin * 30) / canvas.scale);
    marks.push(circle(spot.x, spot.y, isNamed ? radius : 1.2));
    if (!isNamed) continue;
    const name = object.names[0] ?? '';
    const x = Math.min(
      spot.x + radius * 0.72 + 3,
      canvas.width - textWidth(name, canvas.letters) - 3,
    );
    const y = Math.max(3, spot.y - radius * 0.72 - canvas.letters);
    names.push(textPath(name, x, y, canvas.letters));
  }
  const line = Math.max(1, canvas.letters / 8);
  return strokes(marks, objectColour, line, 0.85) + strokes(names, objectColour, line * 1.1, 1);
}

function canvasOf(solution: Solution, width: number, height: number, scale: number): Canvas {
  const frame = createSkyFrame({ ...solution, pixelScale: scale }, width, height);
  return { width, height, frame, scale, letters: Math.max(7, Math.min(width, height) / 48) };
}

const svg = (width: number, height: number, inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`;

/** Grid, objects and names over a picture that is `pixels` wide as it was solved and `width` as it is shown. */
export function overlaySvg(
  solution: Solution,
  pixels: number,
  width: number,
  height: number,
  objects: readonly number[],
): string {
  const canvas = canvasOf(solution, width, height, (solution.pixelScale * pixels) / width);
  const { lines, labels } = gridOf(canvas, solution);
  const line = Math.max(1, canvas.letters / 10);
  return svg(
    width,
    height,
    strokes(lines, gridColour, line, 0.45) +
      strokes(labels, gridColour, line, 0.9) +
      drawObjects(canvas, objects, true),
  );
}

/** A map of the sky with the field's outline, so many degrees across; `named` are the objects with their names. */
export function skyPlotSvg(
  solution: Solution,
  field: { width: number; height: number; named: readonly number[] },
  side: number,
  degrees: number,
): string {
  const upright = { ...solution, orientation: 0 };
  const canvas = canvasOf(upright, side, side, (degrees * 3600) / side);
  const { lines, labels } = gridOf(canvas, upright);
  const picture = createSkyFrame(solution, field.width, field.height);
  const corners = [
    [0, 0],
    [field.width, 0],
    [field.width, field.height],
    [0, field.height],
  ].map(([x = 0, y = 0]) => {
    const { ra, dec } = picture.toSky(x, y);
    const spot = canvas.frame.toPixel(ra, dec);
    return `${number(spot?.x ?? 0)} ${number(spot?.y ?? 0)}`;
  });
  const all = skyObjects.map((_, at) => at);
  return svg(
    side,
    side,
    `<rect width="${side}" height="${side}" fill="#0b1220"/>` +
      strokes(lines, gridColour, 1, 0.3) +
      strokes(labels, gridColour, 1, 0.75) +
      drawObjects(canvas, all, false) +
      drawObjects(canvas, field.named, true) +
      strokes([`M${corners.join('L')}Z`], '#ff7d7d', 1.6, 1),
  );
}
