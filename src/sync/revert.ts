import { dayOfZone } from '../domain/day.js';
import { type LeftField, revertOf } from '../domain/settle/revert.js';
import { IntegrationError } from '../ports/errors.js';
import type { PlanItem, RunRecord, StateStore } from '../ports/state-store.js';
import { type Calls, callsSoFar, PAGE, type Tools } from './context.js';
import { keepControls, readControls } from './controls.js';
import { isTask, stepOf } from './engagement-item.js';
import { changeOf, type FieldsDetail } from './field-item.js';
import { type LeaseRequest, withLease } from './lease.js';
import { requireOwnState } from './own-state.js';
import { isPause, sentenceOf } from './pause.js';

export interface RevertOptions extends Omit<LeaseRequest, 'name'> {
  readonly run: string;
  /** False = look only. */
  readonly apply: boolean;
  /** Pause account fields, so that the next run does not write them again. */
  readonly hold: boolean;
  /** Id under which the revert itself is kept, and can be reverted. */
  readonly ownId: string;
}

/** What `revert` ends in. */
export interface Reverted {
  readonly run: string;
  /** The revert's own id; null when it only looked. */
  readonly revert: string | null;
  readonly records: number;
  readonly fields: number;
  /** Changed by others since, or gone; at most 100 listed. */
  readonly left: readonly (LeftField & { readonly record: string })[];
  readonly leftCount: number;
  /** Records that the CRM refused to change back. */
  readonly refused: readonly { readonly record: string; readonly code: string; readonly message: string }[];
  /** What no revert takes back. */
  readonly stands: { readonly enrolments: number; readonly tasks: number };
  readonly fieldsPaused: boolean;
  readonly calls: Calls;
}

const LISTED = 100;
const PLANS_KEPT = 20;

/** Puts the account fields back that a run changed, where they still hold what it wrote. Reads before it writes. */
export async function revertRun(tools: Tools, options: RevertOptions): Promise<Reverted> {
  const org = await tools.crm.org();
  await requireOwnState(tools.state, org, tools.digest);
  const target = await runToRevert(tools.state, options.run);
  const startedAt = tools.clock.now();
  if (!options.apply) return goThrough(tools, target, options);
  return withLease(tools.state, { ...options, name: `run:${org.id}` }, async () => {
    if (options.hold)
      await keepControls(tools.state.notes, { ...(await readControls(tools.state.notes)), fields: true });
    const own: RunRecord = {
      id: options.ownId,
      org: org.id,
      startedAt,
      finishedAt: null,
      day: dayOfZone(org.timeZone)(startedAt),
      apply: true,
      stage: 'apply',
      status: 'running',
      trigger: 'cli',
      trace: options.ownId,
      fixed: null,
      report: null,
    };
    await tools.state.runs.save(own);
    return ending(tools, own, () => goThrough(tools, target, options));
  });
}

/** Says in the list of runs how the revert ended, also where it broke off: what it wrote until then can be reverted. */
async function ending(tools: Tools, own: RunRecord, work: () => Promise<Reverted>): Promise<Reverted> {
  const save = (status: RunRecord['status'], report: unknown) =>
    tools.state.runs.save({ ...own, stage: 'report', status, report, finishedAt: tools.clock.now() });
  try {
    const done = await work();
    const { run, records, fields, calls, refused: rejected } = done;
    const report = { reverted: run, changes: { records, fields }, calls };
    await save(rejected.length > 0 ? 'rejected' : 'done', report);
    return done;
  } catch (error) {
    await save(isPause(error) ? 'paused' : 'failed', { error: sentenceOf(error), calls: callsSoFar(tools) });
    throw error;
  }
}

async function runToRevert(state: StateStore, id: string): Promise<RunRecord> {
  const found = await state.runs.get(id);
  if (found === null)
    throw refused('NO_SUCH_RUN', `There is no run ${id} here.`, 'Take an id that `truenorth runs` lists.');
  if (!found.apply)
    throw refused(
      'RUN_WROTE_NOTHING',
      `The run ${id} was a plan: it wrote nothing.`,
      'Name a run that was applied.',
    );
  const kept = await state.runs.list(PLANS_KEPT);
  if (!kept.some((run) => run.id === id))
    throw refused(
      'RUN_TOO_OLD',
      `The run ${id} is too old: what a run changed is kept for the latest ${PLANS_KEPT} runs.`,
      'Mend the settings and let the next run write the right values.',
    );
  return found;
}

function refused(code: string, message: string, action: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code,
    message,
    actions: [action],
    retryable: false,
    provider: 'state',
    operation: 'revert',
  });
}

