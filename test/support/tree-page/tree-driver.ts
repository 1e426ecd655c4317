/** Runs in tests. What is asked of a page with a tree grid: its rows, its focus, what is in view. */
import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { TreeGridState } from '#renderer/ui/tree-grid/tree-grid-state.svelte.ts';
import type { MadeNode, MadeTree } from './made-tree.ts';

export interface TreeHooks {
  made: MadeTree;
  tree: MadeTree['tree'];
  grid: TreeGridState<MadeNode>;
  events: string[];
  focusRow(index: number): void;
  focus(): void;
}

declare global {
  interface Window {
    treeHooks: TreeHooks;
  }
}

/** The rows that a page shows, as it shows them. */
export interface TreeView {
  first: number;
  last: number;
  /** Rows at least partly seen, and all in the document. */
  seen: number;
  all: number;
  pending: number;
  firstTop: number;
  firstTitle: string;
  rowHeight: number;
}

const row = (page: Page, index: number): Locator => page.locator(`[data-index="${index}"]`);

const focused = (page: Page): Promise<{ index: string | null; column: string | null }> =>
  page.evaluate(() => {
    const element = document.activeElement;
    return {
      index: element?.closest('[data-index]')?.getAttribute('data-index') ?? null,
      column: element?.getAttribute('data-column') ?? null,
    };
  });

const titleOf = async (page: Page, index: number): Promise<string | null> => {
  const title = row(page, index).locator('.content');
  return (await title.count()) === 0 ? null : ((await title.textContent()) ?? '').trim();
};

const inView = (page: Page): Promise<TreeView> =>
  page.evaluate(() => {
    const view = document.querySelector('[role=rowgroup]')?.getBoundingClientRect();
    const all = [...document.querySelectorAll<HTMLElement>('[data-index]')];
    const seen = all.filter((one) => {
      const box = one.getBoundingClientRect();
      return view !== undefined && box.bottom > view.top + 0.5 && box.top < view.bottom - 0.5;
    });
    const numbers = seen.map((one) => Number(one.dataset['index']));
    const first = Math.min(...numbers);
    const top = seen.find((one) => one.dataset['index'] === String(first));
    return {
      first,
      last: Math.max(...numbers),
      seen: seen.length,
      all: all.length,
      pending: seen.filter((one) => one.dataset['kind'] === 'pending').length,
      firstTop: top?.getBoundingClientRect().top ?? Number.NaN,
      firstTitle: top?.querySelector('.content')?.textContent?.trim() ?? '',
      rowHeight: top?.offsetHeight ?? 0,
    };
  });

async function arrived(page: Page): Promise<TreeView> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await expect.poll(async () => (await inView(page)).pending, { timeout: 20_000 }).toBe(0);
  return inView(page);
}

export const treeDriver = {
  row,
  focused,
  titleOf,
  inView,
  /** The row that has the focus, or one of its cells. */
  at: async (page: Page): Promise<string | null> => (await focused(page)).index,
  /** Selected rows that are drawn. */
  selected: (page: Page): Promise<number[]> =>
    page
      .locator('[data-index][aria-selected=true]')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-index')))),
  titles: async (page: Page): Promise<string[]> =>
    (await page.locator('[data-index] .content').allTextContents()).map((text) => text.trim()),
  waitForTitle: (page: Page, title: string): Promise<void> =>
    page.locator('[data-index] .content', { hasText: title }).first().waitFor(),
  /** By the scroll bar; resolves when what is there now is drawn and loaded. */
  async scrollTo(page: Page, top: number): Promise<TreeView> {
    await page.evaluate((to) => document.querySelector('[role=rowgroup]')?.scrollTo(0, to), top);
    return arrived(page);
  },
  /** As the wheel does. */
  async scrollBy(page: Page, distance: number): Promise<TreeView> {
    await page.evaluate(
      (by) => document.querySelector('[role=rowgroup]')?.scrollBy(0, by),
      distance,
    );
    return arrived(page);
  },
};
