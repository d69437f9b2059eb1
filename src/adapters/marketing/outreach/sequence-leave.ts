import { IntegrationError } from '../../../ports/errors.js';
import type { EnrolmentRequest, LeaveOutcome } from '../../../ports/marketing.js';
import type { Context } from './context.js';
import { contentRefused, mayHaveHappened } from './errors.js';
import { inTurn } from './in-turn.js';
import { everyOf } from './pages.js';
import { notDone, refusalOf } from './refusals.js';
import { ANYTHING, SEQUENCE_STATE, type StateAnswer } from './schema.js';
import type { SequenceDirectory } from './sequence-directory.js';
import { isHeld, statesOf } from './states.js';

/**
 * Finishes what still holds the prospect. A bounced state is left as it is: it tells that the address is wrong.
 * A sequence that is disabled, or is not there any more, lets people out like any other.
 */
export async function leaveAll(
  { context, sequences }: { readonly context: Context; readonly sequences: SequenceDirectory },
  target: string,
  requests: readonly EnrolmentRequest[],
): Promise<readonly LeaveOutcome[]> {
  const sequence = await sequences.find(target);
  if (sequence === null) return requests.map(({ key }) => ({ key, outcome: 'absent' }));
  const recordIds = requests.map(({ recordId }) => recordId);
  const states = await statesOf(context, recordIds, sequence.id);
  const left = new Set<string>();
  return inTurn<EnrolmentRequest, LeaveOutcome>(requests, {
    run: async ({ key, recordId }) => {
      const held = (states.get(recordId) ?? []).filter((state) => isHeld(state) && !left.has(state.id));
      for (const { id } of held) left.add(id);
      return finishAll(context, key, held);
    },
    changed: ({ outcome }) => outcome === 'left' || outcome === 'unclear',
    notReached: ({ key }, error) => ({ key, outcome: 'refused', refusal: notDone(error) }),
  });
}

/** A ruleset may let the same prospect be in a sequence several times. */
async function finishAll(context: Context, key: string, held: readonly StateAnswer[]): Promise<LeaveOutcome> {
  let outcome: LeaveOutcome = { key, outcome: 'absent' };
  for (const { id } of held) {
    const finished = await finish(context, key, id);
    if (finished.outcome !== 'absent') outcome = finished;
    if (finished.outcome !== 'absent' && finished.outcome !== 'left') return finished;
  }
  return outcome;
}

/** May be repeated: finished twice is finished. */
async function finish(context: Context, key: string, stateId: string): Promise<LeaveOutcome> {
  try {
    await context.client.send({
      kind: 'sequenceStates-finish',
      method: 'POST',
      path: `/sequenceStates/${stateId}/actions/finish`,
      answer: ANYTHING,
      repeat: 'repeatable',
    });
    return { key, outcome: 'left' };
  } catch (error) {
    if (contentRefused(error)) {
      if (error.cause.status === 404 || (await hasEnded(context, stateId))) return { key, outcome: 'absent' };
      return { key, outcome: 'refused', refusal: refusalOf(error.cause.body) };
    }
    if (!(error instanceof IntegrationError) || !mayHaveHappened(error)) throw error;
    return { key, outcome: 'unclear' };
  }
}

/** It ended meanwhile, or by a first try of ours whose answer was lost: then finishing is refused. */
async function hasEnded(context: Context, stateId: string): Promise<boolean> {
  const states = await everyOf(context, {
    path: 'sequenceStates',
    query: { 'filter[id]': stateId },
    item: SEQUENCE_STATE,
  });
  return !states.some(isHeld);
}
