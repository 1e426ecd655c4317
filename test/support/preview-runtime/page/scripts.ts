/** Runs in the preview runtime's process. Puts together the source text that each world of the page runs. */
import { openBridge } from './bridge.ts';
import { createCodec } from './codec.ts';
import { installMainWorld } from './main-world.ts';
import { createMenuOverlay } from './menu-overlay.ts';
import { installPreloadWorld, type PreloadWorldOptions } from './preload-world.ts';

/** For the page's own world; must be added before the preload's. */
export function mainWorldScript(handshake: string): string {
  return `(${String(installMainWorld)})(${String(openBridge)}, ${JSON.stringify(handshake)});`;
}

/** For the isolated world: the preload script inside the scope that Electron's sandbox gives it. */
export function preloadWorldScript(preload: string | null, options: PreloadWorldOptions): string {
  const install = `(${String(installPreloadWorld)})(${String(createCodec)}, ${String(openBridge)}, ${String(createMenuOverlay)}, ${JSON.stringify(options)})`;
  const absent = ['Buffer', 'global', 'setImmediate', 'clearImmediate'];
  const wrapped = `(function (exports, require, module, process, ${absent.join(', ')}) {
${preload ?? ''}
})`;
  return `(() => {
const scope = ${install};
if (scope === null) return;
const module = { exports: {} };
try {
${wrapped}(module.exports, scope.require, module, scope.process, ${absent.map((name) => `scope.absent('${name}')`).join(', ')});
} catch (error) {
scope.failed(error);
}
})();`;
}
