import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { frameColours } from '#main/shell/theme-colours.ts';
import { createTheme } from '#main/shell/theme.ts';
import { windowOptions } from '#main/shell/window-options.ts';

class FakeNativeTheme extends EventEmitter {
  themeSource: 'system' | 'light' | 'dark' = 'system';
  shouldUseDarkColors = false;
  shouldUseHighContrastColors = false;
}

const setUp = (first: 'system' | 'contrast' | 'light') => {
  const nativeTheme = new FakeNativeTheme();
  const painted: string[] = [];
  const told: unknown[] = [];
  const theme = createTheme({
    nativeTheme: nativeTheme as never,
    first,
    onColours: (colours) => painted.push(colours.canvas),
    onSystemTheme: (system) => told.push(system),
  });
  return { nativeTheme, painted, told, theme };
};

const light = frameColours('light', { dark: true, highContrast: false }).canvas;
const dark = frameColours('dark', { dark: false, highContrast: true }).canvas;
const contrast = frameColours('contrast', { dark: false, highContrast: false }).canvas;

test('a theme that was chosen does not follow the system; "system" does', () => {
  expect(new Set([light, dark, contrast]).size).toBe(3);
  expect(frameColours('system', { dark: true, highContrast: false }).canvas).toBe(dark);
  expect(frameColours('system', { dark: false, highContrast: false }).canvas).toBe(light);
  expect(frameColours('system', { dark: false, highContrast: true }).canvas).toBe(contrast);
});

test('the system is told of the choice; high contrast is dark to it', () => {
  const { nativeTheme, theme, painted } = setUp('contrast');
  expect(nativeTheme.themeSource).toBe('dark');
  theme.choose('light');
  theme.choose('light');
  expect(nativeTheme.themeSource).toBe('light');
  expect(painted).toEqual([light]);
});

test('a change of the system reaches the page and the frame', () => {
  const { nativeTheme, painted, told } = setUp('system');
  nativeTheme.shouldUseDarkColors = true;
  nativeTheme.emit('updated');
  expect(told).toEqual([{ dark: true, highContrast: false }]);
  expect(painted).toEqual([dark]);
});

const input = {
  preview: false,
  isPackaged: true,
  bounds: { x: 1, y: 2, width: 1280, height: 800 },
  colours: { canvas: '#111111', chrome: '#222222', symbol: '#333333' },
  preload: '/built/preload/index.cjs',
  icon: '/icon.png',
};

test('the window keeps its page apart from everything', () => {
  const options = windowOptions({ ...input, platform: 'linux' });
  expect(options).toMatchObject({ minWidth: 800, minHeight: 600, show: false });
  expect(options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
    spellcheck: false,
    devTools: false,
  });
});

test('the frame is the system’s, in our colours; in the preview runtime the browser’s', () => {
  expect(windowOptions({ ...input, platform: 'win32' })).toMatchObject({
    titleBarStyle: 'hidden',
    titleBarOverlay: { color: '#222222', symbolColor: '#333333' },
    backgroundColor: '#111111',
  });
  expect(windowOptions({ ...input, platform: 'darwin' })).toMatchObject({
    titleBarStyle: 'hiddenInset',
    trafficLightPosition: { x: 16, y: 16 },
  });
  expect(windowOptions({ ...input, platform: 'linux', preview: true })).not.toHaveProperty(
    'titleBarStyle',
  );
});
