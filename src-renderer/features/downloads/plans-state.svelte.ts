/** Runs in the page. Which download is being planned; the frame draws its dialog. */
import type { PlanRequest, PlansState } from '../../lib/deps.ts';

export class Plans implements PlansState {
  #request = $state.raw<PlanRequest | null>(null);

  get request(): PlanRequest | null {
    return this.#request;
  }

  open(request: PlanRequest): void {
    this.#request = request;
  }

  close(): void {
    this.#request = null;
  }
}
