/** Every view and state of the tour, examined by axe in every theme; nothing may be found. */
import { walkAll, type Theme } from '../tour/walk.ts';
import { examineThemes, type Violation } from '../support/axe.ts';
import { expect, test } from './flows.ts';

/** One walk examines each state in several themes: the theme is an attribute of the root, and nothing else. */
const walks: { themes: [Theme, ...Theme[]]; width: number; height: number }[] = [
  { themes: ['dark', 'light', 'contrast'], width: 1280, height: 800 },
  { themes: ['light'], width: 800, height: 700 },
];

for (const { themes, width, height } of walks) {
  test(`axe finds nothing in any view, ${themes.join(', ')}, ${width} wide`, async ({ sample }) => {
    test.setTimeout(420_000);
    const findings: (Violation & { stop: string; theme: Theme })[] = [];
    const seen: string[] = [];
    const [first] = themes;
    await walkAll({
      sample: sample.base,
      theme: first,
      size: { width, height },
      at: async ({ name }, { page }) => {
        // The product put the theme there itself: the attribute means what this test takes it for.
        expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(first);
        for (const one of await examineThemes(page, themes)) findings.push({ ...one, stop: name });
        seen.push(name);
      },
    });
    expect(seen.length).toBeGreaterThan(20);
    expect(findings).toEqual([]);
  });
}
