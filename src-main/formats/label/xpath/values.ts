/** Runs in plain Node, in the labels' worker. How values of XPath 1.0 become strings and numbers. */

/** Blanks around it are allowed. An exponent is not XPath's, but labels write numbers so, and libxml2 reads them. */
const numberText = /^[ \t\r\n]*(-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[ \t\r\n]*$/;
/** The longest text that is looked at as a number. */
const mostUnits = 1000;

export function toNumber(text: string): number {
  if (text.length > mostUnits) return Number.NaN;
  const found = numberText.exec(text)?.[1];
  return found === undefined ? Number.NaN : Number(found);
}

/** Plain digits, never an exponent. Fractions have 15 digits, as libxml2 writes them: 0.1 + 0.2 is 0.3. */
export function numberToString(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return '0';
  if (Number.isInteger(value)) return wholeNumber(value);
  return plainDigits(value.toPrecision(15));
}

function wholeNumber(value: number): string {
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

/** `1.50000000000000e-7` as `0.00000015`. */
function plainDigits(text: string): string {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', part = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  const digits = whole + part;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const fraction = padded.slice(at).replace(/0+$/, '');
  return `${sign}${padded.slice(0, at)}${fraction === '' ? '' : `.${fraction}`}`;
}
