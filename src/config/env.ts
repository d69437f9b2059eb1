import { readFileSync } from 'node:fs';
import { type Environment, resolveEnvironment } from './environment/resolve-environment.js';
import { ConfigError } from './problems.js';

export type { OutreachLogin } from './environment/outreach-login.js';
export type { Environment, LogLevel } from './environment/resolve-environment.js';
export type { SalesforceLogin } from './environment/salesforce-login.js';

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function envFile(path: string): { readonly path: string; readonly text: string } {
  const text = textOf(path);
  if (text !== null) return { path, text };
  const message = 'the env file can’t be read; "truenorth sandbox --env-file" writes one';
  throw new ConfigError([{ file: path, line: null, column: null, message }]);
}

/**
 * The only reader of the process environment. An env file that sets any variable of a connection
 * (Salesforce, HubSpot, Outreach, webhook) hides those of the process. Throws `ConfigError`.
 */
export function readEnvironment(envFilePath: string | null): Environment {
  return resolveEnvironment({
    process: process.env,
    file: envFilePath === null ? null : envFile(envFilePath),
    readSecret: textOf,
  });
}
