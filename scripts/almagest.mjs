#!/usr/bin/env node
// The terminal shell from a clone: builds what is stale, prints nothing of its own on stdout, and goes on
// on Node 24 with the arguments as they are, in the folder where it was called.
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { ensurePackages, root } from './lib/packages.mjs';
import { runThrough } from './lib/run.mjs';

ensureBuild();
const node = ensurePackages();
const cwd = process.env['INIT_CWD'] ?? process.cwd();
const args = ['--disable-warning=ExperimentalWarning', join(root, 'out', 'main', 'terminal.js')];
process.exit(await runThrough(node, [...args, ...process.argv.slice(2)], { cwd }));