interface Found {
  readonly items: readonly PlanItem[];
  readonly left: Reverted['left'];
}

async function goThrough(tools: Tools, target: RunRecord, options: RevertOptions): Promise<Reverted> {
  const { state, settings, progress } = tools;
  const object = settings.crm.objects.find(({ kind }) => kind === 'account')?.object ?? 'Account';
  const tally = { records: 0, fields: 0, leftCount: 0, seq: 0 };
  const left: Reverted['left'][number][] = [];
  const refusals: Reverted['refused'][number][] = [];
  progress.stage('Reading what the run changed', null);
  for await (const page of state.plan.items(target.id, { kind: 'field', status: 'done' }, PAGE)) {
    const found = await lookAt(tools, object, { page, seq: tally.seq });
    tally.seq += found.items.length;
    tally.leftCount += found.left.length;
    left.push(...found.left.slice(0, LISTED - left.length));
    const rejected = options.apply ? await writeBack(tools, object, { ...options, items: found.items }) : [];
    refusals.push(...rejected);
    const done = found.items.filter(({ key }) => !rejected.some(({ record }) => record === key));
    tally.records += done.length;
    tally.fields += done.reduce((sum, { detail }) => sum + (detail as FieldsDetail).differences.length, 0);
    progress.advance(page.length);
  }
  progress.done(`${tally.records} records`);
  return {
    run: target.id,
    revert: options.apply ? options.ownId : null,
    records: tally.records,
    fields: tally.fields,
    left,
    leftCount: tally.leftCount,
    refused: refusals,
    stands: await standing(state, target.id),
    fieldsPaused: (await readControls(state.notes)).fields,
    calls: callsSoFar(tools),
  };
}

async function lookAt(
  { crm }: Tools,
  object: string,
  { page, seq }: { readonly page: readonly PlanItem[]; readonly seq: number },
): Promise<Found> {
  const changed = new Map(page.map((item) => [item.key, (item.detail as FieldsDetail).differences]));
  const fields = [...new Set([...changed.values()].flat().map(({ field }) => field))];
  const now = new Map(
    (await crm.fetch(object, [...changed.keys()], fields)).map(({ id, values }) => [id, values]),
  );
  const items: PlanItem[] = [];
  const left: Found['left'][number][] = [];
  for (const item of page) {
    const holds = now.get(item.key);
    // A record that is gone holds nothing that could be put back.
    if (holds === undefined) continue;
    const revert = revertOf(changed.get(item.key) ?? [], holds);
    left.push(...revert.left.map((field) => ({ ...field, record: item.key })));
    const detail: FieldsDetail = { record: item.key, differences: revert.back };
    if (revert.back.length > 0) items.push({ ...item, seq: seq + items.length, detail });
  }
  return { items, left };
}

/** The revert keeps a plan of its own, so that it can be reverted, too. */
async function writeBack(
  { crm, state }: Tools,
  object: string,
  { ownId, items }: RevertOptions & { readonly items: readonly PlanItem[] },
): Promise<Reverted['refused']> {
  if (items.length === 0) return [];
  await state.plan.add(ownId, items);
  const byRecord = new Map(items.map((item) => [item.key, { item, change: changeOf(item) }]));
  const rejected: Reverted['refused'][number][] = [];
  const changes = [...byRecord.values()].map(({ change }) => change);
  for await (const outcomes of crm.write(object, changes)) {
    const written = outcomes.flatMap(({ id, ok }) => (ok ? (byRecord.get(id) ?? []) : []));
    await state.rows.setHeld(written.map(({ change: { id, values } }) => ({ id, held: values })));
    await state.assessments.markChanged(written.map(({ item }) => item.account));
    await state.plan.setStatus(
      ownId,
      outcomes.flatMap(({ id, ok }) => {
        const seq = byRecord.get(id)?.item.seq;
        return seq === undefined ? [] : [{ seq, status: ok ? ('done' as const) : ('rejected' as const) }];
      }),
    );
    for (const outcome of outcomes)
      if (!outcome.ok)
        rejected.push({ record: outcome.id, code: outcome.refusal.code, message: outcome.refusal.message });
  }
  return rejected;
}

async function standing(state: StateStore, run: string): Promise<Reverted['stands']> {
  let [enrolments, tasks] = [0, 0];
  for await (const page of state.plan.items(run, { kind: 'enrolment', status: 'done' }, PAGE))
    for (const item of page)
      if (isTask(stepOf(item))) tasks += 1;
      else enrolments += 1;
  return { enrolments, tasks };
}
