import Table from 'cli-table3';
import { stringify } from 'yaml';
import { formatDay, spokenDay } from '../../../domain/day.js';
import { adoptedMoment } from '../../../domain/insight/adopted-moment.js';
import type { ChosenMilestone, Split, TrueNorth } from '../../../domain/insight/true-north.js';
import { findTrueNorth, type TrueNorthSheet } from '../../../insight/true-north.js';
import { lookAtState } from '../../../sync/account-today.js';
import type { Run } from '../../../sync/context.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, counted, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';
import { points } from './in-words.js';

const STAYED = {
  renewals:
    'Stayed = the first renewal after day 0 was won; lost = it was lost, or the customer left before it.',
  churn:
    'Stayed = still a customer a year after day 0; lost = left before. The day of churn counts, as too few renewals were won and lost.',
} as const;
const DATED =
  'A milestone by day N counts only what is dated up to day N, for customers whose outcome came later.';

function definitionOf({ outcome }: Pick<TrueNorthSheet, 'outcome'>): string {
  return `${STAYED[outcome]} ${DATED}`;
}

/** `suggest true-north`: which early milestone separates the customers who stayed. */
export async function trueNorthCommand(folder: Folder, terminal: Terminal): Promise<number> {
  const { sheet, today, segmentBy } = await folder.withState(async (state) => {
    const { connected, ...tools } = lookAt(folder, state);
    const { run } = await lookAtState(tools, connected);
    return answerOf(run);
  });
  const found = sheet.found.map((one) => ({ ...one, change: adoptedMoment(one, segmentBy, asYaml) }));
  terminal.json({
    day: formatDay(today),
    outcome: sheet.outcome,
    definition: definitionOf(sheet),
    period: sheet.period && { from: formatDay(sheet.period.from), to: formatDay(sheet.period.to) },
    waiting: sheet.waiting,
    tried: sheet.tried,
    file: 'config/moments.yaml',
    found,
  });
  if (!terminal.asJson) saySheet(terminal, sheet, found);
  return EXIT.done;
}

async function answerOf(run: Run) {
  return {
    sheet: await findTrueNorth(run),
    today: run.today,
    segmentBy: run.settings.program.segmentBy,
  };
}

function asYaml(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

type Told = TrueNorth & { readonly change: readonly string[] };

function saySheet({ say, colors }: Terminal, sheet: TrueNorthSheet, found: readonly Told[]): void {
  const { period, tried, waiting } = sheet;
  say(colors.bold('Which early milestone separates the customers who stayed?'));
  if (period !== null)
    say(
      `  Customers who began from ${spokenDay(period.from)} on, outcomes up to ${spokenDay(period.to)}; ${counted(waiting, 'customer has', 'customers have')} no outcome yet.`,
    );
  say(`  ${counted(tried, 'milestone was', 'milestones were')} tried; every one of them is corrected for.`);
  for (const one of found) sayFound({ say, colors }, one);
  say();
  say(colors.dim(definitionOf(sheet)));
  say(colors.dim('Nothing was changed. Customers change: look again each quarter.'));
}

function sayFound({ say, colors }: Pick<Terminal, 'say' | 'colors'>, one: Told): void {
  const { segment, customers, stayed, verdict, chosen, change } = one;
  say();
  say(colors.bold(`${segment}: ${count(customers)} customers, ${count(stayed)} of them stayed`));
  sayTried({ say, colors }, one);
  if (chosen === null) {
    say(`  ${verdict === 'none separates' ? 'None separates those who stayed.' : tooLittle(customers)}`);
    return;
  }
  for (const line of chosenInWords(chosen)) say(`  ${line}`);
  say(`  ${verdictInWords(one)}`);
  if (change.length === 0) {
    if (verdict === 'separates')
      say('  No fact says just that, so that no condition for config/moments.yaml can be suggested.');
    return;
  }
  say('  To adopt it, change config/moments.yaml:');
  for (const line of change) say(`    ${line.startsWith('+') ? colors.green(line) : line}`);
}

const MOST_TRIED = 10;

function sayTried({ say, colors }: Pick<Terminal, 'say' | 'colors'>, { milestones }: TrueNorth): void {
  if (milestones.length === 0) return;
  const table = new Table({
    head: ['Tried on one half', 'Stayed with it', 'Stayed without', 'Points', 'By luck, corrected'],
    style: { head: [], border: [] },
  });
  for (const { label, split, difference, chance } of milestones.slice(0, MOST_TRIED))
    table.push([
      label,
      sideInWords(split.reached),
      sideInWords(split.others),
      points(difference),
      chanceInWords(chance),
    ]);
  say(table.toString());
  const more = milestones.length - MOST_TRIED;
  if (more > 0) say(colors.dim(`  and ${counted(more, 'smaller difference', 'smaller differences')}`));
}

function sideInWords({ reached, n }: Split['reached']): string {
  return `${n === 0 ? 'nobody' : percent(reached / n)} of ${count(n)}`;
}

function chanceInWords(chance: number): string {
  return chance < 0.001 ? 'below 0.001' : chance.toFixed(3);
}

function tooLittle(customers: number): string {
  return `Too little data: it takes 30 customers with a milestone and 30 without in each half, and a tenth of them on either side; there are ${count(customers)} with an outcome.`;
}

function chosenInWords({ milestone, chance, choosing, estimating }: ChosenMilestone): readonly string[] {
  const corrected = chance < 0.001 ? chanceInWords(chance) : `at ${chanceInWords(chance)}`;
  return [
    `${milestone.label}`,
    `  chosen by one half: ${sidesInWords(choosing)}; chance of that by luck ${corrected}, corrected`,
    `  seen in the other:  ${sidesInWords(estimating)}`,
  ];
}

function sidesInWords({ reached, others }: Split): string {
  const share = (part: number, whole: number): string => (whole === 0 ? 'nobody' : percent(part / whole));
  return `${share(reached.reached, reached.n)} of ${count(reached.n)} with it stayed, ${share(others.reached, others.n)} of ${count(others.n)} without`;
}

function verdictInWords({ verdict, chosen }: TrueNorth): string {
  const difference = chosen?.difference ?? null;
  if (difference === null) return 'Too little data in the other half to say how much.';
  const told = `${points(difference.value)} points (95 % interval ${points(difference.low)} to ${points(difference.high)})`;
  return verdict === 'separates' ? `It separates: ${told}.` : `None separates: the other half says ${told}.`;
}
