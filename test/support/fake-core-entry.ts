/** Runs in a page of the harness, before the renderer: what the preload would do. */
import { installFakeCore } from './fake-core.ts';

installFakeCore();
