// Runs the given script on Node 24, whatever Node started this one.
import { runOnNode } from './lib/run.mjs';

process.exit(runOnNode(process.argv.slice(2)));
