/** Runs in a page or in Node. How the archives did, for the fake core. Knobs: `health` = none | trouble. */
import {
  healthSlotMs,
  healthSlots,
  type ArchiveHealth,
  type HealthSlot,
  type HostHealth,
  type RequestEntry,
} from '#contract/health.ts';

type Knobs = Readonly<Record<string, string | undefined>>;

/** Half past seven in the evening, so that pictures are alike. */
const nowMs = Date.UTC(2022, 2, 1, 19, 5);

function slotsOf(seed: number, medianMs: number, trouble: number): HealthSlot[] {
  return Array.from({ length: healthSlots }, (_one, at) => {
    const requests = at % 11 === 10 ? 0 : ((at * 7 + seed) % 13) + 1;
    const isTroubled = at >= healthSlots - trouble;
    return {
      requests,
      failed: isTroubled && at % 3 === 0 && requests > 0 ? 1 : 0,
      medianMs: requests === 0 ? null : isTroubled ? medianMs * 12 : medianMs + ((at * 31) % 60),
    };
  });
}

function hostOf(
  archive: HostHealth['archive'],
  part: HostHealth['part'],
  host: string,
  figures: { medianMs: number; trouble: number } & Partial<HostHealth>,
): HostHealth {
  const { medianMs, trouble, ...more } = figures;
  const slots = slotsOf(host.length, medianMs, trouble);
  return {
    archive,
    part,
    host,
    state: 'answering',
    resumesAtMs: null,
    lastSuccessAtMs: nowMs - 60_000,
    requests: slots.reduce((sum, slot) => sum + slot.requests, 0),
    failed: slots.reduce((sum, slot) => sum + slot.failed, 0),
    medianMs,
    isSlow: trouble > 0,
    slots,
    pace: { perSecond: 5, atOnce: 4 },
    budget: null,
    ...more,
  };
}

export function fakeHealth(knobs: Knobs): ArchiveHealth {
  const sinceMs = (Math.floor(nowMs / healthSlotMs) + 1 - healthSlots) * healthSlotMs;
  if (knobs['health'] === 'none') return { hosts: [], sinceMs, nowMs };
  const isTroubled = knobs['health'] === 'trouble';
  const quiet = { trouble: 0 };
  return {
    hosts: [
      hostOf('nasa-images', 'api', 'images-api.nasa.gov', { medianMs: 184, ...quiet }),
      hostOf('nasa-images', 'files', 'images-assets.nasa.gov', { medianMs: 61, ...quiet }),
      hostOf('pds-registry', 'api', 'pds.mcp.nasa.gov', {
        medianMs: 290,
        trouble: isTroubled ? 9 : 0,
        ...(isTroubled ? { state: 'waiting', resumesAtMs: nowMs + 25 * 60_000 } : {}),
      }),
      hostOf('pds-registry', 'files', 'pds-geosciences.wustl.edu', { medianMs: 240, ...quiet }),
      hostOf('astrobin', 'api', 'www.astrobin.com', {
        medianMs: 410,
        trouble: 0,
        pace: { perSecond: 1, atOnce: 1 },
        budget: { perDay: 500, used: isTroubled ? 500 : 61, renewsAtMs: nowMs + 4.9 * 3_600_000 },
      }),
    ],
    sinceMs,
    nowMs,
  };
}

const rows: readonly Omit<RequestEntry, 'id' | 'atMs' | 'method'>[] = [
  {
    archive: 'pds-registry',
    host: 'pds.mcp.nasa.gov',
    path: '/api/search/1/products/urn:nasa:pds:made_0/members?limit=100',
    status: 504,
    failure: null,
    tookMs: 30_000,
    then: { kind: 'retried', status: 200, afterMs: 1200 },
  },
  {
    archive: 'nasa-images',
    host: 'images-api.nasa.gov',
    path: '/search?q=stars&page=1&page_size=100',
    status: 200,
    failure: null,
    tookMs: 184,
    then: null,
  },
  {
    archive: 'astrobin',
    host: 'www.astrobin.com',
    path: '/api/v1/image/?subjects=M31&limit=25&offset=0&format=json',
    status: 429,
    failure: null,
    tookMs: 200,
    then: { kind: 'waits', untilMs: nowMs + 4.9 * 3_600_000 },
  },
  {
    archive: 'pds-registry',
    host: 'pds-geosciences.wustl.edu',
    path: '/insight/urn-nasa-pds-made_0/data_derived/rad_der_0000001.tab',
    status: null,
    failure: 'ECONNRESET',
    tookMs: 812,
    then: { kind: 'given-up' },
  },
];

const isTrouble = ({ status, tookMs }: { status: number | null; tookMs: number }): boolean =>
  status === null || status >= 400 || tookMs > 5000;

export function fakeRequests(
  knobs: Knobs,
  pick: { isTroubled: boolean; text: string },
): RequestEntry[] {
  if (knobs['health'] === 'none') return [];
  return rows
    .map((row, at) => ({ ...row, id: 100 - at, atMs: nowMs - (at + 1) * 83_000, method: 'GET' }))
    .filter((row) => !pick.isTroubled || isTrouble(row))
    .filter((row) =>
      `${row.host} ${row.path} ${String(row.status)}`.includes(pick.text.trim().toLowerCase()),
    );
}
