import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, loadConfigWith } from './config/load.js';
import type { Resolved } from './config/resolved.js';
import { fingerprintOf } from './config/text-files.js';
import { IntegrationError } from './ports/errors.js';
import type { Settings } from './ports/settings.js';

/** Throws where a folder has neither config/ nor mappings/. */
export function requireInitialised(folder: string): void {
  if (!['config', 'mappings'].some((room) => existsSync(join(folder, room)))) throw notInitialised(folder);
}

/** config/ and mappings/ of the folder, in the words of the run. */
export function loadSettings(folder: string): Settings {
  requireInitialised(folder);
  return settingsOf(loadConfig(folder));
}

/** Changes whenever a file of config/ or mappings/ does. */
export function settingsFingerprint(folder: string): string {
  return fingerprintOf(folder);
}

/** The same with the files of another folder in the place of config/. Throws `ConfigError` where they are wrong. */
export function loadOtherSettings(folder: string, other: string): Settings {
  const known = [other, join(other, 'config')].some((at) =>
    ['health.yaml', 'tiers.yaml', 'engagement.yaml', 'moments.yaml', 'program.yaml', 'playbooks'].some(
      (name) => existsSync(join(at, name)),
    ),
  );
  if (!known) throw noConfigIn(other);
  return settingsOf(loadConfigWith(folder, other));
}

function noConfigIn(folder: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'NO_CONFIG_THERE',
    message: `There is no configuration in ${folder}: no health.yaml, tiers.yaml or another file of config/.`,
    actions: ['Copy config/ to a folder of its own, change it there, and name that folder.'],
    retryable: false,
    provider: 'config',
    operation: 'load configuration',
  });
}

function settingsOf(resolved: Resolved): Settings {
  const { health, tiers, playbooks, revive, engagement, moments, program } = resolved;
  const { service, crm, marketing, outreach } = resolved;
  return {
    health,
    tiers,
    playbooks,
    revive,
    engagement,
    moments,
    service,
    program,
    crm,
    marketing,
    outreach,
    customFacts: Object.entries(resolved.customFacts).map(([id, { label, type, outcome }]) => ({
      name: id.replace(/^custom\./, ''),
      label,
      type,
      outcome: outcome === true,
    })),
    notes: resolved.notes.map(
      ({ file, line, message }) => `${file}${line === null ? '' : `:${line}`} ${message}`,
    ),
  };
}

function notInitialised(folder: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'NOT_INITIALISED',
    message: `There is no config/ and no mappings/ in ${folder} yet.`,
    actions: ['Run `truenorth init` to draft them from your org, or name another folder with --dir.'],
    retryable: false,
    provider: 'config',
    operation: 'load configuration',
  });
}
