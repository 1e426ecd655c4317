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

/** Scrolls on from where the element is, frame by frame at one speed, and watches. Always by whole px. */
export function scrollAndWatch(plan: ScrollPlan): Promise<WatchedScroll> {
  const scroller = document.querySelector<HTMLElement>(plan.scroller);
  if (scroller === null) throw new Error('there is nothing to scroll');
  const watched: WatchedScroll = { frames: [], seen: [], longTasks: [], mostElements: 0 };
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.longTasks.push(entry.duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  let travelled = 0;
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
    watched.seen.push({ offset: travelled, shown });
    watched.mostElements = Math.max(watched.mostElements, tiles.length / Math.max(1, inView));
  };
  return new Promise((done) => {
    let firstMs: number | null = null;
    let lastMs = 0;
    const step = (nowMs: number): void => {
      firstMs ??= nowMs;
      if (nowMs > firstMs) {
        watched.frames.push(nowMs - lastMs);
        look();
      }
      lastMs = nowMs;
      const wanted = ((nowMs - firstMs) / 1000) * plan.pxPerSecond;
      const next = Math.min(plan.distance, Math.round(wanted));
      scroller.scrollTop += next - travelled;
      travelled = next;
      if (travelled < plan.distance) requestAnimationFrame(step);
      else {
        // Long tasks are told of a little later.
        setTimeout(() => {
          observer.disconnect();
          done(watched);
        }, 150);
      }
    };
    requestAnimationFrame(step);
  });
}

/** Scrolls by some px in steps that no list takes for a jump. */
export async function scrollBack(plan: ScrollPlan): Promise<void> {
  const scroller = document.querySelector<HTMLElement>(plan.scroller);
  if (scroller === null) throw new Error('there is nothing to scroll');
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  for (let left = plan.distance; left > 0;) {
    const step = Math.min(left, scroller.clientHeight);
    scroller.scrollTop -= step;
    left -= step;
    await frame();
  }
  await new Promise((rest) => setTimeout(rest, 400));
}

/** Goes slowly over a stretch until all its pictures are there, and notes where each of them stands. */
export async function surveyTiles(plan: ScrollPlan): Promise<TileBox[]> {
  const scroller = document.querySelector<HTMLElement>(plan.scroller);
  if (scroller === null) throw new Error('there is nothing to scroll');
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  const found = new Map<number, TileBox>();
  const step = Math.floor(scroller.clientHeight / 2);
  for (let offset = 0; offset <= plan.distance; offset += step) {
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
      if ((!areThere || tiles.length === 0) && performance.now() < endMs) continue;
      for (const tile of tiles) {
        const box = (tile.querySelector('.picture') ?? tile).getBoundingClientRect();
        const index = Number(tile.dataset['index']);
        found.set(index, {
          index,
          x: box.left - view.left,
          y: box.top - view.top + offset,
          width: box.width,
          height: box.height,
          source: tile.querySelector('img')?.src ?? '',
          caption: tile.querySelector('.caption')?.textContent ?? '',
        });
      }
      break;
    }
    scroller.scrollTop += step;
  }
  for (let left = Math.floor(plan.distance / step + 1) * step; left > 0; left -= step) {
    scroller.scrollTop -= step;
    await frame();
  }
  await new Promise((rest) => setTimeout(rest, 400));
  return [...found.values()].sort((a, b) => a.index - b.index);
}

/** What was found where an item was looked for. */
export interface ReachedItem {
  isReached: boolean;
  caption: string;
  hasPicture: boolean;
  /** Scrolls that it took. */
  steps: number;
  /** Item elements for each one in view. */
  elements: number;
}

/** Goes to an item by the scroll bar alone: jumps, each nearer than the one before, and small steps at the end. */
export async function reachItem({
  index,
  count,
}: {
  index: number;
  count: number;
}): Promise<ReachedItem> {
  const scroller = document.querySelector<HTMLElement>('.scroller');
  if (scroller === null) throw new Error('there is no grid');
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  const inView = (): HTMLElement[] => {
    const view = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll<HTMLElement>('[data-index]')].filter((tile) => {
      const box = tile.getBoundingClientRect();
      return box.bottom > view.top && box.top < view.bottom;
    });
  };
  const read = (): { first: number; last: number } => {
    const indexes = inView().map((tile) => Number(tile.dataset['index']));
    return { first: Math.min(...indexes), last: Math.max(...indexes) };
  };
  /** What is in view once it no longer changes: proportions of pictures come after a jump and move rows. */
  const seen = async (): Promise<{ first: number; last: number }> => {
    const endMs = performance.now() + 5_000;
    let before = read();
    for (let same = 0; same < 3 && performance.now() < endMs;) {
      await frame();
      const now = read();
      const isSame = now.first === before.first && now.last === before.last;
      same = isSame && Number.isFinite(now.first) ? same + 1 : 0;
      before = now;
    }
    return before;
  };
  let low = { top: 0, index: 0 };
  let high = { top: scroller.scrollHeight - scroller.clientHeight, index: count - 1 };
  let at = await seen();
  let steps = 0;
  const isIn = (): boolean => index >= at.first && index <= at.last;
  const isNear = (): boolean => {
    const length = at.last - at.first + 1;
    return index >= at.first - 3 * length && index <= at.last + 3 * length;
  };
  const farthest = high.top;
  while (!isNear() && steps < 30) {
    const share = (index - low.index) / Math.max(1, high.index - low.index);
    // Every other time the middle: the ends of the bar run slower than the stretch between them.
    const part = steps % 2 === 0 ? share : 0.5;
    const guess = low.top + (high.top - low.top) * part;
    // From far away, so that it counts as a jump however near the place was already.
    scroller.scrollTop = guess > farthest / 2 ? 0 : farthest;
    await frame();
    scroller.scrollTop = guess;
    steps += 1;
    at = await seen();
    if (index < at.first) high = { top: scroller.scrollTop, index: at.first };
    else if (index > at.last) low = { top: scroller.scrollTop, index: at.last };
  }
  while (!isIn() && steps < 60) {
    scroller.scrollTop += (index < at.first ? -1 : 1) * Math.floor(scroller.clientHeight * 0.9);
    steps += 1;
    at = await seen();
  }
  const tileOf = (): HTMLElement | null =>
    scroller.querySelector<HTMLElement>(`[data-index="${index}"]`);
  const isThere = (tile: HTMLElement | null): boolean => {
    if (tile === null) return false;
    const image = tile.querySelector('img');
    if (image === null) return tile.querySelector('.missing') !== null;
    return image.complete && image.naturalWidth > 0;
  };
  const endMs = performance.now() + 20_000;
  while (isIn() && !isThere(tileOf()) && performance.now() < endMs) await frame();
  const tile = tileOf();
  const elements = scroller.querySelectorAll('[data-index]').length / Math.max(1, inView().length);
  const caption = tile?.querySelector('.caption')?.textContent ?? '';
  return { isReached: isIn(), caption, hasPicture: isThere(tile), steps, elements };
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
