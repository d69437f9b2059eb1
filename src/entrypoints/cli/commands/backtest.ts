import { lookingBackCondition, treeEnsemble } from '../../../compose.js';
import { type Day, formatDay } from '../../../domain/day.js';
import { type Backtested, backtestBook } from '../../../insight/backtest.js';
import type { OutcomeQuestion } from '../../../insight/outcomes.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { Settings } from '../../../ports/settings.js';
import { lookAtState } from '../../../sync/account-today.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { sayBacktest } from '../say-backtest.js';
import type { Terminal } from '../terminal.js';

export interface BacktestFlags {
  /** Days between a score and its outcome. */
  readonly days: number;
  readonly asOf: Day | null;
  readonly outcome: string | null;
  readonly among: string | null;
}

/** `backtest`: whether the score tells who stays. */
export async function backtestCommand(
  folder: Folder,
  terminal: Terminal,
  flags: BacktestFlags,
): Promise<number> {
  const found = await folder.withState(async (state) => {
    const { connected, ...tools } = lookAt(folder, state);
    const question = questionOf(flags, tools.settings);
    const { run } = await lookAtState(tools, connected);
    if (flags.asOf !== null && flags.asOf + flags.days > run.today) throw notOverYet(flags.asOf, flags.days);
    return backtestBook(run, question, treeEnsemble());
  });
  terminal.json(answerOf(found, flags));
  if (!terminal.asJson) sayBacktest(terminal, found);
  return EXIT.done;
}

function questionOf({ days, asOf, outcome, among }: BacktestFlags, settings: Settings): OutcomeQuestion {
  return {
    days,
    asOf,
    lostWhen: outcome === null ? null : lookingBackCondition('--outcome', outcome, settings),
    among: among === null ? null : lookingBackCondition('--among', among, settings),
  };
}

/** What `backtest --json` ends in: a contract, fields are added, never changed. */
function answerOf({ outcomes, report }: Backtested, flags: BacktestFlags) {
  const { verdict, cuts, lostWhileHealthy, ...rest } = report;
  return {
    ...rest,
    verdict: verdict.words.join(' '),
    verdictKind: verdict.kind,
    gapSpansZero: verdict.gapSpansZero,
    gapClosed: verdict.gapClosed,
    lostWhileHealthy: lostWhileHealthy.map((one) => ({ ...one, cut: formatDay(one.cut) })),
    outcomes: {
      kind: outcomes.kind,
      days: outcomes.days,
      asOf: outcomes.asOf === null ? null : formatDay(outcomes.asOf),
      outcome: flags.outcome,
      among: flags.among,
      from: formatDay(cuts.first),
      to: formatDay(cuts.last),
    },
  };
}

function notOverYet(asOf: Day, days: number): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'OUTCOME_NOT_OVER',
    message: `What came of ${formatDay(asOf)} within ${days} days is not known yet: the last look at the book was before ${formatDay(asOf + days)}.`,
    actions: ['Choose an earlier `--as-of`, or fewer `--days`.'],
    retryable: false,
    provider: 'state',
    operation: 'backtest',
  });
}
