import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { IntegrationError } from '../../../ports/errors.js';
import { type Sandbox, startSandbox } from '../../../sandbox/start.js';
import { EXIT } from '../exit-codes.js';
import { type Streams, screenFor } from '../invocation.js';
import type { Terminal } from '../terminal.js';

export interface SandboxFlags {
  readonly accounts: number;
  readonly load?: string;
  readonly seed: number;
  readonly port: number;
  readonly now?: number;
  readonly hideAfter: boolean;
  readonly without?: string;
  readonly dailyRequests?: number;
  readonly envFile?: string;
  readonly json: boolean;
}

/** `sandbox`: serves until interrupted. */
export async function sandboxCommand(flags: SandboxFlags, streams: Streams): Promise<number> {
  const screen = screenFor(streams, flags.json);
  const sandbox = await startFor(flags);
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  if (flags.envFile !== undefined) writeEnvFile(resolve(flags.envFile), sandbox);
  screen.json(description(sandbox, flags.envFile ?? null));
  for (const note of sandbox.notes) screen.say(screen.colors.dim(`note: ${note}`));
  sayRefusedRows(screen, sandbox);
  screen.say(`Salesforce  ${sandbox.salesforce.url}   user ${sandbox.salesforce.username}`);
  screen.say(
    `            admin ${sandbox.salesforce.adminUsername}, password ${sandbox.salesforce.password}`,
  );
  screen.say(`HubSpot     ${sandbox.hubspot.url}`);
  screen.say(`Outreach    ${sandbox.outreach.url}`);
  if (flags.envFile !== undefined) screen.say(`Other commands: --env-file ${flags.envFile}`);
  screen.say('Serving until interrupted (Ctrl+C).');
  await interrupted;
  await sandbox.close();
  return EXIT.done;
}

export async function startFor(flags: Omit<SandboxFlags, 'envFile' | 'json'> & Undated): Promise<Sandbox> {
  try {
    return await start(flags);
  } catch (error) {
    throw refusedStart(error, flags) ?? error;
  }
}

interface Undated {
  /** ISO instant at which rows that do not say so were last written; absent = when they were made. */
  readonly undatedAs?: string;
}

function start(flags: Omit<SandboxFlags, 'envFile' | 'json'> & Undated): Promise<Sandbox> {
  return startSandbox({
    ...(flags.load === undefined ? { accounts: flags.accounts } : { loadDir: resolve(flags.load) }),
    ...(flags.undatedAs === undefined ? {} : { undatedAs: flags.undatedAs }),
    seed: flags.seed,
    port: flags.port,
    ...(flags.now === undefined ? {} : { now: flags.now }),
    hideAfter: flags.hideAfter,
    without: flags.without === undefined ? [] : flags.without.split(',').map((name) => name.trim()),
    ...(flags.dailyRequests === undefined ? {} : { dailyApiRequests: flags.dailyRequests }),
  });
}

function sayRefusedRows({ aside, colors }: Terminal, { refused }: Sandbox): void {
  const [first] = refused;
  if (first === undefined) return;
  const count = refused.length === 1 ? '1 row' : `${refused.length} rows`;
  aside(
    colors.red(
      `${count} of the export could not be taken in, the first in ${first.file} line ${first.line}: ${first.reason}.`,
    ),
  );
  aside('  → All others are served. Correct the lines named in the notes, then start again.');
}

/** What the person who typed the command can mend: a folder that is no export, a port that is taken. */
function refusedStart(
  error: unknown,
  { port, load }: Pick<SandboxFlags, 'port' | 'load'>,
): IntegrationError | null {
  const taken = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
  if (!taken && !(load !== undefined && error instanceof RangeError)) return null;
  return new IntegrationError({
    kind: 'Config',
    code: taken ? 'SANDBOX_PORT_TAKEN' : 'SANDBOX_NO_EXPORT',
    message: taken
      ? `Port ${port}, ${port + 1} or ${port + 2} of this machine is taken.`
      : `The export can’t be loaded: ${error instanceof Error ? error.message : ''}.`,
    actions: [
      taken
        ? 'Choose another with `--port`, or leave it out for any free one.'
        : 'Give `--load` a folder with one CSV file per object (Account.csv, Case.csv …), field names in the first line.',
    ],
    retryable: false,
    provider: 'sandbox',
    operation: 'start the sandbox',
  });
}

/** What others script against. */
function description(sandbox: Sandbox, envFile: string | null) {
  const { salesforce, hubspot, outreach, notes, refused } = sandbox;
  return {
    salesforce,
    hubspot,
    outreach,
    notes,
    refused,
    now: new Date(sandbox.now()).toISOString(),
    envFile,
  };
}

/** Variables that every other command reads with `--env-file`. Loopback credentials, worthless elsewhere. */
export function writeEnvFile(file: string, sandbox: Sandbox): void {
  const { salesforce, hubspot, outreach } = sandbox;
  const lines = [
    '# Written by `truenorth sandbox`. These credentials work on this machine only, while the sandbox runs.',
    `TRUENORTH_SALESFORCE_LOGIN_URL=${salesforce.loginUrl}`,
    `TRUENORTH_SALESFORCE_CLIENT_ID=${salesforce.clientId}`,
    `TRUENORTH_SALESFORCE_CLIENT_SECRET=${salesforce.clientSecret}`,
    `TRUENORTH_HUBSPOT_URL=${hubspot.url}`,
    `TRUENORTH_HUBSPOT_TOKEN=${hubspot.accessToken}`,
    `TRUENORTH_OUTREACH_URL=${outreach.url}`,
    `TRUENORTH_OUTREACH_TOKEN=${outreach.accessToken}`,
    `TRUENORTH_NOW=${new Date(sandbox.now()).toISOString()}`,
    `TRUENORTH_NOW_SINCE=${new Date().toISOString()}`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
}
