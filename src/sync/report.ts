import { isOwnKind } from '../domain/facts/record.js';
import type { Rewrite } from '../domain/settle/contest.js';
import type { WriteForecast } from '../ports/crm.js';
import type { RunRecord } from '../ports/state-store.js';
import type { Applied } from './apply.js';
import type { Brake } from './brakes.js';
import { checkCalls, NOT_CHECKED } from './check-written.js';
import { type Calls, callsSince, callsSoFar, callsTogether, type Run } from './context.js';
import { readControls } from './controls.js';
import { countPlan, type PlanCounts } from './count-plan.js';
import type { PullCount } from './pull.js';
import { type Contested, contestedNow } from './quarrels.js';
import type { Settled } from './settling.js';
import { strangersNote } from './take-readings.js';
import { lineRemarks } from './tier-lines.js';

export interface StageResults {
  readonly pulled: PullCount;
  readonly assessed: { readonly assessed: number };
  readonly settled: Settled;
  /** Why the plan was not carried out before somebody approves it. */
  readonly brakes: readonly Brake[];
  /** Tools that could not be asked what people did. */
  readonly unread: readonly string[];
  /** Null on a dry run, and where a brake held. */
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
    /** People taken out of a list, a sequence or a campaign again. */
    readonly leaves: number;
    /** Records of ours about all this: written, or on a dry run accounts for which one is due. */
    readonly crmRecords: number;
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
  /** Fields that hold something else than this run wrote, as far as it looked; at most 100 listed. */
  readonly readBack: {
    readonly records: number;
    readonly fields: number;
    readonly changed: readonly Rewrite[];
  };
  /** Fields that others change again and again; they are not written before somebody retries. */
  readonly contested: readonly Contested[];
  readonly pausedBecause: string | null;
  /** What held the plan back until somebody approves it. */
  readonly brakes: readonly Brake[];
  /** Enrolments put off to another day, by code; they count in `refused`, too. */
  readonly deferred: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly peakMemoryMb: number;
  readonly seconds: number;
}

const LISTED = 100;

/** Counts outcomes; the status is the worst of them. */
export async function report(run: Run, results: StageResults, seconds: number): Promise<Report> {
  const planned = await countPlan(run);
  const rejected = await rejectedOf(run);
  const forecast = forecastOf(run, planned.records);
  const contested = await contestedNow(run.state.notes);
  const { trouble, records, fields, changed } = results.applied?.check ?? NOT_CHECKED;
  return {
    run: run.id,
    status: statusOf(results, refusedByOthers(results, planned) + contested.length),
    applied: run.apply,
    accounts: {
      read: results.pulled.read,
      assessed: results.assessed.assessed,
      changed: results.pulled.changed,
    },
    changes: {
      fields: planned.fields,
      records: planned.records,
      enrolments: planned.enrolments,
      tasks: planned.tasks,
      leaves: planned.leaves,
      crmRecords: results.applied?.told.written ?? planned.crmRecords,
    },
    moves: results.settled.moves,
    refused: planned.refused,
    deferred: planned.deferred,
    rejected,
    waiting: await run.state.deadLetters.count(),
    calls: await callsOf(run),
    forecast: {
      salesforce: forecast.calls + checkCalls(run, planned.records),
      hubspot: planned.marketingCalls,
      mode: forecast.mode,
      why: forecast.why,
    },
    readBack: { records, fields, changed },
    contested,
    pausedBecause: pauseOf(results),
    brakes: results.brakes,
    notes: [
      ...unclearNote(planned.unclear),
      ...roomNote(results),
      ...(await lineRemarks(run)),
      ...(await fieldsNote(run)),
      ...(await strangersNote(run)),
      ...(trouble === null ? [] : [`What was written is not all read back: ${trouble}`]),
      ...notesOf(run, results),
    ],
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** Of this process since the run began, and of the others that did pieces of it. */
async function callsOf(run: Run): Promise<Calls> {
  return callsTogether([callsSince(callsSoFar(run), run.callsBefore), await run.pieces.callsElsewhere()]);
}

function pauseOf({ brakes, applied, settled }: StageResults): string | null {
  if (brakes.length === 0) return applied?.pausedBecause ?? settled.pausedBecause;
  const why = brakes.map(({ sentence }) => sentence).join(' ');
  return `${why} Nothing was written. Look at the plan; \`truenorth approve\` lets the next run carry it out.`;
}

/** Each piece is written on its own. */
function forecastOf({ crm, sizes }: Run, records: number): WriteForecast {
  const whole = Math.floor(records / sizes.items);
  const rest = crm.forecastWrite(records % sizes.items);
  if (whole === 0) return rest;
  const one = crm.forecastWrite(sizes.items);
  const why = records === sizes.items ? one.why : `${records} rows in parts of ${sizes.items}. ${one.why}`;
  return { mode: one.mode, calls: whole * one.calls + rest.calls, why };
}

function statusOf(results: StageResults, rejected: number): Report['status'] {
  if (pauseOf(results) !== null) return 'paused';
  return rejected > 0 ? 'rejected' : 'done';
}

/** What the CRM or a tool refused for good: fields, our own records, and enrolments or tasks. */
function refusedByOthers({ applied }: StageResults, { rejected, refused, deferred }: PlanCounts): number {
  const vendors = applied === null ? 0 : (refused.vendor_refused ?? 0) - (deferred.vendor_refused ?? 0);
  return rejected + (applied?.told.refused ?? 0) + vendors;
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

async function fieldsNote({ state }: Run): Promise<readonly string[]> {
  if (!(await readControls(state.notes)).fields) return [];
  return ['Account fields are paused and were not written; `truenorth resume --fields` lets them go on.'];
}

function unclearNote(count: number): readonly string[] {
  if (count === 0) return [];
  return [
    `${count} enrolments, tasks or leaves got no clear answer; the next run looks them up before it asks again.`,
  ];
}

function roomNote({ applied }: StageResults): readonly string[] {
  const skipped = applied?.told.skipped ?? 0;
  if (skipped === 0) return [];
  return [
    `${skipped} records of ours were not made in Salesforce: their kind has used up its storage. Raise budgetMb or lower keepDays under records in config/service.yaml.`,
  ];
}

/** A kind of ours that nobody can have yet. */
function unreadNotes({ unread, settings }: Run): readonly string[] {
  return settings.crm.objects
    .filter(({ kind }) => isOwnKind(kind) && unread.has(kind))
    .map(
      ({ kind, object }) =>
        `No ${kind} rows are read: ${object} is not there, or the integration user may not read it; \`truenorth install --apply\` creates it.`,
    );
}

function notesOf(run: Run, { unread }: StageResults): readonly string[] {
  const missing = new Set(
    run.settings.playbooks
      .flatMap(({ steps }) => steps.map(({ channel }) => channel))
      .filter((channel) => !run.channels.has(channel)),
  );
  return [
    ...run.settings.notes,
    ...(missing.size > 0
      ? [
          `Not connected, so that steps through them are left out: ${[...missing].sort().join(', ')}. See docs/configuration.md for the variables that connect them.`,
        ]
      : []),
    ...(run.settings.engagement.testOnly === null
      ? []
      : ['Test mode: only the addresses under testOnly in config/engagement.yaml are enrolled.']),
    ...unread.map(
      (tool) => `${tool} could not be asked what people did; the next run reads on from the same moment.`,
    ),
    ...unreadNotes(run),
    ...(run.absent.size > 0
      ? [
          `${run.absent.size} fields of ours are not installed yet and count as empty here; \`truenorth install --apply\` creates them.`,
        ]
      : []),
  ];
}
