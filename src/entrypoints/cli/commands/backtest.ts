import { treeEnsemble } from '../../../compose.js';
import { formatDay } from '../../../domain/day.js';
import { type Backtested, backtestBook } from '../../../insight/backtest.js';
import { lookAtState } from '../../../sync/account-today.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { type LoadedExport, remarksOn } from '../loaded-export.js';
import { lookAt } from '../look.js';
import { type OutcomeFlags, outcomeQuestion } from '../outcome-question.js';
import { outcomesAnswer } from '../outcome-words.js';
import { sayBacktest } from '../say-backtest.js';
import type { Terminal } from '../terminal.js';

/** `backtest`: whether the score tells who stays. */
export async function backtestCommand(
  folder: Folder,
  terminal: Terminal,
  flags: OutcomeFlags & { readonly loaded?: LoadedExport },
): Promise<number> {
  const found = await folder.withState(async (state) => {
    const { connected, ...tools } = lookAt(folder, state);
    const { run } = await lookAtState(tools, connected);
    return backtestBook(run, outcomeQuestion(flags, run), treeEnsemble());
  });
  const { loaded } = flags;
  terminal.json({ ...answerOf(found, flags), ...(loaded === undefined ? {} : { loaded }) });
  const remarks = loaded === undefined ? [] : remarksOn(loaded, flags);
  for (const remark of remarks) terminal.aside(terminal.colors.yellow(remark));
  if (!terminal.asJson) sayBacktest(terminal, found);
  return EXIT.done;
}

/** What `backtest --json` ends in: a contract, fields are added, never changed. */
function answerOf({ outcomes, report, currency }: Backtested, flags: OutcomeFlags) {
  const { verdict, cuts, lostWhileHealthy, ...rest } = report;
  return {
    ...rest,
    verdict: verdict.words.join(' '),
    verdictKind: verdict.kind,
    gapSpansZero: verdict.gapSpansZero,
    gapClosed: verdict.gapClosed,
    lostWhileHealthy: lostWhileHealthy.map((one) => ({ ...one, cut: formatDay(one.cut) })),
    currency,
    leftOut: outcomes.leftOut,
    outcomes: outcomesAnswer({ outcomes, cuts }, flags),
  };
}
