/**
 * Runs in plain Node. Reads the `ALMAGEST_*` environment, which tests, scripts and the terminal use to point
 * the core at other addresses. Packaged windows ignore it: a stray variable must not redirect someone's archive.
 */
export interface Overrides {
  nasaImagesApi: string | null;
  pdsApi: string | null;
  astrobinApi: string | null;
  downloadFolder: string | null;
  /** `PER_SECOND,BURST,AT_ONCE[,A_DAY]` by variable name; read by the governor, loopback addresses only. */
  rates: Readonly<Record<string, string>>;
  /** Names of the variables in force, for the window to show. */
  names: string[];
}

const none: Overrides = {
  nasaImagesApi: null,
  pdsApi: null,
  astrobinApi: null,
  downloadFolder: null,
  rates: {},
  names: [],
};

const rateNames = [
  'ALMAGEST_RATE_NASA_API',
  'ALMAGEST_RATE_NASA_FILES',
  'ALMAGEST_RATE_PDS_API',
  'ALMAGEST_RATE_PDS_FILES',
  'ALMAGEST_RATE_ASTROBIN',
];

function parseAddress(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new TypeError(`${name} is not an http or https address: ${text.slice(0, 200)}`);
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * The overrides in force.
 * @throws TypeError when an address is not one; its message names the variable.
 */
export function readOverrides(
  environment: Readonly<Record<string, string | undefined>>,
  areAllowed: boolean,
): Overrides {
  if (!areAllowed) return none;
  const given = (name: string): string | null => {
    const value = environment[name];
    return value === undefined || value === '' ? null : value;
  };
  const nasa = given('ALMAGEST_NASA_IMAGES_API');
  const pds = given('ALMAGEST_PDS_API');
  const astrobin = given('ALMAGEST_ASTROBIN_API');
  const downloads = given('ALMAGEST_DOWNLOADS');
  const rates: Record<string, string> = {};
  for (const name of rateNames) {
    const value = given(name);
    if (value !== null) rates[name] = value;
  }
  return {
    nasaImagesApi: nasa === null ? null : parseAddress('ALMAGEST_NASA_IMAGES_API', nasa),
    pdsApi: pds === null ? null : parseAddress('ALMAGEST_PDS_API', pds),
    astrobinApi: astrobin === null ? null : parseAddress('ALMAGEST_ASTROBIN_API', astrobin),
    downloadFolder: downloads,
    rates,
    names: [
      ...(nasa === null ? [] : ['ALMAGEST_NASA_IMAGES_API']),
      ...(pds === null ? [] : ['ALMAGEST_PDS_API']),
      ...(astrobin === null ? [] : ['ALMAGEST_ASTROBIN_API']),
      ...(downloads === null ? [] : ['ALMAGEST_DOWNLOADS']),
      ...Object.keys(rates),
    ],
  };
}
