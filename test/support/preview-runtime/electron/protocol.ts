/** Runs in the preview runtime's process. Stands in for Electron's `protocol`. */
import type { SchemeHandler } from '../origin/origin-server.ts';
import type { Origins } from '../origin/origins.ts';
import { NotEmulatedError, refuseUnknownKeys, strict } from '../refuse.ts';

interface CustomScheme {
  scheme: string;
  privileges?: Record<string, boolean>;
}

const knownPrivileges = [
  'standard',
  'secure',
  'supportFetchAPI',
  'stream',
  'corsEnabled',
  'codeCache',
];

/** A loopback origin has these whether asked for or not, so their absence could not be seen here. */
const neededPrivileges = ['standard', 'secure', 'supportFetchAPI', 'stream'];

function checkScheme({ scheme, privileges = {} }: CustomScheme): void {
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) throw new Error(`Invalid scheme: ${scheme}`);
  refuseUnknownKeys(`privileges of scheme ${scheme}`, privileges, knownPrivileges);
  for (const name of neededPrivileges) {
    if (privileges[name] !== true) {
      throw new NotEmulatedError(`scheme ${scheme} without the privilege '${name}'`);
    }
  }
}

export function createProtocol(origins: Origins, isReady: () => boolean) {
  const privileged = new Set<string>();
  const needReady = (): void => {
    if (!isReady()) throw new Error('protocol can only be used once the app is ready');
  };
  return strict('protocol', {
    registerSchemesAsPrivileged: (schemes: CustomScheme[]): void => {
      if (isReady()) {
        throw new Error(
          'protocol.registerSchemesAsPrivileged should be called before app is ready',
        );
      }
      for (const scheme of schemes) {
        checkScheme(scheme);
        privileged.add(scheme.scheme);
        // Listens from now on, so that the port is there when the window wants it.
        origins.serverOf(scheme.scheme);
      }
    },
    handle: (scheme: string, handler: SchemeHandler): void => {
      needReady();
      if (!privileged.has(scheme)) {
        throw new NotEmulatedError(
          `protocol.handle('${scheme}') of a scheme that is not privileged`,
        );
      }
      const server = origins.serverOf(scheme);
      if (server.isHandled()) throw new Error(`Failed to register protocol: ${scheme}`);
      server.handle(handler);
    },
    unhandle: (scheme: string): void => {
      needReady();
      const server = origins.serverOf(scheme);
      if (!server.isHandled()) throw new Error(`Failed to unhandle protocol: ${scheme}`);
      server.handle(null);
    },
    isProtocolHandled: (scheme: string): boolean =>
      privileged.has(scheme) && origins.serverOf(scheme).isHandled(),
  });
}
