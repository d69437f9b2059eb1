import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Company } from './company.js';
import { aGate, type Watch } from './gate.js';
import { startTruenorth } from './real-process.js';

/** The moment at which a run is killed. */
export type Moment =
  /** At the n-th request that matches: before the server hears of it, or after it has answered. */
  | { readonly call: RegExp; readonly nth: number; readonly when: 'before' | 'after' }
  /** When the error stream says so. */
  | { readonly says: RegExp }
  /** When so many accounts are assessed, and the rest not yet. */
  | { readonly assessed: number };

/** Runs `sync --apply` as a process of its own and kills it. Resolves with false when it ended by itself before. */
export async function killedSync(
  company: Company,
  moment: Moment,
  more: readonly string[] = [],
): Promise<boolean> {
  let strike = (): void => {};
  const watch = 'call' in moment ? watchFor(moment, () => strike()) : () => null;
  const gates = {
    salesforce: await aGate(company.sandbox.salesforce.url, watch),
    hubspot: await aGate(company.sandbox.hubspot.url, watch),
  };
  const envFile = gatedEnv(company, gates);
  const run = startTruenorth(...['sync', '--apply', '--dir', company.folder, '--env-file', envFile, ...more]);
  strike = run.kill;
  if ('says' in moment) void run.says(moment.says).then(run.kill);
  const looking = 'assessed' in moment ? whenAssessed(company, moment.assessed, run.kill) : null;
  const { exit } = await run.ended;
  clearInterval(looking ?? undefined);
  await Promise.all([gates.salesforce.close(), gates.hubspot.close()]);
  return exit === null;
}

const LOOK_EVERY_MS = 2;

function whenAssessed(company: Company, accounts: number, strike: () => void): NodeJS.Timeout {
  const file = join(company.folder, 'var', 'truenorth.db');
  return setInterval(() => {
    const state = new Database(file, { readonly: true });
    const found = state.prepare('SELECT count(*) AS count FROM assessments').get() as { count: number };
    state.close();
    if (found.count >= accounts) strike();
  }, LOOK_EVERY_MS);
}

function watchFor(moment: Extract<Moment, { call: RegExp }>, strike: () => void): Watch {
  let seen = 0;
  return (request) => {
    if (!moment.call.test(request)) return null;
    seen += 1;
    return seen === moment.nth ? { when: moment.when, strike } : null;
  };
}

function gatedEnv(
  company: Company,
  gates: { readonly salesforce: { readonly url: string }; readonly hubspot: { readonly url: string } },
): string {
  const text = readFileSync(company.envFile, 'utf8')
    .replace(/(SALESFORCE_LOGIN_URL=).*/, `$1${gates.salesforce.url}`)
    .replace(/(HUBSPOT_URL=).*/, `$1${gates.hubspot.url}`);
  const file = join(company.folder, 'gated.env');
  writeFileSync(file, `${text}TRUENORTH_SALESFORCE_INSTANCE_URL=${gates.salesforce.url}\n`);
  return file;
}
