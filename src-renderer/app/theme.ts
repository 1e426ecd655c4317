/** Runs in the page. Puts theme and text zoom on the root element, and keeps them for the next start. */
import type { Settings, ThemeChoice } from '#contract/domain.ts';

export type Theme = 'dark' | 'light' | 'contrast';

export interface SystemTheme {
  dark: boolean;
  highContrast: boolean;
}

/** What the choice means on this system. */
export function resolveTheme(choice: ThemeChoice, system: SystemTheme): Theme {
  if (choice !== 'system') return choice;
  if (system.highContrast) return 'contrast';
  return system.dark ? 'dark' : 'light';
}

export function readSystemTheme(): SystemTheme {
  return {
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    highContrast: matchMedia('(prefers-contrast: more)').matches,
  };
}

export function applyLook(
  settings: Pick<Settings, 'theme' | 'textZoom'>,
  system: SystemTheme,
): void {
  const root = document.documentElement;
  root.dataset['theme'] = resolveTheme(settings.theme, system);
  root.style.fontSize = `${settings.textZoom}%`;
}

const storageKey = 'almagest.look';

/** For the next start, which can draw before the settings arrive. Not where settings live: losing it costs nothing. */
export function storeLook(settings: Pick<Settings, 'theme' | 'textZoom'>): void {
  try {
    localStorage.setItem(storageKey, `${settings.theme} ${settings.textZoom}`);
  } catch {
    // Storage may be denied or full; the next start then begins with the system's theme.
  }
}

/** Before anything is drawn; true when an earlier start left its look. */
export function applyStoredLook(): boolean {
  let stored: string | null;
  try {
    stored = localStorage.getItem(storageKey);
  } catch {
    stored = null;
  }
  const parts = /^(system|dark|light|contrast) (\d{2,3})$/.exec(stored ?? '');
  const theme = (parts?.[1] ?? 'system') as ThemeChoice;
  const textZoom = Math.min(200, Math.max(80, Number(parts?.[2] ?? 100)));
  applyLook({ theme, textZoom }, readSystemTheme());
  return parts !== null;
}
