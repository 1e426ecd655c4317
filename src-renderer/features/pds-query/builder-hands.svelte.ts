/** Runs in the page. What hands do in the builder: adding, removing and moving items by keys and pointer, with the focus. */
import { tick } from 'svelte';
import { parentOf } from '#contract/pds-query/document.ts';
import { pdsQueryText } from '../../i18n/pds-query.ts';
import { ItemDrag } from './item-drag.svelte.ts';
import type { QueryDesk } from './query-desk.svelte.ts';
import { stepOf } from './step-item.ts';

/** Items carry `data-item`, their own rows `data-row`, the ends of groups `data-foot`, parts of rows `data-part`. */
export class BuilderHands {
  readonly drag = new ItemDrag(() => this.#desk().document);
  readonly #desk: () => QueryDesk;
  readonly #area: () => HTMLElement | null;
  #said = $state('');

  constructor(desk: () => QueryDesk, area: () => HTMLElement | null) {
    this.#desk = desk;
    this.#area = area;
  }

  /** Told to those who do not see where an item went. */
  get said(): string {
    return this.#said;
  }

  addCondition(groupId: string): void {
    const id = this.#desk().addCondition(groupId);
    if (id !== null) void this.#focusOn(id, 'field');
  }

  addGroup(groupId: string): void {
    const id = this.#desk().addGroup(groupId);
    if (id !== null) void this.#focusOn(id, 'field');
  }

  /** The focus goes to what takes its place, else to what stood before it. */
  remove(id: string): void {
    const parent = parentOf(this.#desk().document, id);
    const at = parent?.items.findIndex((item) => item.id === id) ?? -1;
    const next = parent?.items[at + 1] ?? parent?.items[at - 1];
    this.#desk().remove(id);
    if (next !== undefined) void this.#focusOn(next.id, 'handle');
    else void tick().then(() => this.#area()?.querySelector<HTMLElement>('[data-add]')?.focus());
  }

  readonly onkeydown = (event: KeyboardEvent): void => {
    const id = idOf(event.target);
    if (event.defaultPrevented || id === null) return;
    const target = event.target instanceof Element ? event.target : null;
    const part = target?.closest<HTMLElement>('[data-part]')?.dataset['part'] ?? 'handle';
    const isStep = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (isStep && event.key === 'ArrowUp') this.#move(id, -1, part);
    else if (isStep && event.key === 'ArrowDown') this.#move(id, 1, part);
    else if (event.key === 'Delete' && part === 'handle') this.remove(id);
    else if (event.key === 'Escape' && this.drag.dragged !== null) this.drag.cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly onpointerdown = (event: PointerEvent): void => {
    const handle = event.target instanceof Element ? event.target.closest('[data-handle]') : null;
    const id = idOf(handle);
    if (handle === null || id === null || event.button !== 0) return;
    this.drag.begin(id, event.clientY);
    handle.setPointerCapture(event.pointerId);
  };

  readonly onpointermove = (event: PointerEvent): void => {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const foot = under?.closest<HTMLElement>('[data-foot]') ?? null;
    const own = foot ?? under?.closest<HTMLElement>('[data-row]') ?? null;
    const id = foot?.dataset['foot'] ?? own?.dataset['row'];
    const isInside = own !== null && this.#area()?.contains(own) === true;
    const target =
      isInside && id !== undefined
        ? { id, isFoot: own === foot, box: own.getBoundingClientRect() }
        : null;
    this.drag.over(event.clientY, target);
  };

  readonly onpointerup = (): void => {
    const dropped = this.drag.end();
    if (dropped === null) return;
    this.#desk().move(dropped.id, dropped.place.groupId, dropped.place.index);
    void this.#focusOn(dropped.id, 'handle');
  };

  #move(id: string, by: 1 | -1, part: string): void {
    const desk = this.#desk();
    const place = stepOf(desk.document, id, by);
    if (place === null || !desk.move(id, place.groupId, place.index)) return;
    const parent = parentOf(desk.document, id);
    const at = parent?.items.findIndex((item) => item.id === id) ?? 0;
    this.#said = pdsQueryText.moved(at + 1, parent?.items.length ?? 0);
    void this.#focusOn(id, part);
  }

  /** Puts the focus on a part of an item, once it is drawn. */
  async #focusOn(id: string, part: string): Promise<void> {
    await tick();
    const item = this.#area()?.querySelector(`[data-item="${id}"]`);
    const found = item?.querySelector<HTMLElement>(`[data-part="${part}"]`);
    (found?.matches('button,input') ? found : found?.querySelector('button'))?.focus();
  }
}

function idOf(target: EventTarget | null): string | null {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-item]') : null;
  return item?.dataset['item'] ?? null;
}
