import { type Command, InvalidArgumentError } from 'commander';
import { parseDay } from '../../domain/day.js';
import type { CommonFlags, Streams } from './invocation.js';
import { type Finish, inFolder, whole } from './options.js';
import type { OutcomeFlags } from './outcome-question.js';
import { withBasis } from './with-basis.js';

/** Commands that look back: whether the score predicts, what the program brought, and where to draw the lines. */
export function addInsight(root: Command, finish: Finish, streams: Streams): void {
  addBacktest(root, finish, streams);
  addSuggest(root, finish, streams);
  addOutlook(root, finish, streams);
  addProgram(root, finish, streams);
  addWatermelons(root, finish, streams);
  addDrift(root, finish, streams);
}

function addOutlook(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('outlook'))
    .description('renewals due in this quarter and the three ahead, and what of them is likely to be lost')
    .option('--names <n>', 'accounts to name, largest expected loss first', whole, 20)
    .action(async (flags) => {
      const { outlookCommand } = await import('./commands/outlook.js');
      finish(
        await withBasis(flags as CommonFlags, streams, (folder, screen) =>
          outlookCommand(folder, screen, flags.names),
        ),
      );
    });
}

function addSuggest(root: Command, finish: Finish, streams: Streams): void {
  const suggest = root
    .command('suggest')
    .description('what the past suggests to change in config/; nothing is applied');
  addSuggestWeights(suggest, finish, streams);
  inFolder(suggest.command('tiers'))
    .description('what each way to draw the lines between tiers costs and covers, and who would move')
    .action(async (flags) => {
      const { suggestTiersCommand } = await import('./commands/suggest-tiers.js');
      finish(await withBasis(flags as CommonFlags, streams, suggestTiersCommand));
    });
  inFolder(suggest.command('true-north'))
    .description('which early milestone separates the customers who stayed, and the moment that it would be')
    .action(async (flags) => {
      const { trueNorthCommand } = await import('./commands/true-north.js');
      finish(await withBasis(flags as CommonFlags, streams, trueNorthCommand));
    });
}

function addBacktest(root: Command, finish: Finish, streams: Streams): void {
  outcomeOptions(inFolder(root.command('backtest')))
    .description(
      'whether the score tells who stays: scores as they were before each outcome, beside what else could tell',
    )
    .option('--load <folder>', 'look at a data export (one CSV file per object) instead; needs --as-of')
    .action(async (flags, command: Command) => {
      const asked = outcomeFlags(flags);
      if (flags.load === undefined) {
        const { backtestCommand } = await import('./commands/backtest.js');
        finish(
          await withBasis(flags as CommonFlags, streams, (folder, screen) =>
            backtestCommand(folder, screen, asked),
          ),
        );
        return;
      }
      const { asOf } = asked;
      if (asOf === null)
        return command.error('error: --load needs --as-of, the day at whose end accounts are looked at');
      const { backtestLoadCommand } = await import('./commands/backtest-load.js');
      const dir = command.getOptionValueSource('dir') === 'cli' ? flags.dir : null;
      finish(await backtestLoadCommand({ ...asked, asOf, dir, load: flags.load, json: flags.json }, streams));
    });
}

function addDrift(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('drift'))
    .description(
      'whether the score still separates who stays from who leaves, and whether signals are still known',
    )
    .action(async (flags) => {
      const { driftCommand } = await import('./commands/drift.js');
      finish(await withBasis(flags as CommonFlags, streams, driftCommand));
    });
}

function addWatermelons(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('watermelons'))
    .description(
      'accounts that look healthy over something in risk, most urgent first; idle seats, single threads, advocates',
    )
    .option('--limit <n>', 'accounts shown for each tier and list, 1 to 500', shownLimit, 10)
    .action(async (flags) => {
      const { watermelonsCommand } = await import('./commands/watermelons.js');
      finish(
        await withBasis(flags as CommonFlags, streams, (folder, screen) =>
          watermelonsCommand(folder, screen, flags.limit),
        ),
      );
    });
}

function shownLimit(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1 || number > 500)
    throw new InvalidArgumentError('It must be a whole number from 1 to 500.');
  return number;
}

function addProgram(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('program'))
    .description(
      'what the program comes to: coverage, engagement, retention and growth by tier and quarter, churn, support, cost, lift, return',
    )
    .option('--html <file>', 'write it as a page with charts, to be forwarded')
    .action(async (flags) => {
      const { programReportCommand } = await import('./commands/program-report.js');
      finish(
        await withBasis(flags as CommonFlags, streams, (folder, screen) =>
          programReportCommand(folder, screen, flags.html ?? null),
        ),
      );
    });
}

/** Which outcomes are looked back on. */
function outcomeOptions(command: Command): Command {
  return command
    .option('--days <n>', 'days between a score and its outcome, 1 to 730', days, 90)
    .option('--as-of <day>', 'look at all accounts as they were at the end of this day (YYYY-MM-DD)', day)
    .option('--outcome <expression>', 'what counts as lost, over the facts of `--days` after the cut-off')
    .option('--among <expression>', 'who is looked at, over the facts of the cut-off');
}

function outcomeFlags(flags: Partial<OutcomeFlags> & Pick<OutcomeFlags, 'days'>): OutcomeFlags {
  const { days: ahead, asOf = null, outcome = null, among = null } = flags;
  return { days: ahead, asOf, outcome, among };
}

function days(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1 || number > 730)
    throw new InvalidArgumentError('It must be a whole number of days from 1 to 730.');
  return number;
}

function day(text: string): number {
  const found = parseDay(text);
  if (found === null) throw new InvalidArgumentError('It must be a day, like 2026-11-22.');
  return found;
}

function addSuggestWeights(suggest: Command, finish: Finish, streams: Streams): void {
  outcomeOptions(inFolder(suggest.command('weights')))
    .description('weights that fit what came of the past, with what they would gain out of sample')
    .option('--out <folder>', 'write the changed health.yaml there, for `simulate --config`')
    .action(async (flags) => {
      const { suggestWeightsCommand } = await import('./commands/suggest-weights.js');
      finish(
        await withBasis(flags as CommonFlags, streams, (folder, screen) =>
          suggestWeightsCommand(folder, screen, { ...outcomeFlags(flags), out: flags.out ?? null }),
        ),
      );
    });
}
