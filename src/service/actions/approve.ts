import { approve } from '../../sync/brakes.js';
import { type Change, noteChange } from '../audited.js';
import type { Asker, Desk } from '../desk.js';
import { conflict } from '../refusal.js';
import { type HeldBack, heldBack } from '../views/held-back.js';
import { knownRun } from '../views/runs.js';

/** Lets the next run carry out what the brakes held back in this one, once. Throws where it is not what waits now. */
export async function approvePlan(desk: Desk, run: string, asker: Asker): Promise<HeldBack> {
  await knownRun(desk.state, run);
  const held = await heldBack(desk.state);
  if (held.run !== run) throw nothingHeld(run, held.run);
  const kinds = [...new Set(held.brakes.map(({ kind }) => kind))];
  await approve(desk.state.notes, kinds);
  await noteChange(desk, asker, approvalChange(run, kinds));
  return { ...held, approved: kinds };
}

/** An approval as the audit has it. */
export function approvalChange(run: string, kinds: readonly string[]): Change {
  return { what: 'approve plan', subject: run, particulars: { kinds: kinds.join(',') } };
}

function nothingHeld(run: string, other: string | null) {
  return conflict({
    code: 'NOT_HELD_BACK',
    message: `The run ${run} waits for no approval${other === null ? '' : `; ${other} does`}.`,
    action:
      other === null
        ? 'Look at the latest run: what an earlier one held back was planned again since.'
        : `Look at the plan of ${other}, then approve that.`,
    operation: 'approve plan',
  });
}
