import type { FeedStatus } from '../../ports/change-feed.js';
import type { Vitals } from '../../service/views/vitals.js';

/** A number of an org that metrics tell. */
export interface OrgNumber {
  readonly name: string;
  readonly help: string;
  /** By the value of `label`; without one there is a single number under ''. */
  readonly label: 'status' | 'state' | null;
  readonly of: (vitals: Vitals) => Readonly<Record<string, number>>;
}

function one(value: number | null | undefined): Readonly<Record<string, number>> {
  return value === null || value === undefined ? {} : { '': value };
}

const FEED_STATES: readonly FeedStatus['state'][] = ['off', 'connecting', 'live', 'silent', 'lost'];

export const ORG_NUMBERS: readonly OrgNumber[] = [
  {
    name: 'truenorth_runs',
    help: 'Runs among the latest 100, by how they stand.',
    label: 'status',
    of: ({ runs }) => runs,
  },
  {
    name: 'truenorth_last_run_seconds',
    help: 'How long the latest finished run took.',
    label: null,
    of: ({ lastRun }) => one(lastRun?.seconds),
  },
  {
    name: 'truenorth_last_run_finished_timestamp_seconds',
    help: 'When the latest finished run ended.',
    label: null,
    of: ({ lastRun }) => one(lastRun && lastRun.finishedAt / 1000),
  },
  {
    name: 'truenorth_last_run_items',
    help: 'What the latest finished run wrote and what was refused.',
    label: 'status',
    of: ({ lastRun }) => (lastRun === null ? {} : { written: lastRun.written, refused: lastRun.refused }),
  },
  {
    name: 'truenorth_queue_jobs',
    help: 'Jobs, by state.',
    label: 'state',
    of: ({ queue: { waiting, active, delayed, failed } }) => ({ waiting, active, delayed, failed }),
  },
  {
    name: 'truenorth_queue_lag_seconds',
    help: 'How long the oldest waiting job waits; 0 when none does.',
    label: null,
    of: ({ queue }) => one((queue.lagMs ?? 0) / 1000),
  },
  {
    name: 'truenorth_salesforce_calls_last_day',
    help: 'Requests to Salesforce that our runs of the last 24 hours sent.',
    label: null,
    of: ({ salesforceCalls }) => one(salesforceCalls),
  },
  {
    name: 'truenorth_dead_letters',
    help: 'Refused records that wait for somebody.',
    label: null,
    of: ({ deadLetters }) => one(deadLetters),
  },
  {
    name: 'truenorth_usage_waiting',
    help: 'Usage readings that were accepted and are not yet taken into the state.',
    label: null,
    of: ({ usageWaiting }) => one(usageWaiting),
  },
  {
    name: 'truenorth_engines',
    help: 'Engines that were heard of lately.',
    label: null,
    of: ({ engines }) => one(engines),
  },
  {
    name: 'truenorth_change_feed',
    help: 'How the change feed stands: 1 under its state, 0 under the others.',
    label: 'state',
    of: ({ feed }) =>
      Object.fromEntries(FEED_STATES.map((state) => [state, (feed?.state ?? 'off') === state ? 1 : 0])),
  },
];
