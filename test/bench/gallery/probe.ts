/**
 * Runs in a page, as source text: each function stands for itself and uses nothing of this file. How a list of
 * pictures is scrolled and what is seen meanwhile, the same for our grid and for its peer.
 */

/** Where one picture stands, px from the top of the watched stretch and from the left edge of the view. */
export interface TileBox {
  index: number;
  x: number;
  y: number;
  width: number;
  height: number;
  source: string;
  caption: string;
}

export interface WatchedScroll {
  /** ms between frames, in order. */
  frames: number[];
  /** For each frame: px scrolled so far, and pictures in view that are there. */
  seen: { offset: number; shown: number }[];
  /** ms of tasks over 50 ms. */
  longTasks: number[];
  /** Item elements for each one in view, at most; 1 for the peer, which has all of them. */
  mostElements: number;
}

export interface ScrollPlan {
  scroller: string;
  tile: string;
  pxPerSecond: number;
  distance: number;
}

/** Scrolls on from where the element is, frame by frame at one speed, and watches. */
export function scrollAndWatch(plan: ScrollPlan): Promise<WatchedScroll> {
  const scroller = document.querySelector<HTMLElement>(plan.scroller);
  if (scroller === null) throw new Error('there is nothing to scroll');
  const watched: WatchedScroll = { frames: [], seen: [], longTasks: [], mostElements: 0 };
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.longTasks.push(entry.duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  const start = scroller.scrollTop;
  const look = (): void => {
    const view = scroller.getBoundingClientRect();
    const tiles = document.querySelectorAll(plan.tile);
    let shown = 0;
    let inView = 0;
    for (const tile of tiles) {
      const box = tile.getBoundingClientRect();
      if (box.bottom <= view.top || box.top >= view.bottom) continue;
      inView += 1;
      const image = tile.querySelector('img');
      const isThere = image === null ? tile.querySelector('.missing') !== null : image.complete;
      if (isThere) shown += 1;
    }
    watched.seen.push({ offset: scroller.scrollTop - start, shown });
    watched.mostElements = Math.max(watched.mostElements, tiles.length / Math.max(1, inView));
  };
  return new Promise((done) => {
    let firstMs: number | null = null;
    let lastMs = 0;
    const step = (nowMs: number): void => {
      if (firstMs === null) firstMs = nowMs;
      else {
        watched.frames.push(nowMs - lastMs);
        look();
      }
      lastMs = nowMs;
      const travelled = ((nowMs - firstMs) / 1000) * plan.pxPerSecond;
      scroller.scrollTop = start + Math.min(travelled, plan.distance);
      if (travelled < plan.distance) requestAnimationFrame(step);
      else {
        // Long tasks are told of a little later.
        setTimeout(() => {
          observer.disconnect();
          done(watched);
        }, 120);
      }
    };
    requestAnimationFrame(step);
  });
}

/** Goes slowly over a stretch until all its pictures are there, and notes where each of them stands. */
export async function surveyTiles(plan: ScrollPlan): Promise<TileBox[]> {
  const scroller = document.querySelector<HTMLElement>(plan.scroller);
  if (scroller === null) throw new Error('there is nothing to scroll');
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  const start = scroller.scrollTop;
  const found = new Map<number, TileBox>();
  const step = Math.floor(scroller.clientHeight / 2);
  for (let offset = 0; offset <= plan.distance + step; offset += step) {
    scroller.scrollTop = start + offset;
    const endMs = performance.now() + 20_000;
    for (;;) {
      await frame();
      const view = scroller.getBoundingClientRect();
      const tiles = [...document.querySelectorAll<HTMLElement>(plan.tile)].filter((tile) => {
        const box = tile.getBoundingClientRect();
        return box.bottom > view.top && box.top < view.bottom;
      });
      const areThere = tiles.every((tile) => {
        const image = tile.querySelector('img');
        return image === null ? tile.querySelector('.missing') !== null : image.complete;
      });
      if (!areThere && performance.now() < endMs) continue;
      for (const tile of tiles) {
        const box = (tile.querySelector('.picture') ?? tile).getBoundingClientRect();
        const index = Number(tile.dataset['index']);
        found.set(index, {
          index,
          x: box.left - view.left,
          y: box.top - view.top + scroller.scrollTop - start,
          width: box.width,
          height: box.height,
          source: tile.querySelector('img')?.src ?? '',
          caption: tile.querySelector('.caption')?.textContent ?? '',
        });
      }
      break;
    }
  }
  scroller.scrollTop = start;
  await frame();
  await frame();
  return [...found.values()].sort((a, b) => a.index - b.index);
}

/** Builds the peer into an empty page of the same origin: a plain list of the same pictures at the same places. */
export async function buildPeer(
  tiles: TileBox[],
  view: { left: number; top: number; width: number; height: number; distance: number },
): Promise<void> {
  document.body.replaceChildren();
  document.documentElement.style.background = document.body.style.background = '#141517';
  document.body.style.margin = '0';
  const scroller = document.createElement('div');
  scroller.className = 'peer';
  Object.assign(scroller.style, {
    position: 'absolute',
    left: `${view.left}px`,
    top: `${view.top}px`,
    width: `${view.width}px`,
    height: `${view.height}px`,
    overflow: 'hidden auto',
    font: '12px/17px sans-serif',
    color: '#b4b7bd',
  });
  const list = document.createElement('div');
  Object.assign(list.style, { position: 'relative', height: `${view.distance + view.height}px` });
  for (const { x, y, width, height, source, caption } of tiles) {
    const tile = document.createElement('figure');
    tile.className = 'tile';
    Object.assign(tile.style, {
      position: 'absolute',
      margin: '0',
      left: `${x}px`,
      top: `${y}px`,
      width: `${width}px`,
    });
    const picture = document.createElement(source === '' ? 'div' : 'img');
    if (picture instanceof HTMLImageElement) {
      picture.loading = 'lazy';
      picture.decoding = 'async';
      picture.width = Math.round(width);
      picture.height = Math.round(height);
      picture.src = source;
    } else picture.className = 'missing';
    Object.assign(picture.style, { display: 'block', objectFit: 'cover', height: `${height}px` });
    const words = document.createElement('figcaption');
    words.textContent = caption;
    Object.assign(words.style, { overflow: 'hidden', whiteSpace: 'nowrap' });
    tile.append(picture, words);
    list.append(tile);
  }
  scroller.append(list);
  document.body.append(scroller);
  await new Promise((rest) => requestIdleCallback(rest));
}

/** The view of the grid, in px of the page. */
export function viewOf(selector: string): {
  left: number;
  top: number;
  width: number;
  height: number;
} {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  if (box === undefined) throw new Error('there is no grid');
  return { left: box.left, top: box.top, width: box.width, height: box.height };
}
