import { dayOfZone } from '../../domain/day.js';
import type { OrgProfile } from '../../ports/crm.js';
import type { RunRecord } from '../../ports/state-store.js';
import { applyEngagement } from '../apply-engagement.js';
import { applyFields } from '../apply-fields.js';
import { assessAccounts } from '../assess.js';
import { callsSoFar, type Run, type Tools } from '../context.js';
import { checkFields, type FieldCheck } from '../field-check.js';
import { type OurLease, withLease } from '../lease.js';
import { openRun } from '../open-run.js';
import { requireOwnState } from '../own-state.js';
import { isPause, pauseSentence } from '../pause.js';
import { NO_BOOKMARK } from '../pieces/bookmark.js';
import { IN_THIS_PROCESS } from '../pieces/in-this-process.js';
import { PIECES } from '../pieces/table.js';
import { readBackOpen } from '../read-back.js';
import { recordsPiece } from '../records/apply-records.js';
import type { Report } from '../report.js';
import { notedFirstLook, scopeOf } from '../rules.js';
import { settlePiece } from '../settle.js';
import { interrupted } from '../stop.js';
import { directPieces } from './direct-pieces.js';
import type { Hints } from './hints.js';
import { readHints } from './read-hints.js';
import { refreshBrake } from './refresh-brake.js';

export interface RefreshOptions {
  /** The same for a batch that was begun and broken off. */
  readonly runId: string;
  readonly hints: Hints;
  readonly trace: string;
  /** What an earlier look at the org's fields found; null = look now. */
  readonly found: FieldCheck['found'] | null;
  /** Aborts when this process is to end. */
  readonly signal: AbortSignal;
  readonly holder: string;
  readonly holderIsGone: (holder: string) => boolean;
  readonly realNow: () => number;
}

export type Refreshed =
  /** Read, and written where it may be; `held` = why it was not, or not all of it. */
  | {
      readonly outcome: 'done';
      readonly accounts: number;
      readonly held: string | null;
      readonly found: FieldCheck['found'] | null;
    }
  /** Something else goes first. */
  | { readonly outcome: 'later'; readonly because: string; readonly waitMs: number }
  /** More than this should do by itself. */
  | { readonly outcome: 'run'; readonly because: string };

/** Accounts that are assessed at once; more are work for a run. */
const MOST_ACCOUNTS = 500;

/**
 * What changed a moment ago, from the CRM to the account fields: the named records are read, their accounts assessed,
 * the difference settled and written as in every run. It is no run of its own in any list, and does nothing that
 * grows with the book. Throws RUN_IN_PROGRESS while a run is under way.
 */
export async function refresh(tools: Tools, options: RefreshOptions): Promise<Refreshed> {
  const org = await tools.crm.org();
  await requireOwnState(tools.state, org, tools.digest);
  return withLease(tools.state, { ...options, name: `run:${org.id}` }, async (lease) => {
    const first = inTheWay(await tools.state.runs.list(LOOKED_AT), org);
    if (first !== null) return first;
    const { run, found } = await openRefresh(tools, org, { options, lease });
    if ((await notedFirstLook(run.state.notes)) === null)
      return done('The first run reads and assesses everybody; changes as they happen follow it.', found);
    if ((await scopeOf(run)) === 'all')
      return { outcome: 'run', because: 'everybody is to be assessed first' };
    // What a try left that was broken off is decided anew.
    await run.state.plan.remove(run.id);
    const accounts = [...(await readHints(run, options.hints))];
    if (accounts.length > MOST_ACCOUNTS)
      return { outcome: 'run', because: `${accounts.length} accounts changed at once` };
    const held = accounts.length === 0 ? null : await carryOut(run, accounts);
    return { outcome: 'done', accounts: accounts.length, held, found };
  });
}

const LOOKED_AT = 5;
const SOON_MS = 5_000;

/** A run that is not over is gone on with before anything else changes, and a plan that a brake holds is looked at first. */
function inTheWay(runs: readonly RunRecord[], org: OrgProfile): Refreshed | null {
  const newest = runs.find((run) => run.org === org.id);
  if (newest === undefined) return null;
  if (newest.finishedAt === null)
    return { outcome: 'later', because: `run ${newest.id} is not over`, waitMs: SOON_MS };
  const { brakes = [] } = (newest.report ?? {}) as Partial<Report>;
  return brakes.length === 0
    ? null
    : done('The last plan waits for approval: nothing is written before.', null);
}

function done(held: string, found: FieldCheck['found'] | null): Refreshed {
  return { outcome: 'done', accounts: 0, held, found };
}

interface Opening {
  readonly options: RefreshOptions;
  readonly lease: OurLease;
}

async function openRefresh(
  tools: Tools,
  org: OrgProfile,
  { options, lease }: Opening,
): Promise<{ readonly run: Run; readonly found: FieldCheck['found'] }> {
  const { runId: id, trace, signal } = options;
  const parts = { full: 'when due', engagement: false, reconcile: false, metrics: false } as const;
  const { sizes } = IN_THIS_PROCESS;
  const nothing = { absent: [], records: [], unread: [] };
  const dayOf = dayOfZone(org.timeZone);
  const opened = openRun(
    { ...tools, state: tools.state.whileHeld(lease.held) },
    { id, org, today: dayOf(tools.clock.now()), apply: true, trace, parts, sizes, ...nothing },
    {
      hands: IN_THIS_PROCESS,
      worker: { ...options, table: PIECES },
      callsBefore: callsSoFar(tools),
      signal: AbortSignal.any([lease.signal, signal]),
      checkpoint: async () => {
        if (signal.aborted) throw interrupted();
        await lease.check();
      },
    },
  );
  const found = options.found ?? (await fieldsOf(opened));
  const run: Run = { ...opened, ...found, pieces: directPieces(() => run) };
  return { run, found };
}

async function fieldsOf(run: Run): Promise<FieldCheck['found']> {
  const { found, inTheWay: problem } = await checkFields(run);
  if (problem !== null) throw problem;
  return found;
}

/** From the accounts to what is written about them. Gives why not all of it was, or null. */
async function carryOut(run: Run, accounts: readonly string[]): Promise<string | null> {
  const unsure = await readBackOpen(run);
  await assessAccounts(run, accounts);
  const { pausedBecause } = await settlePiece(run, unsure, NO_BOOKMARK);
  await run.state.plan.clearCandidates(run.id);
  const held = (await refreshBrake(run)) ?? (await applyAll(run)) ?? pausedBecause;
  // What was not written stays marked: the next run plans it again.
  if (held === null) await run.state.assessments.unmarkApplied(run.id);
  await run.state.plan.remove(run.id);
  return held;
}

/** Everything of the plan; what is told once a day, and what grows with the book, is left to the runs. */
async function applyAll(run: Run): Promise<string | null> {
  try {
    await applyFields(run);
    await applyEngagement(run);
    await run.pieces.one('mirror', null);
    await run.pieces.one('carry', null);
    if (run.records.size > 0) await recordsPiece(run, EVERY_ITEM);
    return null;
  } catch (error) {
    if (!isPause(error)) throw error;
    return pauseSentence(error);
  }
}

const EVERY_ITEM = { from: 0, upTo: 2_000_000_000 };
