import { NOT_TOLD } from '../domain/engagement/consent.js';
import { IntegrationError } from '../ports/errors.js';
import type { Channel } from '../ports/marketing.js';
import type { PlanItem } from '../ports/state-store.js';
import { applyLeaves } from './apply-leaves.js';
import type { Run } from './context.js';
import { holdOn, readControls } from './controls.js';
import { entryOf, stepOf } from './engagement-item.js';
import { closeSent, keepRefusals, refuseLate, type Sent } from './engagement-outcomes.js';
import { begunAtOnce, inParts, MOST, partsOf } from './engagement-parts.js';
import { type Lane, laneOf, lanesOf, readBackLane } from './lanes.js';
import { type Known, makeKnown } from './recipients.js';
import { requestOf } from './requests.js';
import { stillAllowed } from './still-allowed.js';

const PAGE_OF_REFUSALS = 1_000;

/** Writes refusals down, takes out who is to leave, then enrols and opens tasks: intended before the call, closed after it. */
export async function applyEngagement(run: Run): Promise<void> {
  run.progress.stage('Enrolling', null);
  const unread = await run.pieces.one<boolean>('refusals', null);
  const done = await run.pieces.all<number>('lanes', async () => lanesOf(run));
  run.progress.done(`${done.reduce((sum, count) => sum + count, 0)} enrolled or opened`);
  // Whoever could not be read is put off; a tool that cannot be reached at all is said aloud.
  if (unread) for (const tool of run.marketing) await tool.identity();
}

/** Everything of one tool, in its order; gives how many were enrolled or opened. A tool that fails stops its own lane. */
export async function lanePiece(run: Run, task: unknown, again: boolean): Promise<number> {
  const lane = task as Lane;
  let done = again ? await readBackLane(run, lane) : 0;
  await applyLeaves(run, lane);
  for await (const page of run.state.plan.items(run.id, { kind: 'enrolment', status: 'planned' }, MOST)) {
    const mine = page.filter((item) => laneOf(stepOf(item).wish.step.channel) === lane);
    for (const group of inParts(mine)) done += await applyGroup(run, group);
    run.progress.advance(mine.length);
  }
  return done;
}

/** True when some are refused because a tool did not tell whether it may be. */
export async function refusalsPiece(run: Run): Promise<boolean> {
  let unread = false;
  for await (const page of run.state.plan.items(
    run.id,
    { kind: 'refusal', status: 'planned' },
    PAGE_OF_REFUSALS,
  )) {
    unread ||= page.some((item) => stepOf(item).refused?.evidence === NOT_TOLD);
    await run.checkpoint();
    await keepRefusals(run, page);
  }
  return unread;
}

interface Group {
  readonly channel: Channel;
  readonly target: string;
}

async function applyGroup(run: Run, items: readonly PlanItem[]): Promise<number> {
  const [first] = items;
  if (first === undefined) return 0;
  await run.checkpoint();
  const { channel: id, target } = stepOf(first).wish.step;
  const channel = run.channels.get(id);
  if (channel === undefined) return 0;
  try {
    return await sendGroup(run, { channel, target }, items);
  } catch (error) {
    if (isSpent(error)) await putOff(run, items);
    throw error;
  }
}

/** Does something with the target; null when it is not there or of the wrong kind, which puts off its own people only. */
async function withTarget<T>(
  run: Run,
  { target, items }: { readonly target: string; readonly items: readonly PlanItem[] },
  act: () => Promise<T>,
): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (!isConfig(error)) throw error;
    await refuseTarget(run, { target, error }, items);
    return null;
  }
}

/** The next run looks again: somebody may have made the target by then. */
async function refuseTarget(
  run: Run,
  { target, error }: { readonly target: string; readonly error: IntegrationError },
  items: readonly PlanItem[],
): Promise<void> {
  const refused = { code: 'vendor_refused', evidence: `${error.code}: ${error.message}` } as const;
  run.log.warn('Enrolments put off: their target cannot be used', { run: run.id, target, code: error.code });
  await refuseLate(
    run,
    items.map((item) => ({ item, refused, tryOn: run.today })),
  );
}

