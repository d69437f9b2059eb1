import type { Settings } from '../../ports/settings.js';
import type { PlanItem, StateStore, StoredItem } from '../../ports/state-store.js';
import type { Brake } from '../../sync/brakes.js';
import { isTask, stepOf } from '../../sync/engagement-item.js';
import type { FieldsDetail } from '../../sync/field-item.js';
import { heldBack } from './held-back.js';
import { type RunView, runView } from './runs.js';

/** A plan before it is written: how much of what, counted over its first differences. */
export interface PlanReview {
  readonly run: RunView;
  /** Differences that were counted, and all that there are. */
  readonly counted: number;
  readonly total: number;
  /** Account fields that change, most first: `Truenorth_Score__c`. */
  readonly fields: Counts;
  /** Accounts that go from one band, or tier, to another: `healthy > watch`. */
  readonly bandMoves: Counts;
  readonly tierMoves: Counts;
  /** By playbook. */
  readonly enrolments: Counts;
  readonly tasks: Counts;
  /** By refusal code. */
  readonly refusals: Counts;
}

export type Counts = Readonly<Record<string, number>>;

/** A request stays short whatever the plan: what comes later is seen page by page. */
const MOST_COUNTED = 5_000;
const PAGE = 500;

/** Throws where there is no such run. */
export async function planReview(state: StateStore, settings: Settings, id: string): Promise<PlanReview> {
  const run = await runView(state, id);
  const tally = openTally(settings);
  let [after, counted]: [number | null, number] = [null, 0];
  while (counted < MOST_COUNTED) {
    const page: readonly StoredItem[] = await state.plan.page(
      id,
      { kind: null, status: null },
      { after, limit: PAGE },
    );
    for (const item of page) tally.add(item);
    counted += page.length;
    after = page.at(-1)?.seq ?? null;
    if (page.length < PAGE) break;
  }
  const total = run.plan.reduce((sum, { count }) => sum + count, 0);
  return { run, counted, total, ...tally.result() };
}

type Tally = Omit<PlanReview, 'run' | 'counted' | 'total'>;

function openTally({ crm }: Pick<Settings, 'crm'>) {
  const fieldOf = (fact: string): string | null =>
    crm.write.find((rule) => rule.fact === fact)?.field ?? null;
  const [band, tier] = [fieldOf('band'), fieldOf('tier')];
  const counts = {
    fields: new Map<string, number>(),
    bandMoves: new Map<string, number>(),
    tierMoves: new Map<string, number>(),
    enrolments: new Map<string, number>(),
    tasks: new Map<string, number>(),
    refusals: new Map<string, number>(),
  };
  const addFields = (item: PlanItem): void => {
    for (const { field, expected, value } of (item.detail as FieldsDetail).differences) {
      one(counts.fields, field);
      const moves = field === band ? counts.bandMoves : field === tier ? counts.tierMoves : null;
      if (moves !== null) one(moves, `${expected ?? 'none yet'} > ${value ?? 'none'}`);
    }
  };
  const addStep = (item: PlanItem): void => {
    const step = stepOf(item);
    if (step.refused !== null) one(counts.refusals, step.refused.code);
    else one(isTask(step) ? counts.tasks : counts.enrolments, step.wish.playbook);
  };
  return {
    add: (item: PlanItem): void => {
      if (item.kind === 'field') addFields(item);
      if (item.kind === 'enrolment' || item.kind === 'refusal') addStep(item);
    },
    result: (): Tally => ({
      fields: sorted(counts.fields),
      bandMoves: sorted(counts.bandMoves),
      tierMoves: sorted(counts.tierMoves),
      enrolments: sorted(counts.enrolments),
      tasks: sorted(counts.tasks),
      refusals: sorted(counts.refusals),
    }),
  };
}

function one(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Counts {
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}

const REJECTED = 'rejected-plan';

/** What waits for somebody's approval: neither approved nor rejected yet; null = nothing. */
export async function waitingPlan(
  state: StateStore,
): Promise<{ readonly run: string; readonly brakes: readonly Brake[] } | null> {
  const { run, brakes, approved } = await heldBack(state);
  const open = brakes.filter(({ kind }) => !approved.includes(kind));
  if (run === null || open.length === 0 || (await state.notes.get(REJECTED)) === run) return null;
  return { run, brakes: open };
}

/** Notes that somebody wants this plan not to be carried out. */
export async function keepRejected({ notes }: Pick<StateStore, 'notes'>, run: string): Promise<void> {
  await notes.set(REJECTED, run);
}
