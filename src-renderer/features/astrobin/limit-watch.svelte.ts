/** Runs in the page. What was refused for the limit of the day is asked again once there is room. */
import { untrack } from 'svelte';
import type { WireError } from '#contract/errors.ts';
import type { AppDeps } from '../../lib/deps.ts';
import { accessOf } from './access-state.svelte.ts';
import { isLifted } from './trouble.ts';

/** For the start of a component. Learns the budget anew for each problem, and whenever the limit is set. */
export function watchLimit(
  { api, settings }: Pick<AppDeps, 'api' | 'settings'>,
  problem: () => Pick<WireError, 'code' | 'message'> | null,
  retry: () => void,
): void {
  const access = accessOf(api);
  $effect(() => {
    const failure = problem();
    void settings.current.astrobinPerDay;
    if (failure === null) return undefined;
    let isPast = false;
    void untrack(() => access.load()).then(() => {
      if (!isPast && isLifted(failure, access.service) && access.mayRetry()) retry();
    });
    return () => {
      isPast = true;
    };
  });
}
