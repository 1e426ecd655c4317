/** Runs in plain Node. Where an image lies in the sky: today's fields, and those of 2013. */
import type { AstrobinSolution } from '#contract/astrobin.ts';
import { addressOf, flagOf, numberWithin, textOf, type WireObject } from './values.ts';

/** In the service's order: SUCCESS and what follows is solved, ADVANCED_FAILED included. */
export const solutionStatuses = [
  'MISSING',
  'PENDING',
  'FAILED',
  'SUCCESS',
  'ADVANCED_PENDING',
  'ADVANCED_FAILED',
  'ADVANCED_SUCCESS',
] as const satisfies readonly AstrobinSolution['status'][];

/** Reads the solution of an image or a revision. `base` is the service's address. */
export function toSolution(row: WireObject, base: URL): AstrobinSolution {
  const status = statusOf(row);
  return {
    status,
    isSolved: solutionStatuses.indexOf(status) >= solutionStatuses.indexOf('SUCCESS'),
    ra: numberWithin(row['ra'], 0, 360) ?? fromHms(row['ra_center_hms']),
    dec: numberWithin(row['dec'], -90, 90) ?? fromDms(row['dec_center_dms']),
    radius: numberWithin(row['radius'], 0, 180) ?? radiusOfField(row),
    pixelScale: numberWithin(row['pixscale'], 0, 1e6) ?? scaleOfField(row),
    orientation: numberWithin(row['orientation'], -360, 360),
    overlayUrl:
      addressOf(row['url_advanced_solution'], base) ?? addressOf(row['url_solution'], base),
    skyPlotUrl: addressOf(row['url_advanced_skyplot'], base) ?? addressOf(row['url_skyplot'], base),
  };
}

/** Before there were statuses, there was only yes or no. */
function statusOf(row: WireObject): AstrobinSolution['status'] {
  const stated = textOf(row['solution_status'], 40);
  const known = solutionStatuses.find((status) => status === stated);
  return known ?? (flagOf(row['is_solved']) ? 'SUCCESS' : 'MISSING');
}

const sexagesimal = /^([+-]?)(\d{1,3}):(\d{1,2}):(\d{1,2}(?:\.\d{1,10})?)$/;

/** Units, minutes and seconds as one number of units. */
function fromSexagesimal(value: unknown): number | null {
  const match = sexagesimal.exec(textOf(value, 40) ?? '');
  if (match === null) return null;
  const [, sign, units, minutes, seconds] = match;
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return null;
  const size = Number(units) + Number(minutes) / 60 + Number(seconds) / 3600;
  return sign === '-' ? -size : size;
}

function fromHms(value: unknown): number | null {
  const hours = fromSexagesimal(value);
  return hours === null ? null : numberWithin(hours * 15, 0, 360);
}

function fromDms(value: unknown): number | null {
  const degrees = fromSexagesimal(value);
  return degrees === null ? null : numberWithin(degrees, -90, 90);
}

const degreesIn: Readonly<Record<string, number>> = {
  degrees: 1,
  arcminutes: 1 / 60,
  arcseconds: 1 / 3600,
};

/** A side of the field in degrees, as 2013 had it. */
function sideOf(row: WireObject, name: 'fieldw' | 'fieldh'): number | null {
  const unit = textOf(row['fieldunits'], 20) ?? '';
  const degrees = Object.hasOwn(degreesIn, unit) ? degreesIn[unit] : undefined;
  const side = numberWithin(row[name], 0, 1e6);
  return side === null || degrees === undefined ? null : numberWithin(side * degrees, 0, 360);
}

function radiusOfField(row: WireObject): number | null {
  const [width, height] = [sideOf(row, 'fieldw'), sideOf(row, 'fieldh')];
  return width === null || height === null ? null : Math.hypot(width, height) / 2;
}

function scaleOfField(row: WireObject): number | null {
  const width = sideOf(row, 'fieldw');
  const pixels = numberWithin(row['w'], 1, 1e7);
  return width === null || pixels === null ? null : (width * 3600) / pixels;
}
