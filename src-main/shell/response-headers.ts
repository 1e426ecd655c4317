/**
 * Runs in the main process; pure. The headers of everything that our own origin answers.
 */

/** Inline styles are needed by the virtual grid, which places its rows; scripts never are. */
export const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self'",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "frame-src 'none'",
  "worker-src 'self'",
].join('; ');

/** A picture or a film is never a document: opened as one it may run and load nothing. */
export const mediaPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

const deniedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
  'Permissions-Policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
};

/** Headers for the page and its parts. */
export function pageHeaders(contentType: string, sizeBytes: number): Record<string, string> {
  return {
    ...commonHeaders,
    'Content-Security-Policy': pagePolicy,
    'Content-Type': contentType,
    'Content-Length': String(sizeBytes),
    'Cache-Control': 'no-cache',
  };
}

/** The media service's own headers, with ours over them. */
export function mediaHeaders(own: Readonly<Record<string, string>>): Headers {
  const headers = new Headers(own);
  for (const [name, value] of Object.entries(commonHeaders)) headers.set(name, value);
  headers.set('Content-Security-Policy', mediaPolicy);
  return headers;
}

/** Headers for an answer without a body. */
export function emptyHeaders(): Record<string, string> {
  return { ...commonHeaders, 'Content-Security-Policy': mediaPolicy, 'Content-Length': '0' };
}
