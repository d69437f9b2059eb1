import type { Day } from '../../../domain/day.js';
import { countOutcomes } from '../../../insight/outcomes.js';
import { lookAtState } from '../../../sync/account-today.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count } from '../numbers.js';
import type { Terminal } from '../terminal.js';

export interface BacktestFlags {
  /** Days between a score and its outcome. */
  readonly days: number;
  readonly asOf: Day | null;
}

/** `backtest`: whether the score tells who stays. */
export async function backtestCommand(
  folder: Folder,
  terminal: Terminal,
  { days }: BacktestFlags,
): Promise<number> {
  const { n, lost } = await folder.withState(async (state) => {
    const { connected, ...tools } = lookAt(folder, state);
    const { run } = await lookAtState(tools, connected);
    return countOutcomes(run);
  });
  terminal.json({ n, churned: lost });
  terminal.say(`${count(n)} closed renewals, ${count(lost)} of them lost; scores of ${days} days before.`);
  return EXIT.done;
}
