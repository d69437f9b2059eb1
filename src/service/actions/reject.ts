import { useApproval } from '../../sync/brakes.js';
import { noteChange } from '../audited.js';
import type { Asker, Desk } from '../desk.js';
import { conflict } from '../refusal.js';
import { heldBack } from '../views/held-back.js';
import { keepRejected } from '../views/plan-review.js';

/** Leaves a plan that a brake holds uncarried, and takes back what was approved of it. The next run plans anew. */
export async function rejectPlan(desk: Desk, run: string, asker: Asker): Promise<void> {
  const held = await heldBack(desk.state);
  if (held.run !== run)
    throw conflict({
      code: 'NOT_HELD_BACK',
      message: `The run ${run} waits for no approval.`,
      action: 'Look at the latest run: what an earlier one held back was planned again since.',
      operation: 'reject plan',
    });
  await useApproval(desk.state.notes);
  await keepRejected(desk.state, run);
  await noteChange(desk, asker, { what: 'reject plan', subject: run, particulars: {} });
}
