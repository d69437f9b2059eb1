import { resolve } from 'node:path';
import type { Surroundings } from '../../compose.js';
import { readEnvironment } from '../../config/env.js';
import { IntegrationError } from '../../ports/errors.js';
import { runClock } from './run-clock.js';
import { serviceLog } from './service-log.js';

/** Where one org's service lives: what a thread or a process needs to open it again. */
export interface OrgPlace {
  /** Name in paths and keys; null = as TRUENORTH_ORG says. */
  readonly name: string | null;
  readonly folder: string;
  readonly envFile: string | null;
  /** Milliseconds since 1970 that count as now; null = as the env file or the machine says. */
  readonly now: number | null;
}

/** Reads the environment of an org anew. Throws `ConfigError`. */
export function surroundingsOf(place: OrgPlace, part: 'http' | 'engine'): Surroundings {
  const read = readEnvironment(place.envFile === null ? null : resolve(place.envFile));
  if (place.name !== null) requireSameName(place.name, read);
  const environment = place.name === null ? read : { ...read, orgName: place.name };
  const moved =
    environment.now === null || environment.nowSince === null
      ? environment.now
      : environment.now + Date.now() - environment.nowSince;
  return {
    folder: resolve(place.folder),
    environment,
    clock: runClock(place.now ?? moved),
    log: serviceLog(environment.logLevel, { org: environment.orgName, part }),
  };
}

/** In a shared database or Redis, commands and workers find what is an org's by TRUENORTH_ORG alone. */
function requireSameName(
  named: string,
  {
    orgName,
    databaseUrl,
    redisUrl,
  }: Pick<Surroundings['environment'], 'orgName' | 'databaseUrl' | 'redisUrl'>,
): void {
  if (orgName === named || (databaseUrl === null && redisUrl === null)) return;
  throw new IntegrationError({
    kind: 'Config',
    code: 'ORG_NAMES_DIFFER',
    message: `The list of orgs says ${named}, and TRUENORTH_ORG of that org is ${orgName}: commands and workers would not find what the service keeps.`,
    actions: [`Set TRUENORTH_ORG=${named} in the env file of that org.`],
    retryable: false,
    provider: 'config',
    operation: 'open an org',
  });
}
