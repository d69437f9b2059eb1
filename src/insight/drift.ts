import { formatDay } from '../domain/day.js';
import type { ChannelId } from '../domain/engagement/channel.js';
import { categoryOf, flagOf, numberOf } from '../domain/facts/row-values.js';
import type { HealthPolicy } from '../domain/health/model.js';
import { type MissingDay, type MissingSignal, missingNow } from '../domain/insight/drift/missing.js';
import { driftSentences, notCompared } from '../domain/insight/drift/sentences.js';
import {
  openSeparation,
  quarterEnds,
  type ScoredRenewal,
  type SeparationChange,
  type SeparationPoint,
  separationChange,
} from '../domain/insight/drift/separation.js';
import type { AccountBundle, NoteStore } from '../ports/state-store.js';
import { type Looking, lookAtState } from '../sync/account-today.js';
import { PAGE, type Run } from '../sync/context.js';
import { missingDays } from '../sync/missing-days.js';
import { type BookOutcome, customerAt, leftWithoutDay, outcomeOfBook } from './outcome-kind.js';

/** Days between a score and the close that it is held against. */
const DAYS_BEFORE = 90;

const QUARTERS = 9;
const MOST_POINTS = 24;
const MOST_HISTORY = 800;
const POINTS = 'separation';
const FOUND = 'drift-found';

/** What `drift` tells: whether score and signals still tell what they told. */
export interface Drift {
  readonly basedOn: { readonly run: string; readonly day: string };
  readonly asOf: string;
  readonly daysBefore: number;
  /** What tells who stayed: renewals, or where too few were won and lost the day on which customers left. */
  readonly outcome: BookOutcome;
  /** Oldest first. */
  readonly separation: readonly SeparationPoint[];
  /** Between quarters that are over; null while there are no two of different renewals. */
  readonly change: SeparationChange | null;
  /** Most missing first, as of the last day on which all accounts were assessed. */
  readonly missing: readonly MissingSignal[];
  readonly missingDays: readonly MissingDay[];
  /** What people should know, one sentence each. */
  readonly sentences: readonly string[];
  /** What could not be compared yet, and what it waits for. */
  readonly notCompared: readonly string[];
}

interface Asked {
  readonly connected: ReadonlySet<ChannelId>;
  /** Stops it between two pages. */
  readonly signal: AbortSignal;
}

/** Reads the stored book and its history once; nothing is written, and nobody is asked. Throws before the first run. */
export async function driftOf(tools: Looking, { connected, signal }: Asked): Promise<Drift> {
  const { run, lastRun } = await lookAtState(tools, connected);
  const outcome = await outcomeOfBook(run);
  const fresh = await separationOf(run, outcome, signal);
  const separation = withKept(fresh, await keptPoints(run.state.notes, outcome));
  const days = await missingDays(run.state.notes);
  const change = separationChange(separation, run.today);
  const missing = missingNow(days, {
    rise: run.settings.service.alerts.signalMissing,
    labels: labelsOf(run.settings.health),
  });
  return {
    basedOn: { run: lastRun.id, day: formatDay(lastRun.day) },
    asOf: formatDay(run.today),
    daysBefore: DAYS_BEFORE,
    outcome,
    separation,
    change,
    missing,
    missingDays: days,
    sentences: driftSentences(change, missing),
    notCompared: notCompared(change, missing),
  };
}

function labelsOf({ models }: HealthPolicy): ReadonlyMap<string, string> {
  const signals = models.flatMap(({ dimensions }) => dimensions.flatMap((one) => one.signals));
  return new Map(signals.map(({ id, label }) => [id, label]));
}

/** The same, kept: points outlive the history that they were read from, and alerts tell what was found. */
export async function watchDrift(tools: Looking, asked: Asked): Promise<Drift> {
  const drift = await driftOf(tools, asked);
  const points = drift.separation.map((point): KeptPoint => ({ ...point, of: drift.outcome }));
  await tools.state.notes.set(POINTS, points.slice(-MOST_POINTS));
  await tools.state.notes.set(FOUND, drift.sentences);
  return drift;
}

