/** Runs in the page. Measures of the window and what is open at its sides. */
import type { Frame } from '../lib/deps.ts';
import type { FrameMemory } from './history-state.ts';
import type { Platform } from '../lib/keymap.ts';

/** In px at a text zoom of 100 %; larger text counts as a narrower window. */
const drawerBelow = 1000;
const railBelow = 900;
export const sidebarWidth = { first: 216, min: 180, max: 320 } as const;

export class FrameState implements Frame {
  readonly platform: Platform;
  /** True where the system draws its window buttons over our left corner (macOS). */
  readonly hasLights: boolean;
  #width = $state(0);
  #docked = $state(true);
  #drawer = $state(false);
  #panes = $state.raw<Record<string, number>>({});
  #onChange: () => void;
  #searchField: HTMLInputElement | null = null;

  constructor(
    app: { platform: Platform; hasLights: boolean },
    memory: FrameMemory,
    onChange: () => void = () => {},
  ) {
    this.platform = app.platform;
    this.hasLights = app.hasLights;
    this.#docked = memory.inspectorOpen;
    this.#panes = memory.panes;
    this.#onChange = onChange;
  }

  get snapshot(): FrameMemory {
    return { inspectorOpen: this.#docked, panes: this.#panes };
  }

  get narrow(): boolean {
    return this.#width < drawerBelow;
  }

  /** True where only icons of the sidebar are shown. */
  get rail(): boolean {
    return this.#width < railBelow;
  }

  get inspectorOpen(): boolean {
    return this.narrow ? this.#drawer : this.#docked;
  }

  set inspectorOpen(open: boolean) {
    if (this.narrow) this.#drawer = open;
    else this.#docked = open;
    this.#onChange();
  }

  paneWidth(name: string, fallback: number): number {
    return this.#panes[name] ?? fallback;
  }

  setPaneWidth(name: string, width: number): void {
    this.#panes = { ...this.#panes, [name]: width };
    this.#onChange();
  }

  /** Width of the window in CSS px and the text zoom in percent. */
  measure(widthPx: number, textZoom: number): void {
    this.#width = (widthPx * 100) / textZoom;
  }

  setSearchField(field: HTMLInputElement | null): void {
    this.#searchField = field;
  }

  focusSearch(select: boolean): void {
    this.#searchField?.focus();
    if (select) this.#searchField?.select();
  }
}
