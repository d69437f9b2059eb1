import type { Budgets } from '../../../ports/call-budget.js';
import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';
import type { MarketingTool } from '../../../ports/marketing.js';
import { hubspotClient, type Limits, USUAL_LIMITS } from './client.js';
import { readConsent } from './consent.js';
import type { Context, Stamps } from './context.js';
import { readEngagement } from './engagement.js';
import { erasePerson } from './erase.js';
import { listChannel } from './list.js';
import { type ApiVersion, pathsOf } from './paths.js';
import { createProperties, missingProperties } from './properties.js';
import { ACCOUNT } from './schema.js';
import { sequenceChannel } from './sequence.js';
import { upsertPersons } from './upsert.js';

export interface HubspotOptions {
  /** `https://api.hubapi.com`, or the embedded server's. */
  readonly baseUrl: string;
  /** A service key or a private app's token. */
  readonly accessToken: string;
  readonly stamps: Stamps;
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
  /** Absent = the date-based version. */
  readonly apiVersion?: ApiVersion;
  /** 0 <= x < 1; parts the retries of several workers. */
  readonly random?: () => number;
}

/** HubSpot as a marketing tool. Throws IntegrationError; a refused person is an outcome. */
export function hubspotMarketing(options: HubspotOptions): MarketingTool {
  const limits = { ...USUAL_LIMITS, ...options.limits };
  const client = hubspotClient({ ...options, limits, random: options.random ?? Math.random });
  const { stamps, budgets, clock, log } = options;
  const paths = pathsOf(options.apiVersion ?? '2026-03');
  const context: Context = { client, paths, stamps, budgets, clock, log, limits };
  return {
    id: 'hubspot',
    identity: () => identity(context),
    missingProperties: (properties) => missingProperties(context, properties),
    createProperties: (properties) => createProperties(context, properties),
    consent: (persons) => readConsent(context, persons),
    upsert: (persons) => upsertPersons(context, persons),
    erase: (person) => erasePerson(context, person),
    engagement: (reading) => readEngagement(context, reading),
    channels: [listChannel(context), sequenceChannel(context)],
    calls: client.counts,
  };
}

async function identity(context: Context): Promise<{ account: string; production: boolean }> {
  const { portalId, accountType } = await context.client.send({
    kind: 'account',
    method: 'GET',
    path: context.paths.account,
    answer: ACCOUNT,
    repeat: 'repeatable',
  });
  const words = accountType.toLowerCase().replaceAll('_', ' ');
  return { account: `HubSpot account ${portalId} (${words})`, production: accountType === 'STANDARD' };
}