/** What the last watch found; nothing before the first. */
export async function driftFound(notes: NoteStore): Promise<readonly string[]> {
  return ((await notes.get(FOUND)) ?? []) as readonly string[];
}

/** Of which outcome a point is; those that were kept before it was said are of renewals. */
type KeptPoint = SeparationPoint & { readonly of?: BookOutcome };

/** Points of another outcome can't be compared with those of this one. */
async function keptPoints(notes: NoteStore, outcome: BookOutcome): Promise<readonly SeparationPoint[]> {
  const kept = ((await notes.get(POINTS)) ?? []) as readonly KeptPoint[];
  return kept.flatMap(({ of = 'renewals', ...point }) => (of === outcome ? [point] : []));
}

/** Of a quarter that is over the fuller point counts: of old renewals the history may have been taken out. */
function withKept(
  fresh: readonly SeparationPoint[],
  kept: readonly SeparationPoint[],
): readonly SeparationPoint[] {
  const points = new Map(kept.map((point) => [point.quarter, point]));
  for (const point of fresh) {
    const earlier = points.get(point.quarter);
    const fuller = earlier !== undefined && earlier.asOf === point.asOf && earlier.outcomes > point.outcomes;
    if (!fuller) points.set(point.quarter, point);
  }
  return [...points.values()].toSorted((a, b) => a.asOf - b.asOf);
}

async function separationOf(
  run: Run,
  outcome: BookOutcome,
  signal: AbortSignal,
): Promise<readonly SeparationPoint[]> {
  const scoredOf = outcome === 'renewals' ? scoredRenewals : scoredQuarters;
  const open = openSeparation(run.today, QUARTERS);
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    signal.throwIfAborted();
    for (const bundle of page) for (const one of await scoredOf(run, bundle)) open.add(one);
  }
  return open.points();
}

/** Renewals that were closed, each with the score that was shown so many days before; others say nothing. */
async function scoredRenewals(run: Run, { account, rows }: AccountBundle): Promise<readonly ScoredRenewal[]> {
  const closed = (rows.opportunity ?? []).flatMap((row) => {
    const [on, won] = [numberOf(row, 'closeOn'), flagOf(row, 'won')];
    const counts = flagOf(row, 'closed') === true && categoryOf(row, 'type') === 'renewal';
    return counts && on !== null && won !== null && on <= run.today ? [{ closedOn: on, lost: !won }] : [];
  });
  if (closed.length === 0) return [];
  const shown = await shownScores(run, account.id);
  return closed.flatMap(({ closedOn, lost }) => {
    const before = shown.find(({ day }) => day <= closedOn - DAYS_BEFORE);
    return before?.score == null ? [] : [{ account: account.id, closedOn, lost, score: before.score }];
  });
}

/** Each quarter's end with the score that was shown so many days before, and whether the customer left in these days. */
async function scoredQuarters(run: Run, { account }: AccountBundle): Promise<readonly ScoredRenewal[]> {
  if (leftWithoutDay({ account })) return [];
  const ends = quarterEnds(run.today, QUARTERS).filter(
    (end) => customerAt({ account }, end - DAYS_BEFORE) === null,
  );
  const leftOn = numberOf(account, 'churnedOn');
  const shown = await shownScores(run, account.id);
  return ends.flatMap((closedOn) => {
    const before = shown.find(({ day }) => day <= closedOn - DAYS_BEFORE);
    if (before?.score == null) return [];
    return [
      { account: account.id, closedOn, lost: leftOn !== null && leftOn <= closedOn, score: before.score },
    ];
  });
}

/** Newest first. */
async function shownScores(run: Run, account: string) {
  const history = await run.state.assessments.history(account, MOST_HISTORY);
  return history.map(({ day, entry }) => {
    const { shown } = entry as { readonly shown: { readonly score: number | null } };
    return { day, score: shown.score };
  });
}
