/** Runs in the page; pure. Limits of bandwidth to choose from. */
import { transfersText } from '../../i18n/transfers.ts';

/** Bytes a second. */
const usual = [128_000, 256_000, 512_000, 1e6, 2e6, 5e6, 10e6, 25e6, 50e6, 100e6];

/** No limit, the usual ones, and the one in force. */
export function bandwidthOptions(current: number): { value: string; label: string }[] {
  const rates = [...new Set([...usual, ...(current === 0 ? [] : [current])])].sort((a, b) => a - b);
  return [
    { value: '0', label: transfersText.noLimit },
    ...rates.map((rate) => ({ value: String(rate), label: transfersText.speed(rate) })),
  ];
}

/** `08:30` of a minute of the day; 1440 is the midnight at its end. */
export function clockOf(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Minute of the day; null for what is no time. */
export function minuteOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
