import { setTimeout as wait } from 'node:timers/promises';
import { processBudgets } from '../../../../../src/adapters/budget/process/index.js';
import {
  DEFAULT_SETTINGS,
  type SalesforceAuth,
  salesforceCrm,
} from '../../../../../src/adapters/crm/salesforce/index.js';
import type { ChangeHint, FeedStatus } from '../../../../../src/ports/change-feed.js';
import type { Clock } from '../../../../../src/ports/clock.js';
import type { SalesforceServer } from '../../../../../src/sandbox/salesforce/start.js';
import { silentLog } from './salesforce.js';

/** A feed that is followed, and what it told. */
export interface FollowedFeed {
  readonly hints: readonly ChangeHint[];
  readonly statuses: readonly FeedStatus[];
  /** Resolves once this holds for what was told so far. */
  readonly once: (holds: () => boolean) => Promise<void>;
  /** Resolves once it is live (again), and the server knows of its subscriptions. */
  readonly live: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface FeedGiven {
  readonly objects?: readonly string[];
  readonly position?: string | null;
  readonly auth?: SalesforceAuth;
  readonly slackMs?: number;
  /** Throws in the listener's place. */
  readonly onHint?: (hint: ChangeHint) => void;
}

/** Waits take no time, so that no test sleeps. */
export async function aFollowedFeed(server: SalesforceServer, given: FeedGiven = {}): Promise<FollowedFeed> {
  const hints: ChangeHint[] = [];
  const statuses: FeedStatus[] = [];
  let waiting: { readonly holds: () => boolean; readonly resolve: () => void }[] = [];
  const told = (): void => {
    const ready = waiting.filter(({ holds }) => holds());
    waiting = waiting.filter((one) => !ready.includes(one));
    for (const { resolve } of ready) resolve();
  };
  const [client] = server.credentials.clients;
  const clock: Clock = {
    now: server.clock.now,
    sleep: (_ms, signal) => wait(1, undefined, signal === undefined ? {} : { signal }),
  };
  const { feed } = salesforceCrm({
    auth: given.auth ?? {
      kind: 'client-credentials',
      clientId: client?.id ?? '',
      clientSecret: client?.secret ?? '',
    },
    loginUrl: server.url(),
    instanceUrl: null,
    apiVersion: '62.0',
    budgets: processBudgets({ clock }),
    clock,
    log: silentLog,
    settings: {
      ...DEFAULT_SETTINGS,
      timeoutMs: 5_000,
      feedSlackMs: given.slackMs ?? 5_000,
      random: () => 0.5,
    },
  });
  const own = { Account: ['Score__c'] };
  const following = await feed(own).follow(given.objects ?? ['Account', 'Case'], given.position ?? null, {
    hint: async (hint) => {
      given.onHint?.(hint);
      hints.push(hint);
      told();
    },
    status: (status) => {
      statuses.push(status);
      told();
    },
  });
  const once = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({ holds, resolve });
      told();
    });
  return {
    hints,
    statuses,
    once,
    live: () => once(() => statuses.at(-1)?.state === 'live'),
    stop: following.stop,
  };
}

/** A call to the switches. */
export async function turn(server: SalesforceServer, switches: object): Promise<void> {
  const response = await fetch(`${server.url()}/__sandbox/streaming`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(switches),
  });
  if (!response.ok) throw new Error(`the switch was refused: ${await response.text()}`);
}
