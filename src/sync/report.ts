import type { RunRecord } from '../ports/state-store.js';
import type { Applied } from './apply.js';
import { channelOf, ENROLMENT_BATCH } from './apply-enrolments.js';
import type { FieldsDetail } from './assess.js';
import { type Calls, callsSoFar, PAGE, type Run } from './context.js';
import type { PullCount } from './pull.js';
import type { Settled } from './settle.js';
import type { EnrolmentItem } from './settle-enrolments.js';

export interface StageResults {
  readonly pulled: PullCount;
  readonly assessed: { readonly assessed: number };
  readonly settled: Settled;
  /** Null on a dry run. */
  readonly applied: Applied | null;
}

/** What `plan` and `sync --json` end in. A contract: fields are added, never changed. */
export interface Report {
  readonly run: string;
  readonly status: Extract<RunRecord['status'], 'done' | 'rejected' | 'paused'>;
  readonly applied: boolean;
  readonly accounts: { readonly read: number; readonly assessed: number; readonly changed: number };
  readonly changes: {
    readonly fields: number;
    readonly records: number;
    readonly enrolments: number;
    readonly tasks: number;
  };
  readonly moves: { readonly granted: number; readonly waiting: number };
  /** Enrolments refused or deferred, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Records that the CRM refused in this run, at most 100 listed. */
  readonly rejected: readonly {
    readonly object: string;
    readonly record: string;
    readonly code: string;
    readonly message: string;
    readonly advice: string;
  }[];
  /** Records refused earlier that wait for `truenorth retry`. */
  readonly waiting: number;
  readonly calls: Calls;
  /** Requests that applying this plan takes, and how. */
  readonly forecast: {
    readonly salesforce: number;
    readonly hubspot: number;
    readonly mode: string;
    readonly why: string;
  };
  readonly pausedBecause: string | null;
  readonly notes: readonly string[];
  readonly peakMemoryMb: number;
  readonly seconds: number;
}

const LISTED = 100;

/** Counts outcomes; the status is the worst of them. */
export async function report(run: Run, results: StageResults, seconds: number): Promise<Report> {
  const planned = await countPlan(run);
  const rejected = await rejectedOf(run);
  const forecast = run.crm.forecastWrite(planned.records);
  return {
    run: run.id,
    status: statusOf(results, planned.rejected),
    applied: run.apply,
    accounts: {
      read: results.pulled.read,
      assessed: results.assessed.assessed,
      changed: results.pulled.changed,
    },
    changes: { fields: planned.fields, records: planned.records, enrolments: planned.enrolments, tasks: 0 },
    moves: results.settled.moves,
    refused: planned.refused,
    rejected,
    waiting: await run.state.deadLetters.count(),
    calls: callsOf(run),
    forecast: {
      salesforce: forecast.calls,
      hubspot: planned.marketingCalls,
      mode: forecast.mode,
      why: forecast.why,
    },
    pausedBecause: results.applied?.pausedBecause ?? null,
    notes: notesOf(run),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    seconds: Math.round(seconds * 10) / 10,
  };
}

function callsOf(run: Run): Calls {
  const now = callsSoFar(run);
  const since = (all: Readonly<Record<string, number>>, before: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([kind, count]) => {
        const own = count - (before[kind] ?? 0);
        return own > 0 ? [[kind, own] as const] : [];
      }),
    );
  return {
    salesforce: since(now.salesforce, run.callsBefore.salesforce),
    hubspot: since(now.hubspot, run.callsBefore.hubspot),
  };
}

function statusOf(results: StageResults, rejected: number): Report['status'] {
  if (results.applied?.pausedBecause) return 'paused';
  return rejected > 0 ? 'rejected' : 'done';
}

interface PlanCounts {
  readonly fields: number;
  readonly records: number;
  readonly enrolments: number;
  /** Records that the CRM refused. */
  readonly rejected: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly marketingCalls: number;
}

async function countPlan(run: Run): Promise<PlanCounts> {
  let fields = 0;
  for await (const page of eachItem(run, 'field'))
    for (const item of page) fields += (item.detail as FieldsDetail).differences.length;
  const refused: Record<string, number> = {};
  for await (const page of eachItem(run, 'refusal')) {
    for (const item of page) {
      const code = (item.detail as EnrolmentItem).refused?.code ?? 'unknown';
      refused[code] = (refused[code] ?? 0) + 1;
    }
  }
  const counts = await run.state.plan.counts(run.id);
  const sum = (kind: string, status?: string): number =>
    counts
      .filter((row) => row.kind === kind && (status === undefined || row.status === status))
      .reduce((total, { count }) => total + count, 0);
  const enrolments = sum('enrolment') - sum('enrolment', 'stale');
  return {
    fields,
    records: sum('field'),
    enrolments,
    rejected: sum('field', 'rejected'),
    refused,
    marketingCalls: await forecastEnrolments(run),
  };
}

/** What enrolling the planned persons costs: consent again, making them known, and each channel's own calls. */
async function forecastEnrolments(run: Run): Promise<number> {
  const { marketing } = run;
  if (marketing === null) return 0;
  const persons = new Map<string, number>();
  for await (const page of eachItem(run, 'enrolment')) {
    for (const { detail } of page) {
      const { channel } = (detail as EnrolmentItem).step;
      persons.set(channel, (persons.get(channel) ?? 0) + 1);
    }
  }
  const handled = [...persons].map(([channel, count]) => {
    const batches = Math.ceil(count / ENROLMENT_BATCH);
    return CALLS_PER_BATCH * batches + channelOf(marketing, channel).forecastCalls(count);
  });
  return handled.reduce((sum, calls) => sum + calls, 0);
}

/** Consent by stamp and by address, and the upsert. */
const CALLS_PER_BATCH = 3;

async function* eachItem(run: Run, kind: 'field' | 'refusal' | 'enrolment') {
  for (const status of ['planned', 'intended', 'done', 'rejected', 'unclear', 'stale'] as const) {
    yield* run.state.plan.items(run.id, { kind, status }, PAGE);
  }
}

async function rejectedOf(run: Run): Promise<Report['rejected']> {
  const letters = await run.state.deadLetters.list(LISTED);
  return letters
    .filter((letter) => letter.run === run.id)
    .map(({ object, record, refusal }) => ({
      object,
      record,
      code: refusal.code,
      message: refusal.message,
      advice: refusal.advice,
    }));
}

function notesOf(run: Run): readonly string[] {
  const unconnected = run.marketing === null && run.settings.playbooks.length > 0;
  return [
    ...run.settings.notes,
    ...(unconnected
      ? [
          'No marketing tool is connected: nobody is enrolled. Set TRUENORTH_HUBSPOT_TOKEN to connect HubSpot.',
        ]
      : []),
    ...(run.absent.size > 0
      ? [
          `${run.absent.size} fields of ours are not installed yet and count as empty here; \`truenorth install --apply\` creates them.`,
        ]
      : []),
  ];
}
