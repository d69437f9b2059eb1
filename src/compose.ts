import { createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  campaignEngagement,
  salesforceCampaignChannel,
} from './adapters/channel/salesforce-campaign/index.js';
import { salesforceTaskChannel } from './adapters/channel/salesforce-task/index.js';
import { webhookChannel } from './adapters/channel/webhook/index.js';
import { DEFAULT_SETTINGS, type SalesforceAuth, salesforceCrm } from './adapters/crm/salesforce/index.js';
import { backUpSqlite } from './adapters/database/backup.js';
import type { DatabaseAddress } from './adapters/database/dialect.js';
import { xgboost } from './adapters/ensemble/xgboost/index.js';
import { hubspotMarketing } from './adapters/marketing/hubspot/index.js';
import { type OutreachAuth, outreachMarketing } from './adapters/marketing/outreach/index.js';
import { openSqlState } from './adapters/state/sql/index.js';
import { openSqlServiceStore } from './adapters/state/sql/service/index.js';
import type { Environment, OutreachLogin, SalesforceLogin } from './config/env.js';
import { keptSecret, replaceSecret } from './config/secret-file.js';
import type { Budgets } from './ports/call-budget.js';
import type { ChangeFeed } from './ports/change-feed.js';
import type { Clock } from './ports/clock.js';
import type { Crm } from './ports/crm.js';
import type { Digest } from './ports/digest.js';
import { IntegrationError } from './ports/errors.js';
import type { Log } from './ports/log.js';
import type { MarketingMapping } from './ports/mapping.js';
import type { Channel, MarketingTool } from './ports/marketing.js';
import type { ServiceStore } from './ports/service-store.js';
import type { Settings } from './ports/settings.js';
import type { StateStore } from './ports/state-store.js';
import type { TreeEnsemble } from './ports/tree-ensemble.js';
import { gatheredUsage } from './service/usage/inbox.js';
import type { Tools } from './sync/context.js';

export { forecastWrite } from './adapters/crm/salesforce/index.js';
export {
  loadOtherSettings,
  loadSettings,
  requireInitialised,
  settingsFingerprint,
} from './compose-settings.js';
export { lookingBackCondition } from './config/looking-back.js';

/** What picking adapters needs to know. */
export interface Surroundings {
  /** Folder with config/, mappings/ and var/. */
  readonly folder: string;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Log;
}

/** The same, with what we may still send. */
export interface Budgeted extends Surroundings {
  readonly budgets: Budgets;
}

/** The API version that the adapter is tested with. */
const API_VERSION = '62.0';

/** What we may spend of the org's daily requests, and what our earlier runs of the last 24 hours did spend. */
export interface ApiBudget {
  readonly share: number;
  readonly orgCeiling: number;
  readonly spentBefore: number;
}

function outreachAuth(login: OutreachLogin): OutreachAuth {
  if (login.kind === 'token') return login;
  const { refreshTokenFile: file, ...auth } = login;
  return { ...auth, onRotated: async (token) => (file === null ? undefined : replaceSecret(file, token)) };
}

export type ConnectedCrm = ReturnType<typeof salesforceCrm>;

/** Changes of the CRM as they happen. Shares the login of the CRM. */
export function connectFeed({ feed }: ConnectedCrm, { crm }: Pick<Settings, 'crm'>): ChangeFeed {
  const account = crm.objects.find(({ kind }) => kind === 'account')?.object ?? 'Account';
  return feed({ [account]: crm.write.map(({ field }) => field) });
}

/** The CRM that the environment names. Throws when it names none. */
export function connectCrm(around: Budgeted, budget: ApiBudget): ConnectedCrm {
  const { salesforce } = around.environment;
  if (salesforce === null) throw notConnected();
  return salesforceCrm({
    auth: authOf(salesforce.login),
    loginUrl: salesforce.loginUrl,
    instanceUrl: salesforce.instanceUrl,
    apiVersion: salesforce.apiVersion ?? API_VERSION,
    budgets: around.budgets,
    clock: around.clock,
    log: around.log,
    settings: {
      ...DEFAULT_SETTINGS,
      budget: { share: budget.share, ceiling: budget.orgCeiling, spentBefore: budget.spentBefore },
    },
  });
}

function authOf(login: SalesforceLogin): SalesforceAuth {
  if (login.kind !== 'refresh-token') return login;
  const { refreshTokenFile: file, ...auth } = login;
  return { ...auth, onRotated: async (token) => (file === null ? undefined : replaceSecret(file, token)) };
}

/** Every way of acting that the environment connects, and the marketing tools behind them. */
export function connectEngagement(
  around: Budgeted,
  settings: Pick<Settings, 'marketing'>,
  crm: Crm,
): { readonly marketing: readonly MarketingTool[] } & Pick<Tools, 'channels' | 'responses'> {
  const { webhook } = around.environment;
  const marketing = [connectHubspot(around, settings.marketing), connectOutreach(around)].filter(
    (tool) => tool !== null,
  );
  const { clock, log } = around;
  const channels: readonly Channel[] = [
    ...marketing.flatMap((tool) => tool.channels),
    salesforceTaskChannel(crm),
    salesforceCampaignChannel(crm),
    ...(webhook === null ? [] : [webhookChannel({ ...webhook, clock, log, timeoutMs: WEBHOOK_TIMEOUT_MS })]),
  ];
  return {
    marketing,
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    responses: campaignEngagement(crm),
  };
}

