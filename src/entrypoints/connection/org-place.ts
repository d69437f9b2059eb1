import { resolve } from 'node:path';
import type { Surroundings } from '../../compose.js';
import { readEnvironment } from '../../config/env.js';
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
