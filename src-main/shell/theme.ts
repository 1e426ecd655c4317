/**
 * Runs in the main process. Joins the person's choice of theme, the system's, the native frame and the page.
 */
import type { NativeTheme } from 'electron';
import type { ThemeChoice } from '#contract/domain.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import { frameColours, themeSourceOf, type FrameColours } from './theme-colours.ts';

export interface ThemeOptions {
  nativeTheme: Pick<
    NativeTheme,
    'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'on'
  >;
  first: ThemeChoice;
  /** Told when the frame's colours may have changed. */
  onColours(colours: FrameColours): void;
  onSystemTheme(theme: ArchiveEvents['systemThemeChanged']): void;
}

export interface Theme {
  colours(): FrameColours;
  choose(choice: ThemeChoice): void;
}

export function createTheme(options: ThemeOptions): Theme {
  const { nativeTheme } = options;
  let choice = options.first;
  nativeTheme.themeSource = themeSourceOf(choice);

  const system = () => ({
    dark: nativeTheme.shouldUseDarkColors,
    highContrast: nativeTheme.shouldUseHighContrastColors,
  });
  const colours = () => frameColours(choice, system());

  nativeTheme.on('updated', () => {
    options.onSystemTheme(system());
    options.onColours(colours());
  });

  return {
    colours,
    choose(next) {
      if (next === choice) return;
      choice = next;
      nativeTheme.themeSource = themeSourceOf(next);
      options.onColours(colours());
    },
  };
}
