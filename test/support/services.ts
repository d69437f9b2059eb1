import { describe } from '@jest/globals';
import { missingServices, noServices, type ServiceName } from '../../scripts/services.mjs';

export { type APostgres, aPostgres } from './services/postgres.js';
export { type ARedis, aRedis } from './services/redis.js';

/**
 * `describe` where these servers are on the machine. Elsewhere what it holds is left out with a notice, but
 * with CI=true it runs, and fails: every check must be made there.
 */
export function describeWith(...needed: readonly ServiceName[]): typeof describe | typeof describe.skip {
  const missing = missingServices().filter((name) => needed.includes(name));
  if (missing.length === 0 || process.env.CI === 'true') return describe;
  process.stderr.write(`${noServices(missing)}\n`);
  return describe.skip; // reason: the server is not on this machine; where CI=true that is an error instead
}
