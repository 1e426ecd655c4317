/** Every view and state of the tour, examined by axe in every theme; nothing may be found. */
import AxeBuilder from '@axe-core/playwright';
import { walkAll, type Theme } from '../tour/walk.ts';
import { expect, test } from './flows.ts';

interface Finding {
  stop: string;
  rule: string;
  help: string;
  targets: string[];
}

const walks: { theme: Theme; width: number; height: number }[] = [
  { theme: 'dark', width: 1280, height: 800 },
  { theme: 'light', width: 1280, height: 800 },
  { theme: 'contrast', width: 1280, height: 800 },
  { theme: 'light', width: 800, height: 700 },
];

for (const { theme, width, height } of walks) {
  test(`axe finds nothing in any view, ${theme}, ${width} wide`, async ({ sample }) => {
    test.setTimeout(300_000);
    const findings: Finding[] = [];
    const seen: string[] = [];
    await walkAll({
      sample: sample.base,
      theme,
      size: { width, height },
      at: async ({ name }, app) => {
        const { violations } = await new AxeBuilder({ page: app.page }).setLegacyMode().analyze();
        seen.push(name);
        for (const { id, help, nodes } of violations) {
          const targets = nodes.map((node) => node.target.join(' '));
          findings.push({ stop: name, rule: id, help, targets: targets.slice(0, 5) });
        }
      },
    });
    expect(seen.length).toBeGreaterThan(20);
    expect(findings).toEqual([]);
  });
}
