import { NO_CALLS, WHOLE_RUN } from '../../../sync/context.js';
import { runSync } from '../../../sync/run-sync.js';
import type { Session } from '../../connection/session.js';
import { exitCodeOf } from '../exit-codes.js';
import { sayReport } from '../say-report.js';
import type { Terminal } from '../terminal.js';

export interface SyncFlags {
  readonly apply: boolean;
  readonly reconcile: boolean;
}

/** `plan` and `sync`: one run; without `--apply` it stops before anything is written. */
export async function syncCommand(session: Session, terminal: Terminal, flags: SyncFlags): Promise<number> {
  const report = await runSync(session.tools, {
    apply: flags.apply,
    parts: { ...WHOLE_RUN, reconcile: flags.reconcile || 'when due' },
    callsBefore: NO_CALLS,
    runId: session.newRunId(),
    holder: session.holder,
    holderIsGone: session.holderIsGone,
    realNow: session.realNow,
  });
  terminal.json(report);
  await sayReport(terminal, session.tools, report);
  return exitCodeOf(report.status);
}
