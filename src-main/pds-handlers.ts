/** Runs in plain Node. The endpoints of the PDS registry and of labels, each handed to the service that does it. */
import type { RecordRef } from '#contract/domain.ts';
import type { LabelBytes } from './formats/label/label-feed.ts';
import type { LabelsService } from './formats/label/labels-service.ts';
import type { PdsRegistryService } from './pds/pds-service.ts';
import type { CoreHandlers } from './ports.ts';

export interface PdsParts {
  pds: PdsRegistryService;
  labels: LabelsService;
  openLabel(ref: RecordRef, signal: AbortSignal): Promise<LabelBytes>;
}

export function pdsHandlers({ pds }: PdsParts): CoreHandlers['pds'] {
  return {
    list: ({ of, from, count, refresh }, { signal }) =>
      pds.list(of, { from, count }, signal, { refresh }),
    cachedList: async ({ of, from, count }) => ({
      part: await pds.cachedList(of, { from, count }),
    }),
    product: ({ ref, refresh }, { signal }) => pds.product(ref, signal, { refresh }),
    parents: ({ ref }, { signal }) => pds.parents(ref, signal),
    versions: ({ ref }, { signal }) => pds.versions(ref, signal),
    properties: (_args, { signal }) => pds.properties(signal),
    openCrawl: async ({ target }) => ({ id: pds.openCrawl(target) }),
    nextOfCrawl: ({ id }, { signal }) => pds.nextOfCrawl(id, signal),
    closeCrawl: async ({ id }) => {
      pds.closeCrawl(id);
      return null;
    },
    service: (_args, { signal }) => pds.service(signal),
    get: ({ path, params, accept }, { signal }) => pds.get(path, params, accept, signal),
  };
}

export function labelHandlers({ labels, openLabel }: PdsParts): CoreHandlers['labels'] {
  return {
    open: async ({ ref, isWhole }, { signal }) => {
      const state = await labels.open(await openLabel(ref, signal), signal);
      return isWhole ? labels.whole(state.id) : state;
    },
    state: ({ id }) => labels.state(id),
    rows: ({ id, from, count }) => labels.rows(id, from, count),
    fold: async ({ id, fold }) => ({ total: await labels.fold(id, fold) }),
    reveal: ({ id, node }) => labels.reveal(id, node),
    search: ({ id, text, onlyMatches }) => labels.search(id, text, onlyMatches),
    hit: ({ id, hit }) => labels.hit(id, hit),
    hitFrom: ({ id, node, direction }) => labels.hitFrom(id, node, direction),
    node: ({ id, node }) => labels.node(id, node),
    nodeAt: ({ id, sourceRow }) => labels.nodeAt(id, sourceRow),
    xpath: ({ id, expression, from, count }) => labels.xpath(id, expression, from, count),
    source: ({ id, from, count }) => labels.source(id, from, count),
    close: async ({ id }) => {
      await labels.close(id);
      return null;
    },
  };
}
