/** Runs in the preview runtime's process. Stands in for Electron's `nativeTheme`, and tells the page. */
import { spawnSync } from 'node:child_process';
import type { ChromiumPage } from '../cdp/page.ts';
import { strict } from '../refuse.ts';
import { StrictEmitter } from '../strict-emitter.ts';

export interface SystemTheme {
  dark: boolean;
  highContrast: boolean;
  reducedMotion: boolean;
  forcedColours: boolean;
}

type ThemeSource = 'system' | 'light' | 'dark';

/** What a desktop of the GNOME kind prefers; light where nobody says. */
export function readDesktopTheme(): 'light' | 'dark' {
  if (process.platform !== 'linux') return 'light';
  const result = spawnSync('gsettings', ['get', 'org.gnome.desktop.interface', 'color-scheme'], {
    encoding: 'utf8',
    timeout: 500,
  });
  return result.status === 0 && result.stdout.includes('dark') ? 'dark' : 'light';
}

export class NativeTheme extends StrictEmitter {
  readonly shouldUseInvertedColorScheme = false;
  readonly prefersReducedTransparency = false;
  #system: SystemTheme;
  #source: ThemeSource = 'system';
  #page: ChromiumPage | null = null;

  constructor(dark: boolean) {
    super('nativeTheme', ['updated']);
    this.#system = { dark, highContrast: false, reducedMotion: false, forcedColours: false };
  }

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(source)) {
      throw new TypeError(`Error processing argument: unknown theme source ${String(source)}`);
    }
    const before = this.shouldUseDarkColors;
    this.#source = source;
    if (before !== this.shouldUseDarkColors) this.#changed();
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#system.dark : this.#source === 'dark';
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#system.dark;
  }

  get shouldUseHighContrastColors(): boolean {
    return this.#system.highContrast;
  }

  get inForcedColorsMode(): boolean {
    return this.#system.forcedColours;
  }

  /** Not Electron's: what a test or the desktop says the system prefers. */
  setSystem(change: Partial<SystemTheme>): void {
    this.#system = { ...this.#system, ...change };
    this.#changed();
  }

  /** Not Electron's: lets a page see the theme as its media features. */
  async apply(page: ChromiumPage): Promise<void> {
    this.#page = page;
    await page.session.send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: this.shouldUseDarkColors ? 'dark' : 'light' },
        { name: 'prefers-contrast', value: this.#system.highContrast ? 'more' : 'no-preference' },
        { name: 'forced-colors', value: this.#system.forcedColours ? 'active' : 'none' },
        {
          name: 'prefers-reduced-motion',
          value: this.#system.reducedMotion ? 'reduce' : 'no-preference',
        },
      ],
    });
  }

  #changed(): void {
    if (this.#page !== null) this.apply(this.#page).catch(() => undefined);
    // Electron tells after the call that changed it has returned.
    setImmediate(() => this.emit('updated'));
  }
}

/** What the app sees: without the two methods that are ours. */
export function exposeNativeTheme(theme: NativeTheme): object {
  return strict('nativeTheme', theme, { hidden: ['setSystem', 'apply', 'fire'] });
}
