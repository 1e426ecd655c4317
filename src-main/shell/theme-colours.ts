/**
 * Runs in the main process; pure. The few colours that the native frame needs before and around the page.
 * The same values as the renderer's tokens: canvas, chrome and text.
 */
import type { ThemeChoice } from '#contract/domain.ts';

export interface SystemTheme {
  dark: boolean;
  highContrast: boolean;
}

export interface FrameColours {
  /** Behind the page until it has painted. */
  canvas: string;
  /** Of the top bar, in which the window's buttons lie. */
  chrome: string;
  /** Of the signs on these buttons. */
  symbol: string;
}

const dark: FrameColours = { canvas: '#141517', chrome: '#1a1b1e', symbol: '#e9e9ea' };
const light: FrameColours = { canvas: '#fdfcfa', chrome: '#f4f2ee', symbol: '#1c1c1e' };
const contrast: FrameColours = { canvas: '#000000', chrome: '#000000', symbol: '#ffffff' };

/** Height of the top bar in DIP. */
export const topBarHeight = 44;

export function frameColours(choice: ThemeChoice, system: SystemTheme): FrameColours {
  if (choice === 'contrast') return contrast;
  if (choice === 'system' && system.highContrast) return contrast;
  if (choice === 'system') return system.dark ? dark : light;
  return choice === 'dark' ? dark : light;
}

/** What to tell the system; high contrast is a dark theme of ours. */
export function themeSourceOf(choice: ThemeChoice): 'system' | 'light' | 'dark' {
  return choice === 'contrast' ? 'dark' : choice;
}
