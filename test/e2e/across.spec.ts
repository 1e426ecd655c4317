/** What the three archives have in common: their health in one place, and records that lead from one to another. */
import { sampleAstrobinKey, sampleAstrobinSecret } from '#main/sample/astrobin/credentials.ts';
import { Astrobin, atAstrobin } from './astrobin.ts';
import { expect, flow } from './flows.ts';
import type { Person } from './person.ts';

const hostsOf = ({ page }: Person) =>
  page.getByRole('table', { name: 'Hosts and how they answered' });
const requestsOf = ({ page }: Person) => page.getByRole('grid', { name: /^Recent requests/ });

async function openHealth(person: Person): Promise<void> {
  if (person.way === 'mouse') {
    const sidebar = person.page.getByRole('navigation', { name: 'Places' });
    await sidebar.getByRole('button', { name: 'Archive health' }).click();
  } else await person.command('health', 'Archive health');
  await expect(person.page.getByRole('heading', { name: 'Archive health' })).toBeVisible();
}

async function requestsLeft(person: Person): Promise<number> {
  const row = hostsOf(person).getByRole('row', { name: /^AstroBin/ });
  await expect(row).toContainText(/\d left until \d\d:\d\d/);
  const words = (await row.textContent()) ?? '';
  return Number(/([\d,]+) left until/.exec(words)?.[1]?.replaceAll(',', ''));
}

flow(
  'health shows what was asked, what failed, and what is left of the day',
  async ({ way, begin, archive }) => {
    const { app, person } = await begin(way, atAstrobin(archive));
    const { page } = person;
    await person.search('moon');
    await person.seesResults();
    await new Astrobin(person).search('nebula');
    await openHealth(person);
    await expect(
      hostsOf(person).getByRole('row', { name: /^NASA search.*Answering/ }),
    ).toBeVisible();
    const left = await requestsLeft(person);
    const nasa = requestsOf(person).getByRole('row', { name: /GET \/search\?.*q=moon/ });
    await expect(nasa.first()).toBeVisible();

    // One that fails is told apart from the others, with what became of it.
    archive.failWith = { status: 500, body: '<h1>Server Error (500)</h1>' };
    archive.failOnly = /\/astrobin\/api\/v1\/image\//;
    await person.goTo('AstroBin');
    await person.search('saturn');
    await expect(page.getByRole('heading', { name: 'AstroBin didn’t answer' })).toBeVisible({
      timeout: 60_000,
    });
    archive.failWith = null;
    await openHealth(person);
    await expect.poll(() => requestsLeft(person)).toBeLessThan(left);
    await person.chooseRadio(
      page.getByRole('radiogroup', { name: 'Which requests' }),
      'Slow and failed',
    );
    await expect(nasa).toHaveCount(0);
    await person.fill(page.getByRole('textbox', { name: 'Host, status or request' }), '500');
    const failed = requestsOf(person).locator('[data-row="0"]');
    await expect(failed).toContainText('500 Internal Server Error');
    await person.pressButton(page.getByRole('button', { name: 'Copy report' }));
    const copied = () => app.control.calls('clipboard.writeText');
    await expect.poll(async () => (await copied()).length).toBe(1);
    const report = String((await copied())[0]?.args[0]);
    expect(report).toContain('title__icontains=saturn');
    expect(report).not.toContain(sampleAstrobinKey);
    expect(report).not.toContain(sampleAstrobinSecret);
  },
);

flow(
  'related records lead from NASA to AstroBin and on to the registry',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way, atAstrobin(archive));
    const { page } = person;
    const related = page.getByRole('region', { name: 'Related' });
    await person.search('saturn');
    await person.seesResults();
    await person.open(0);
    await person.pressButton(related.getByRole('link', { name: 'AstroBin images named Saturn' }));
    await person.seesResults();
    await expect(person.searchField).toHaveValue('Saturn');
    await expect(person.tile(0)).toHaveAccessibleName(/saturn/i);
    await person.open(0);
    await person.pressButton(related.getByRole('link', { name: 'PDS bundles about Saturn' }));
    await expect
      .poll(() => archive.requests.some((one) => /^GET \/pds\/.*saturn/i.test(one)))
      .toBe(true);
    await person.back();
    await expect(related).toBeVisible();
  },
);
