/** Pure. The windows in which the gallery is looked at. */
export interface GalleryCase {
  name: string;
  layout: 'justified' | 'square';
  width: number;
  height: number;
  scale: 1 | 2 | 3;
  /** Text zoom, percent. */
  zoom: 100 | 200;
}

const windows: readonly Omit<GalleryCase, 'layout' | 'name'>[] = [
  { width: 1280, height: 800, scale: 1, zoom: 100 },
  { width: 1280, height: 800, scale: 2, zoom: 100 },
  { width: 1280, height: 800, scale: 3, zoom: 100 },
  { width: 800, height: 700, scale: 1, zoom: 200 },
  { width: 3840, height: 2000, scale: 1, zoom: 100 },
];

/** Both layouts in each window; `ALMAGEST_BENCH_CASES`, a part of names, chooses some. */
export function galleryCases(only = ''): GalleryCase[] {
  return windows
    .flatMap((window) =>
      (['justified', 'square'] as const).map((layout) => ({
        ...window,
        layout,
        name: `${layout} ${window.width}x${window.height} @${window.scale} ${window.zoom}%`,
      })),
    )
    .filter(({ name }) => name.includes(only));
}
