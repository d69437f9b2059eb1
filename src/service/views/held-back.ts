import type { StateStore } from '../../ports/state-store.js';
import { approvedKinds, type Brake } from '../../sync/brakes.js';
import type { Report } from '../../sync/report.js';
import { reportOf } from './runs.js';

/** What the brakes held back: what `approve --json`, the API and the console show. A contract: fields are added, never changed. */
export interface HeldBack {
  /** The run that a brake held back; null = nothing waits. */
  readonly run: string | null;
  readonly brakes: readonly Brake[];
  readonly changes: Report['changes'] | null;
  /** Kinds that the next run may carry out. */
  readonly approved: readonly string[];
}

/** Only the latest run counts: what an earlier one held back was planned again since. */
export async function heldBack(state: StateStore): Promise<HeldBack> {
  const [latest] = await state.runs.list(1);
  const approved = await approvedKinds(state.notes);
  const report = latest === undefined ? null : reportOf(latest);
  const brakes = report?.brakes ?? [];
  if (latest === undefined || brakes.length === 0) return { run: null, brakes: [], changes: null, approved };
  return { run: latest.id, brakes, changes: report?.changes ?? null, approved };
}