function isConfig(error: unknown): error is IntegrationError {
  return error instanceof IntegrationError && error.kind === 'Config';
}

/** A budget that is spent pauses the run; what was planned says so, and is decided again. */
function isSpent(error: unknown): boolean {
  return error instanceof IntegrationError && error.kind === 'RateLimited' && !error.retryable;
}

async function putOff(run: Run, items: readonly PlanItem[]): Promise<void> {
  const ledger = await run.state.ledger.get(items.map(({ key }) => key));
  // Keys that were intended may have been sent: those are read back, not refused.
  const untouched = items.filter(({ key }) => (ledger.get(key)?.status ?? 'deferred') === 'deferred');
  const refused = { code: 'budget', evidence: 'the budget of calls was spent before its turn' } as const;
  await refuseLate(
    run,
    untouched.map((item) => ({ item, refused, tryOn: run.today })),
  );
}

async function sendGroup(run: Run, group: Group, items: readonly PlanItem[]): Promise<number> {
  const allowed = await stillAllowed(run, await withoutHeld(run, items));
  if (allowed.length === 0) return 0;
  const mine = { target: group.target, items: allowed.map(({ item }) => item) };
  const ready = await withTarget(run, mine, async () => {
    await group.channel.prepare(group.target);
    return true;
  });
  if (ready === null) return 0;
  await run.checkpoint();
  // Made known first and together, in the fewest requests: that sends nothing, and doing it again changes nothing.
  const known = await makeKnown(run, group.channel.id, allowed);
  let done = 0;
  for (const part of partsOf(known, begunAtOnce(group.channel.id))) {
    await intend(run, part);
    done += await send(run, group, part);
  }
  return done;
}

/** Written down before the call, in the ledger and in the plan: whoever takes over knows what to look for. */
async function intend(run: Run, known: readonly Known[]): Promise<void> {
  await run.checkpoint();
  await run.state.ledger.write(
    known.map(({ item, recordId }) => entryOf(run, stepOf(item), { status: 'intended', recordId })),
  );
  await run.state.plan.setStatus(
    run.id,
    known.map(({ item: { seq } }) => ({ seq, status: 'intended' as const })),
  );
}

/** Somebody may have paused it since the plan was made: a hold takes effect with the next call. */
async function withoutHeld(run: Run, items: readonly PlanItem[]): Promise<readonly PlanItem[]> {
  const controls = await readControls(run.state.notes);
  const holdOf = (item: PlanItem): string | null => {
    const { playbook, step } = stepOf(item).wish;
    return holdOn(controls, run.settings.engagement, { playbook, channel: step.channel });
  };
  const held = items.flatMap((item) => {
    const why = holdOf(item);
    if (why === null) return [];
    return [{ item, refused: { code: 'paused', evidence: why } as const, tryOn: run.today }];
  });
  await refuseLate(run, held);
  return held.length === 0 ? items : items.filter((item) => holdOf(item) === null);
}

async function send(run: Run, { channel, target }: Group, known: readonly Known[]): Promise<number> {
  const requests = await Promise.all(known.map(({ item, recordId }) => requestOf(run, item, recordId)));
  const mine = { target, items: known.map(({ item }) => item) };
  const answers = await withTarget(run, mine, () => channel.enrol(target, requests));
  if (answers === null) return 0;
  const outcomes = new Map(answers.map((outcome) => [outcome.key, outcome]));
  const due = new Map(requests.map(({ key, task }) => [key, task?.dueOn ?? null]));
  const sent = known.map(
    ({ item, recordId }): Sent => ({
      item,
      recordId,
      outcome: outcomes.get(item.key) ?? { key: item.key, outcome: 'unclear', made: null },
      dueOn: due.get(item.key) ?? null,
    }),
  );
  return closeSent(run, sent);
}
