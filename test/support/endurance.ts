/** How long a run is: the short form in `npm test`, the long one in `npm run endurance`. */
export function inShortOrLong(short: number, long: number): number {
  return process.env['ALMAGEST_ENDURANCE'] === '1' ? long : short;
}
