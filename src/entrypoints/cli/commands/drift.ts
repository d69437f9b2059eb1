import Table from 'cli-table3';
import { formatDay } from '../../../domain/day.js';
import type { SeparationPoint } from '../../../domain/insight/drift/separation.js';
import { type Drift, driftOf } from '../../../insight/drift.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** `drift`: whether the score still separates, and whether signals are still known. */
export async function driftCommand(folder: Folder, terminal: Terminal): Promise<number> {
  const drift = await folder.withState((state) => {
    const { connected, ...tools } = lookAt(folder, state);
    return driftOf(tools, { connected, signal: new AbortController().signal });
  });
  terminal.json(asWritten(drift));
  if (!terminal.asJson) sayDrift(terminal, drift);
  return EXIT.done;
}

/** The same with days as text. */
function asWritten({ separation, change, missingDays, ...drift }: Drift) {
  const point = ({ asOf, ...rest }: SeparationPoint) => ({ ...rest, asOf: formatDay(asOf) });
  return {
    ...drift,
    separation: separation.map(point),
    change: change && { ...change, before: point(change.before), now: point(change.now) },
    missingDays: missingDays.map(({ day, ...rest }) => ({ day: formatDay(day), ...rest })),
  };
}

function sayDrift(terminal: Terminal, drift: Drift): void {
  const { say, colors } = terminal;
  say(colors.bold(`Whether score and signals still tell what they told, as of ${drift.asOf}`));
  saySeparation(terminal, drift);
  sayMissing(terminal, drift);
  say();
  for (const sentence of drift.sentences) say(`${colors.yellow('•')} ${sentence}`);
  sayTheRest(say, drift);
}

/** What was compared with nothing is no comfort. */
function sayTheRest(say: Terminal['say'], { sentences, notCompared }: Drift): void {
  const waiting = notCompared.join('; ');
  if (notCompared.length === 2) say(`Nothing could be compared yet: ${waiting}.`);
  else if (notCompared.length === 1)
    say(
      `${sentences.length === 0 ? 'What could be compared tells no less than it did. ' : ''}Not compared yet: ${waiting}.`,
    );
  else if (sentences.length === 0) say('Nothing tells less than it did.');
}

function saySeparation({ say, colors }: Terminal, drift: Drift): void {
  const { separation, change } = drift;
  say();
  say(colors.bold(outcomeInWords(drift)));
  const table = new Table({
    head: ['Quarter', 'AUC', 'Outcomes with a score shown then', 'Lost'],
    style: { head: [], border: [] },
  });
  for (const point of separation)
    table.push([point.quarter, areaInWords(point), count(point.outcomes), count(point.lost)]);
  say(table.toString());
  say(
    colors.dim(
      'AUC: how often a customer who stayed had the higher score; 0.5 is chance. The quarter that runs is shown, and judged when it is over.',
    ),
  );
  if (change === null)
    say(
      colors.dim(
        'There are no two quarters of different renewals yet that are over and can be told: nothing to compare.',
      ),
    );
  else
    say(
      `${change.before.quarter} to ${change.now.quarter}: ${signed(change.difference.value)} (95 % interval ${signed(change.difference.low)} to ${signed(change.difference.high)})${change.fell ? ', it fell' : ''}`,
    );
}

function outcomeInWords({ outcome, daysBefore }: Drift): string {
  if (outcome === 'renewals')
    return `The score ${daysBefore} days before renewals that were closed in the 12 months up to a quarter’s end`;
  return `The score ${daysBefore} days before each of the four quarters’ ends of 12 months, and who left in these days: too few renewals were won and lost, so that the day of churn counts`;
}

function areaInWords({ auc }: SeparationPoint): string {
  if (auc === null) return 'too little data';
  return `${auc.value.toFixed(2)} (${auc.low.toFixed(2)} to ${auc.high.toFixed(2)})`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function sayMissing({ say, colors }: Terminal, { missing, missingDays }: Drift): void {
  const last = missingDays.at(-1);
  say();
  if (last === undefined) {
    say(
      'How often signals are missing is kept from the next run on that assesses every account and is applied.',
    );
    return;
  }
  say(colors.bold(`Accounts of which a signal is unknown or too old, of ${count(last.accounts)}`));
  const table = new Table({
    head: ['Signal', 'Missing', 'Weeks before', 'Days'],
    style: { head: [], border: [] },
  });
  for (const { label, now, before, days, rose } of missing)
    table.push([
      label,
      `${percent(now)}${rose ? ' ↑' : ''}`,
      before === null ? 'too few days' : percent(before),
      count(days),
    ]);
  say(table.toString());
}
