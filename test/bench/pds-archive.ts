/**
 * A process of its own: a registry that answers some requests with 504. Arguments: dialect, products, part of the
 * answers that fail. Prints the base address.
 */
import type { PdsDialect } from '#contract/pds.ts';
import { startPdsServer } from '../support/pds-server.ts';

const [dialect = '1.3', count = '5000', failures = '0.03'] = process.argv.slice(2);
const server = await startPdsServer({
  dialect: dialect as PdsDialect,
  count: Number(count),
  failures: Number(failures),
  seed: 20,
});
process.stdout.write(`${server.base}\n`);
