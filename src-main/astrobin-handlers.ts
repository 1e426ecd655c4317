/** Runs in plain Node. The endpoints of AstroBin, each handed to the service that does it. */
import type { AstrobinParam } from '#contract/astrobin.ts';
import type { AstrobinShellService } from './astrobin/astrobin-service.ts';
import type { CoreHandlers } from './ports.ts';
import { checkParams } from './sources/astrobin/filters.ts';

export function astrobinHandlers(astrobin: AstrobinShellService): CoreHandlers['astrobin'] {
  return {
    service: () => astrobin.service(),
    checkKeys: (_args, { signal }) => astrobin.checkKeys(signal),
    storeKeys: ({ key, secret, guard }) => astrobin.storeKeys({ key, secret }, guard),
    storeSecret: ({ name, text }) => astrobin.storeSecret(name, text),
    forgetKeys: () => astrobin.forgetKeys(),
    checkParams: async ({ resource, params }) => ({ problems: checkParams(resource, params) }),
    images: ({ params, offset, limit, refresh }, { signal }) =>
      astrobin.images(params, { offset, limit }, signal, { refresh }),
    cachedImages: async ({ params, offset, limit }) => ({
      page: await astrobin.cachedImages(params, { offset, limit }),
    }),
    image: ({ ref, refresh }, { signal }) => astrobin.image(ref, signal, { refresh }),
    cachedImage: async ({ ref }) => ({ detail: await astrobin.cachedImage(ref) }),
    revisions: ({ ref, refresh }, { signal }) => astrobin.revisions(ref, signal, { refresh }),
    picks: ({ kind, offset, limit, refresh }, { signal }) =>
      astrobin.picks(kind, { offset, limit }, signal, { refresh }),
    cachedPicks: async ({ kind, offset, limit }) => ({
      part: await astrobin.cachedPicks(kind, { offset, limit }),
    }),
    user: ({ username, refresh }, { signal }) => astrobin.user(username, signal, { refresh }),
    usersMet: async () => ({ names: astrobin.usersMet() }),
    collections: ({ user, name, offset, limit, refresh }, { signal }) =>
      astrobin.collections(collectionParams(user, name), { offset, limit }, signal, { refresh }),
    collection: ({ id, refresh }, { signal }) => astrobin.collection(id, signal, { refresh }),
    place: ({ id }, { signal }) => astrobin.place(id, signal),
    openCrawl: async ({ params, walk }) => ({ id: astrobin.openCrawl(params, walk) }),
    nextOfCrawl: ({ id }, { signal }) => astrobin.nextOfCrawl(id, signal),
    closeCrawl: async ({ id }) => {
      astrobin.closeCrawl(id);
      return null;
    },
    get: ({ resource, id, params }, { signal }) => astrobin.get({ resource, id, params }, signal),
  };
}

function collectionParams(user: string | undefined, name: string | undefined): AstrobinParam[] {
  const params: AstrobinParam[] = [];
  if (user !== undefined && user !== '') params.push(['user', user]);
  if (name !== undefined && name !== '') params.push(['name__icontains', name]);
  return params;
}
