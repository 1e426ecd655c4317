/** Runs in the page. What stands in a menu, for the dropdown and the context menu alike. */
import type { IconComponent } from './icon-component.ts';

export interface MenuItem {
  label: string;
  icon?: IconComponent | undefined;
  keys?: readonly string[] | undefined;
  /** Drawn in the state's colour; belongs last, after a line. */
  danger?: boolean | undefined;
  /** A tick for what is in force. */
  checked?: boolean | undefined;
  /** Greyed, with this after its words. */
  reason?: string | null | undefined;
  run: () => void;
}

/** Entries in order; 'line' parts groups, a heading names one. */
export type MenuEntry = MenuItem | 'line' | { heading: string };
