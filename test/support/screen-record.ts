/**
 * Runs in plain Node, for tests only. All that a page ever showed: every text and every attribute that stood in its document
 * even for a moment, what its fields held, and what it keeps beside them.
 */
import type { Page } from 'playwright-core';

interface ScreenRecord {
  seen: Set<string>;
  lastChangeMs: number;
}

declare global {
  interface Window {
    screenRecord?: ScreenRecord;
  }
}

/** Starts to watch; once for each document. */
export async function watchScreen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const record: ScreenRecord = { seen: new Set(), lastChangeMs: performance.now() };
    window.screenRecord = record;
    const take = (node: Node): void => {
      if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.COMMENT_NODE) {
        record.seen.add(node.textContent ?? '');
        return;
      }
      if (!(node instanceof Element)) return;
      for (const { name, value } of node.attributes) record.seen.add(`${name}=${value}`);
      node.childNodes.forEach(take);
    };
    take(document.documentElement);
    new MutationObserver((changes) => {
      record.lastChangeMs = performance.now();
      for (const { type, target, addedNodes, attributeName } of changes) {
        if (type === 'childList') addedNodes.forEach(take);
        else if (type === 'characterData') take(target);
        else if (target instanceof Element && attributeName !== null) {
          record.seen.add(`${attributeName}=${target.getAttribute(attributeName) ?? ''}`);
        }
      }
    }).observe(document, {
      ...{ subtree: true, childList: true, characterData: true, attributes: true },
    });
  });
}

/** Resolves once nothing has changed on the screen for a while. */
export async function screenIsQuiet(page: Page): Promise<void> {
  await page.waitForFunction(
    () => performance.now() - (window.screenRecord?.lastChangeMs ?? 0) > 400,
    undefined,
    { timeout: 60_000, polling: 100 },
  );
}

/** What it holds now: words as they are read, fields, its address and history, its storage, what it fetched. */
export async function readScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea, select')];
    return [
      document.title,
      location.href,
      document.body.innerText,
      JSON.stringify(history.state),
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      ...fields.map((field) => (field as HTMLInputElement).value),
      ...performance.getEntries().map(({ name }) => name),
    ];
  });
}

/** Everything that stood in the document since it was watched. */
export async function everSeen(page: Page): Promise<string[]> {
  return page.evaluate(() => [...(window.screenRecord?.seen ?? [])]);
}
