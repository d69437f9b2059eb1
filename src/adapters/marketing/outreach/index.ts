import type { Budgets } from '../../../ports/call-budget.js';
import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';
import type { MarketingTool } from '../../../ports/marketing.js';
import { createAttributes, missingAttributes } from './attributes.js';
import type { OutreachAuth } from './auth.js';
import { type Limits, outreachClient, USUAL_LIMITS } from './client.js';
import { readConsent } from './consent.js';
import type { Context } from './context.js';
import { readEngagement } from './engagement.js';
import { identity } from './identity.js';
import { sequenceChannel } from './sequence.js';
import { sequenceDirectory } from './sequence-directory.js';
import { upsertPersons } from './upsert.js';

export type { OutreachAuth } from './auth.js';

export interface OutreachOptions {
  /** `https://api.outreach.io`, or the embedded server's; the API lies below `/api/v2`, tokens at `/oauth/token`. */
  readonly baseUrl: string;
  readonly auth: OutreachAuth;
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
  /** 0 <= x < 1; parts the retries of several workers. */
  readonly random?: () => number;
}

/** Outreach as a marketing tool. Throws IntegrationError; a refused person is an outcome. */
export function outreachMarketing(options: OutreachOptions): MarketingTool {
  const { auth, budgets, clock, log, random = Math.random } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const limits = { ...USUAL_LIMITS, ...options.limits };
  const client = outreachClient({ baseUrl, auth, budgets, clock, log, limits, random });
  const context: Context = { client, clock, log };
  const sequences = sequenceDirectory(context);
  return {
    id: 'outreach',
    identity: () => identity(context, baseUrl),
    missingProperties: async (properties) => missingAttributes(properties),
    createProperties: async (properties) => createAttributes(properties),
    consent: (persons) => readConsent(context, persons),
    upsert: (persons) => upsertPersons(context, persons),
    // Deleting prospects needs a scope (prospects.delete) that the application is not asked for.
    erase: async (person) => {
      const [told] = await readConsent(context, [person]);
      return told?.recordId === null ? 'absent' : 'cannot';
    },
    engagement: (reading) => readEngagement(context, sequences, reading),
    channels: [sequenceChannel(context, sequences)],
    calls: client.counts,
  };
}
