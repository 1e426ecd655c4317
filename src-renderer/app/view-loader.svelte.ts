import type { Component } from 'svelte';
import type { Route } from '../lib/deps.ts';
import GalleryView from '../views/GalleryView.svelte';

type ViewName = Route['view'];

/** One import a view but for the gallery, on which most windows open: it does not read the settings' code. */
const imports: Readonly<Record<Exclude<ViewName, 'nasa'>, () => Promise<{ default: Component }>>> =
  {
    welcome: () => import('../views/WelcomeView.svelte'),
    record: () => import('../views/RecordView.svelte'),
    captions: () => import('../views/CaptionsView.svelte'),
    album: () => import('../views/AlbumView.svelte'),
    'astrobin-day': () => import('../views/AstrobinDayView.svelte'),
    astrobin: () => import('../views/AstrobinView.svelte'),
    'astrobin-user': () => import('../views/AstrobinUserView.svelte'),
    'astrobin-collections': () => import('../views/AstrobinCollectionsView.svelte'),
    'astrobin-collection': () => import('../views/AstrobinCollectionView.svelte'),
    pds: () => import('../views/PdsView.svelte'),
    'pds-query': () => import('../views/PdsQueryView.svelte'),
    'pds-label': () => import('../views/PdsLabelView.svelte'),
    library: () => import('../views/LibraryView.svelte'),
    health: () => import('../views/HealthView.svelte'),
    downloads: () => import('../views/DownloadsView.svelte'),
    settings: () => import('../views/SettingsView.svelte'),
  };

/** The views' code, read when a view is first wanted and kept from then on. */
export class ViewLoader {
  #views = $state.raw<Partial<Record<ViewName, Component>>>({ nasa: GalleryView });
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Null while its code is being read. */
  view(name: ViewName): Component | null {
    return this.#views[name] ?? null;
  }

  /** Resolves when the view can be drawn; a failure goes to `onError` and is tried again when asked again. */
  async load(name: ViewName): Promise<void> {
    if (name === 'nasa' || this.#views[name] !== undefined) return;
    try {
      const { default: view } = await imports[name]();
      this.#views = { ...this.#views, [name]: view };
    } catch (error) {
      this.#onError(error);
    }
  }
}
