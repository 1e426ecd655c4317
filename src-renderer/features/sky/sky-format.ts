/** Places and angles of the sky in figures: pure. Rounded first and split after, so that 59.97 never becomes 60. */
import type { SkyPoint } from './sky-projection.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Units, minutes and whole fractions of a second of a value that was rounded as a whole. */
function split(value: number, digits: number): { units: number; minutes: number; seconds: string } {
  const share = 10 ** digits;
  const total = Math.round(value * 3600 * share);
  const seconds = (total % (60 * share)) / share;
  const minutes = Math.floor(total / (60 * share)) % 60;
  const [whole = '', rest] = seconds.toFixed(digits).split('.');
  const padded = whole.padStart(2, '0');
  return {
    units: Math.floor(total / (3600 * share)),
    minutes,
    seconds: rest === undefined ? padded : `${padded}.${rest}`,
  };
}

/** `00:42:44.3`: right ascension in hours. */
export function formatRa(ra: number, digits = 1): string {
  const { units, minutes, seconds } = split((((ra % 360) + 360) % 360) / 15, digits);
  return `${two(units % 24)}:${two(minutes)}:${seconds}`;
}

/** `+41:16:09`: declination in degrees, always with its sign. */
export function formatDec(dec: number, digits = 0): string {
  const { units, minutes, seconds } = split(Math.abs(dec), digits);
  const isZero = units === 0 && minutes === 0 && Number(seconds) === 0;
  return `${dec < 0 && !isZero ? '-' : '+'}${two(units)}:${two(minutes)}:${seconds}`;
}

/** `00:42:44.3 +41:16:09`, J2000. */
export function formatPlace({ ra, dec }: SkyPoint): string {
  return `${formatRa(ra)} ${formatDec(dec)}`;
}

/** `30′`, `2°`, `15″`: a round angle, given in degrees. */
export function formatAngle(angle: number): string {
  const seconds = Math.round(angle * 36_000) / 10;
  if (seconds % 3600 === 0) return `${seconds / 3600}°`;
  return seconds % 60 === 0 ? `${seconds / 60}′` : `${seconds}″`;
}

/** One sign of a label of the grid; units of right ascension stand raised. */
export interface LabelPart {
  text: string;
  isRaised: boolean;
}

/** `00ʰ 47ᵐ`, as fine as the step between lines (in degrees) needs. */
export function raLabel(ra: number, step: number): LabelPart[] {
  const digits = step * 240 < 1 ? 1 : 0;
  const [hours = '', minutes = '', seconds = ''] = formatRa(ra, digits).split(':');
  const isFine = step < 0.25;
  const parts = step >= 15 && minutes === '00' ? [hours, 'h'] : [hours, 'h', minutes, 'm'];
  const all = isFine ? [...parts, seconds, 's'] : parts;
  return all.map((text, index) => ({
    text: index % 2 === 0 && index > 0 ? ` ${text}` : text,
    isRaised: index % 2 === 1,
  }));
}

/** `+41°`, `+41° 30′`, `+41° 30′ 20″`. */
export function decLabel(dec: number, step: number): LabelPart[] {
  const [units = '', minutes = '', seconds = ''] = formatDec(dec).split(':');
  const whole = `${units.replace(/^([+-])0(?=\d)/, '$1')}°`;
  const text =
    step >= 1
      ? whole
      : step >= 1 / 60
        ? `${whole} ${minutes}′`
        : `${whole} ${minutes}′ ${seconds}″`;
  return [{ text: text.replace('-', '−'), isRaised: false }];
}

export const textOfLabel = (parts: readonly LabelPart[]): string =>
  parts.map(({ text }) => text).join('');
