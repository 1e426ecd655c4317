/** Every view and state of the tour, examined by axe in every theme; nothing may be found. */
import AxeBuilder from '@axe-core/playwright';
import { walkAll, type Theme } from '../tour/walk.ts';
import { expect, test } from './flows.ts';

interface Finding {
  stop: string;
  theme: Theme;
  rule: string;
  help: string;
  targets: string[];
}

/** One walk examines each state in several themes: the theme is an attribute of the root, and nothing else. */
const walks: { themes: [Theme, ...Theme[]]; width: number; height: number }[] = [
  { themes: ['dark', 'light', 'contrast'], width: 1280, height: 800 },
  { themes: ['light'], width: 800, height: 700 },
];

for (const { themes, width, height } of walks) {
  test(`axe finds nothing in any view, ${themes.join(', ')}, ${width} wide`, async ({ sample }) => {
    test.setTimeout(420_000);
    const findings: Finding[] = [];
    const seen: string[] = [];
    const [first] = themes;
    await walkAll({
      sample: sample.base,
      theme: first,
      size: { width, height },
      at: async ({ name }, { page }) => {
        for (const theme of themes) {
          const shown = await page.evaluate((wanted) => {
            const { dataset } = document.documentElement;
            const before = dataset['theme'];
            dataset['theme'] = wanted;
            return before;
          }, theme);
          // The product put the first one there itself: the attribute means what this test takes it for.
          if (theme === first) expect(shown).toBe(theme);
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          for (const { id, help, nodes } of violations) {
            const targets = nodes.map((node) => node.target.join(' '));
            findings.push({ stop: name, theme, rule: id, help, targets: targets.slice(0, 5) });
          }
        }
        await page.evaluate((theme) => {
          document.documentElement.dataset['theme'] = theme;
        }, first);
        seen.push(name);
      },
    });
    expect(seen.length).toBeGreaterThan(20);
    expect(findings).toEqual([]);
  });
}
