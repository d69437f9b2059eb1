import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWebhook, type WebhookReceiver } from '../../../src/sandbox/webhook/start.js';
import type { Report } from '../../../src/sync/report.js';
import { anInstalledCompany, type Company } from '../company.js';

/** A company whose six channels are all connected. */
export interface ChannelCompany extends Company {
  readonly webhook: WebhookReceiver;
  /** Sets every server's clock to this local day at ten o'clock, and runs `sync --apply` twice: the second finds nothing. */
  readonly day: (day: string) => Promise<{ readonly first: Report; readonly again: Report }>;
}

const SEED = 7;

/** Only these playbooks, by id; nobody needs to look at a plan of so few accounts. */
export async function aChannelCompany(playbooks: Readonly<Record<string, string>>): Promise<ChannelCompany> {
  const company = await anInstalledCompany({ accounts: 6, seed: SEED });
  const { sandbox, folder, envFile } = company;
  const secret = randomBytes(24).toString('hex');
  const clock = { now: sandbox.now, advance: () => {}, set: () => {} };
  const webhook = await startWebhook({ seed: SEED, clock, secret });
  appendFileSync(
    envFile,
    `TRUENORTH_WEBHOOK_URL=${webhook.url()}/events\nTRUENORTH_WEBHOOK_SECRET=${secret}\n`,
  );
  configure(folder, playbooks);
  return {
    ...company,
    webhook,
    day: (day) => onDay(company, day),
    close: async () => {
      await Promise.all([webhook.close(), company.close()]);
    },
  };
}

function configure(folder: string, playbooks: Readonly<Record<string, string>>): void {
  const config = join(folder, 'config');
  rmSync(join(config, 'playbooks'), { recursive: true });
  mkdirSync(join(config, 'playbooks'));
  for (const [id, text] of Object.entries(playbooks))
    writeFileSync(join(config, 'playbooks', `${id}.yaml`), text);
  writeFileSync(
    join(config, 'engagement.yaml'),
    'brakes: { share: 100 %, missing: 100 % }\ncaps: { person: { touches: 9, days: 7 } }\n',
  );
}

async function onDay(company: Company, day: string): ReturnType<ChannelCompany['day']> {
  await company.control('salesforce', 'POST', '/clock', { now: `${day}T10:00:00Z` });
  const sync = async (): Promise<Report> => {
    const now = new Date(company.sandbox.now()).toISOString();
    const { exit, err, json } = await company.truenorth('sync', '--apply', '--json', '--now', now);
    if (exit !== 0) throw new Error(`sync ended with ${exit}: ${err}`);
    return json();
  };
  return { first: await sync(), again: await sync() };
}

/** Somebody at an account of their own. */
export interface Customer {
  readonly account: string;
  readonly contact: string;
  readonly email: string;
}

/** An account with one person; how many seats it has says which playbook is meant for it. */
export async function aCustomer(
  company: Company,
  { name, owner, seats }: { readonly name: string; readonly owner: string; readonly seats: number },
): Promise<Customer> {
  const email = `${name}@channels.example`;
  const account = await created(company, 'Account', { Name: name, Seats__c: seats, OwnerId: owner });
  const person = { AccountId: account, FirstName: name, LastName: 'Person', Email: email };
  return { account, email, contact: await created(company, 'Contact', person) };
}

export async function created(
  { asAdmin }: Company,
  object: string,
  values: Readonly<Record<string, unknown>>,
): Promise<string> {
  const answer = (await asAdmin('POST', `/sobjects/${object}`, values)) as { readonly id: string };
  return answer.id;
}
