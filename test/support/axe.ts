/**
 * Runs in plain Node, for tests only. The accessibility rules of axe over what a page shows now: asked for
 * violations alone, since gathering everything that passes takes most of the time.
 */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

export interface Violation {
  id: string;
  help: string;
  /** A selector and the start of the markup, for each element at fault. */
  nodes: string[];
}

type Theme = 'dark' | 'light' | 'contrast';

/** Rules whose outcome hangs on colours; themes differ in nothing else. */
const colourRules = ['color-contrast', 'link-in-text-block'];
const htmlLimit = 200;

async function run(page: Page, rules: string[] | null): Promise<Violation[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([wanted, limit]) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(document, {
        resultTypes: ['violations'],
        ...(wanted === null ? {} : { runOnly: { type: 'rule', values: wanted } }),
      });
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(({ target, html }) => `${target.join(' ')} ${html.slice(0, limit)}`),
      }));
    },
    [rules, htmlLimit] as const,
  );
}

/** All rules over the page as it is. */
export function examine(page: Page): Promise<Violation[]> {
  return run(page, null);
}

/** The same in several themes: every rule in the first, those that hang on colours in the others. */
export async function examineThemes(
  page: Page,
  themes: readonly Theme[] = ['dark', 'light', 'contrast'],
): Promise<(Violation & { theme: Theme })[]> {
  const found: (Violation & { theme: Theme })[] = [];
  const setTheme = (name: string | undefined): Promise<string | undefined> =>
    page.evaluate(async (wanted) => {
      const { dataset } = document.documentElement;
      const before = dataset['theme'];
      if (wanted !== undefined) dataset['theme'] = wanted;
      // A colour on its way to another is neither's.
      const passing = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      await Promise.allSettled(passing.map(({ finished }) => finished));
      return before;
    }, name);
  const before = await setTheme(undefined);
  for (const [at, theme] of themes.entries()) {
    await setTheme(theme);
    const violations = await run(page, at === 0 ? null : colourRules);
    found.push(...violations.map((violation) => ({ ...violation, theme })));
  }
  await setTheme(before);
  return found;
}
