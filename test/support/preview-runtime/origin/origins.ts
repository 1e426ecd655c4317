/** Runs in the preview runtime's process. The custom schemes of the app, each on a loopback server. */
import { createOriginServer, type OriginServer } from './origin-server.ts';

export interface Origins {
  /** The server of a scheme; made when first asked for. */
  serverOf(scheme: string): OriginServer;
  all(): readonly OriginServer[];
  /** Waits until every port is known. */
  ready(): Promise<void>;
  /** To an address that Chromium can load, or null. */
  toLoopback(url: string): string | null;
  /** To the custom address; any other address comes back as it is. */
  toScheme(url: string): string;
  isOwn(url: string): boolean;
  close(): void;
}

export function createOrigins(): Origins {
  const servers = new Map<string, OriginServer>();
  const firstOf = (find: (server: OriginServer) => string | null): string | null => {
    for (const server of servers.values()) {
      const found = find(server);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    serverOf: (scheme) => {
      const server = servers.get(scheme) ?? createOriginServer(scheme);
      servers.set(scheme, server);
      return server;
    },
    all: () => [...servers.values()],
    ready: async () => {
      await Promise.all([...servers.values()].map((server) => server.ready));
    },
    toLoopback: (url) => firstOf((server) => server.toLoopback(url)),
    toScheme: (url) => firstOf((server) => server.toScheme(url)) ?? url,
    isOwn: (url) => firstOf((server) => server.toScheme(url)) !== null,
    close: () => {
      for (const server of servers.values()) server.close();
    },
  };
}
