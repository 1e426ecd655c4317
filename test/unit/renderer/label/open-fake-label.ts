/** Pure. A label's view over the fake core, without a page: what main is asked is real, what is drawn is not. */
import { createApi } from '#contract/api.ts';
import { createClient } from '#contract/client.ts';
import { toRef } from '#contract/domain.ts';
import { LabelView } from '#renderer/features/label/label-view.svelte.ts';
import { emptyMemory, type LabelMemory } from '#renderer/features/label/label-memory.ts';
import { createFakeCore, type Knobs } from '#test/support/fake-core.ts';
import { expect } from 'vitest';

export const ref = toRef('pds-registry', 'urn:nasa:pds:made_0:data_derived:rad_der_0000000::1.0');

export async function openFakeLabel(knobs: Knobs = {}, kept: LabelMemory = emptyMemory) {
  const core = createFakeCore(knobs);
  const api = createClient(createApi(core.transport));
  const errors: unknown[] = [];
  const view = new LabelView(api, (error) => errors.push(error));
  view.grid.measure({ height: 500, scale: 1, devicePixelRatio: 1 });
  view.source.measure({ height: 500, scale: 1, devicePixelRatio: 1 });
  view.open(ref, kept);
  const until = <T>(read: () => T) => expect.poll(read, { timeout: 5000, interval: 5 });
  await until(() => view.label.status.kind).not.toBe('loading');
  /** What a tree in the page would do: draws, asks for what is seen, tells what is selected. */
  const look = async (): Promise<void> => {
    view.grid.setRows(view.rows);
    view.rows.want(view.grid.visible ?? { first: 0, last: 30 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    view.grid.setRows(view.rows);
    const [index] = view.grid.selection.list(1);
    view.chosen(index === undefined ? null : view.rows.at(index));
  };
  const called = (name: string): unknown[] =>
    core.calls.filter(({ channel }) => channel.endsWith(name)).map(({ args }) => args);
  const names = (): (string | null)[] =>
    Array.from({ length: view.rows.rowCount }, (_none, index) => view.rows.at(index)?.name ?? null);
  const selected = (): string | null => {
    const [index] = view.grid.selection.list(1);
    return index === undefined ? null : (view.rows.at(index)?.name ?? null);
  };
  await look();
  return { view, api, errors, until, look, called, names, selected };
}
