/**
 * Runs in the preview runtime's process. What the app's permission handlers say, told to Chromium. Electron
 * asks at each request; here they are asked once for each permission, when the window opens.
 */
import type { Chromium } from '../cdp/chromium.ts';

type RequestHandler = (
  contents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (
  contents: unknown,
  permission: string,
  requestingOrigin: string,
  details: object,
) => boolean;

export interface Permissions {
  setRequestHandler(handler: RequestHandler | null): void;
  setCheckHandler(handler: CheckHandler | null): void;
  apply(): Promise<void>;
}

/** Electron's name of a permission, and Chromium's descriptors for it. */
const names: readonly [string, readonly object[]][] = [
  ['geolocation', [{ name: 'geolocation' }]],
  ['notifications', [{ name: 'notifications' }]],
  ['midi', [{ name: 'midi' }]],
  ['midiSysex', [{ name: 'midi', sysex: true }]],
  ['media', [{ name: 'camera' }, { name: 'microphone' }]],
  ['clipboard-read', [{ name: 'clipboard-read' }]],
  ['clipboard-sanitized-write', [{ name: 'clipboard-write' }]],
  ['display-capture', [{ name: 'display-capture' }]],
  ['idle-detection', [{ name: 'idle-detection' }]],
  ['storage-access', [{ name: 'storage-access' }]],
  ['window-management', [{ name: 'window-management' }]],
  ['persistent-storage', [{ name: 'persistent-storage' }]],
];

export interface PermissionsOptions {
  chromium: () => Chromium;
  /** The page's address as the app knows it. */
  origin: () => string | null;
}

export function createPermissions(options: PermissionsOptions): Permissions {
  let requestHandler: RequestHandler | null = null;
  let checkHandler: CheckHandler | null = null;

  const isGranted = (permission: string): boolean => {
    const origin = options.origin() ?? '';
    if (checkHandler?.(null, permission, origin, { isMainFrame: true }) === false) return false;
    let requested = requestHandler === null;
    // An answer that comes later counts as no.
    requestHandler?.(
      null,
      permission,
      (granted) => {
        requested = granted;
      },
      { isMainFrame: true, requestingUrl: origin },
    );
    return requested;
  };

  return {
    setRequestHandler: (handler) => {
      requestHandler = handler;
    },
    setCheckHandler: (handler) => {
      checkHandler = handler;
    },
    apply: async () => {
      const { cdp } = options.chromium();
      const all = names.flatMap(([permission, descriptors]) => {
        const setting = isGranted(permission) ? 'granted' : 'denied';
        return descriptors.map((descriptor) =>
          cdp.send('Browser.setPermission', { permission: descriptor, setting }),
        );
      });
      await Promise.all(all);
    },
  };
}
