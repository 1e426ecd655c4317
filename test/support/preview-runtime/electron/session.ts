/** Runs in the preview runtime's process. Stands in for Electron's `session`, the default one only. */
import { NotEmulatedError, strict } from '../refuse.ts';
import { StrictEmitter } from '../strict-emitter.ts';
import type { Permissions } from './permissions.ts';

export class Session extends StrictEmitter {
  readonly protocol: object;
  readonly setPermissionRequestHandler: Permissions['setRequestHandler'];
  readonly setPermissionCheckHandler: Permissions['setCheckHandler'];

  constructor(permissions: Permissions, protocol: object) {
    super('session', ['will-download'], ['preconnect', 'spellcheck-dictionary-initialized']);
    this.protocol = protocol;
    this.setPermissionRequestHandler = (handler) => permissions.setRequestHandler(handler);
    this.setPermissionCheckHandler = (handler) => permissions.setCheckHandler(handler);
  }

  /** Chromium here has no hid, serial or usb devices to offer. */
  setDevicePermissionHandler(_handler: unknown): void {}

  /** Only its absence is emulated: no page may capture the screen. */
  setDisplayMediaRequestHandler(handler: unknown): void {
    if (handler !== null) throw new NotEmulatedError('session.setDisplayMediaRequestHandler');
  }

  /** Chromium's own checker is not reached from here; an empty profile has no dictionary. */
  setSpellCheckerEnabled(_enabled: boolean): void {}

  async setProxy(config: { mode?: string }): Promise<void> {
    if (config.mode !== 'direct' && config.mode !== 'system') {
      throw new NotEmulatedError(`session.setProxy({ mode: '${String(config.mode)}' })`);
    }
  }

  async resolveProxy(_url: string): Promise<string> {
    return 'DIRECT';
  }
}

export function createSessionModule(session: Session, isReady: () => boolean): object {
  return strict('session', {
    get defaultSession() {
      if (!isReady()) throw new Error('Session can only be received when app is ready');
      return strict('session.defaultSession', session);
    },
  });
}