const WEBHOOK_TIMEOUT_MS = 10_000;

function connectHubspot(around: Budgeted, mapping: MarketingMapping | null): MarketingTool | null {
  const { hubspot } = around.environment;
  if (hubspot === null || mapping === null) return null;
  return hubspotMarketing({
    baseUrl: hubspot.baseUrl,
    accessToken: hubspot.token,
    stamps: { contact: mapping.contactStamp, company: mapping.companyStamp },
    budgets: around.budgets,
    clock: around.clock,
    log: around.log,
  });
}

function connectOutreach(around: Budgeted): MarketingTool | null {
  const { outreach } = around.environment;
  if (outreach === null) return null;
  return outreachMarketing({
    baseUrl: outreach.baseUrl,
    auth: outreachAuth(outreach.login),
    budgets: around.budgets,
    clock: around.clock,
    log: around.log,
  });
}

const STATE_FILE = 'truenorth.db';
type Keeping = Pick<Surroundings, 'folder' | 'environment' | 'log'>;

/** In the database that the environment names, else in a file of the folder. */
export function openState(keeping: Keeping): Promise<StateStore> {
  return openSqlState(addressOf(keeping, STATE_FILE), keeping.log);
}

/** True where a state was made already: to look without making one. A database may hold one at any time. */
export function isStateKept(keeping: Keeping): boolean {
  const address = addressOf(keeping, STATE_FILE);
  return address.kind !== 'sqlite' || existsSync(address.file);
}

/** Tokens, users, sessions, audit and what was sent in: a file of its own, so that it never waits for a run. */
export async function openServiceStore(
  keeping: Keeping & Pick<Surroundings, 'clock'>,
): Promise<ServiceStore> {
  const store = await openSqlServiceStore(addressOf(keeping, 'service.db'), keeping.log);
  return { ...store, usage: gatheredUsage(store.usage, keeping.clock) };
}

/** A state in a file of its own: a back-up. */
export function openStateFile(file: string, log: Log): Promise<StateStore> {
  return openSqlState({ kind: 'sqlite', file }, log);
}

/** Copies of what is kept in files, by the name that each is given; those that were made. Throws where a database keeps it. */
export async function backUp(
  { folder, environment }: Surroundings,
  nameOf: (file: string) => string,
): Promise<readonly string[]> {
  if (environment.databaseUrl !== null) throw backedUpByItself();
  const made: string[] = [];
  for (const file of [STATE_FILE, 'service.db'])
    if (await backUpSqlite(join(folder, 'var', file), nameOf(file))) made.push(nameOf(file));
  return made;
}

function backedUpByItself(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'BACKUP_BY_DATABASE',
    message: 'The state is in PostgreSQL, which has tools of its own for back-ups.',
    actions: ['Use pg_dump of the schema truenorth_<org>, as docs/runbook.md shows.'],
    retryable: false,
    provider: 'state',
    operation: 'back up',
  });
}

function addressOf({ folder, environment }: Keeping, file: string): DatabaseAddress {
  const { databaseUrl: url, orgName } = environment;
  if (url === null) return { kind: 'sqlite', file: join(folder, 'var', file) };
  return { kind: 'postgres', url, schema: `truenorth_${orgName.replaceAll('-', '_')}` };
}

/** What the fitted ceiling of a backtest is made with. */
export function treeEnsemble(): TreeEnsemble {
  return xgboost();
}

/** Persons are kept under a hash that only this installation can make. */
export function digestWith(key: string): Digest {
  return {
    content: (text) => createHash('sha256').update(text).digest('hex'),
    person: (email) => createHmac('sha256', key).update(email).digest('hex'),
  };
}

/** The digest of an installation. Its key comes from the environment where several machines share a state; else it is made on the first use. */
export function digestOf({ folder, environment }: Pick<Surroundings, 'folder' | 'environment'>): Digest {
  const kept = (): string =>
    keptSecret(join(folder, 'var', 'person.key'), () => randomBytes(32).toString('hex'));
  return digestWith(environment.personKey ?? kept());
}

function notConnected(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'SALESFORCE_NOT_CONFIGURED',
    message: 'No Salesforce org is named.',
    actions: [
      'Start the embedded one with `truenorth sandbox --env-file sandbox.env`, then pass `--env-file sandbox.env`.',
      'Or set the TRUENORTH_SALESFORCE_… variables of your org (README, "Point it at a Salesforce sandbox").',
    ],
    retryable: false,
    provider: 'config',
    operation: 'connect to Salesforce',
  });
}
