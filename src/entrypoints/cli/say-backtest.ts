import Table from 'cli-table3';
import { formatDay } from '../../domain/day.js';
import type { BacktestReport, BandOutcome, Part } from '../../domain/insight/backtest.js';
import { ENOUGH } from '../../domain/insight/enough.js';
import { type Figures, MODEL_IDS, type ModelId, ranksNobody } from '../../domain/insight/figures.js';
import type { LostAccount } from '../../domain/insight/missed.js';
import type { Backtested } from '../../insight/backtest.js';
import { count, percent } from './numbers.js';
import { leftOutInWords, outcomesInWords, withoutScoreInWords } from './outcome-words.js';
import type { Terminal } from './terminal.js';

const NAMES: Readonly<Record<ModelId, string>> = {
  default: 'The score, as configured',
  suggested: 'Suggested weights, out of sample',
  ceiling: 'Fitted ceiling (tree ensemble), out of fold',
  bestSignal: 'Best single reading',
  arrOnly: 'Revenue alone',
  existing: 'Health field of the org',
};

/** The report of a backtest, for people. */
export function sayBacktest(terminal: Terminal, { outcomes, report, currency }: Backtested): void {
  const { say, colors } = terminal;
  say(
    colors.bold(
      `${count(report.n)} outcomes, ${count(report.churned)} lost (${percent(report.churned / report.n)})`,
    ),
  );
  say(colors.dim(`  ${definitionOf({ outcomes, report })}`));
  const leftOut = leftOutInWords({ outcomes });
  if (leftOut !== null) say(colors.dim(`  ${leftOut}`));
  say();
  sayModels(terminal, report);
  say();
  for (const words of report.verdict.words) say(colors.bold(words));
  sayAgainstExisting(terminal, report);
  sayBands(terminal, report);
  sayCalibration(terminal, report);
  sayParts(terminal, 'Segment', report.segments);
  sayParts(terminal, 'Model', report.byModel);
  sayLost(terminal, report, currency);
}

function definitionOf({ outcomes, report }: Pick<Backtested, 'outcomes' | 'report'>): string {
  const { cuts, sources } = report;
  const from = `${count(sources.history)} as shown then, ${count(sources.rebuilt)} rebuilt from what was dated before`;
  return `${outcomesInWords({ outcomes, cuts })}; ${from}.`;
}

function sayModels({ say, colors }: Terminal, report: BacktestReport): void {
  const { models, bestSignalId, n } = report;
  const head = [`n = ${count(n)}`, 'AUC', '95 % interval', 'Lift of the riskiest 10 %', 'Brier', 'ECE'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const id of MODEL_IDS) {
    const name = id === 'bestSignal' && bestSignalId !== null ? `${NAMES[id]} (${bestSignalId})` : NAMES[id];
    table.push([name, ...figuresInWords(models[id], id === 'ceiling' ? 'too few to fit one' : 'not known')]);
  }
  say(table.toString());
  if (report.withoutScore === 0) return;
  const left = ' They are left out of its Brier, ECE and calibration.';
  say(colors.dim(`${withoutScoreInWords(report)}${models.default === null ? '' : left}`));
}

function figuresInWords(figures: Figures | null, none: string): readonly string[] {
  if (figures === null) return [none, '', '', '', ''];
  const { auc, low, high, lift10, brier, ece } = figures;
  const interval = ranksNobody(figures) ? 'it ranks nobody' : `${fixed(low)} to ${fixed(high)}`;
  return [fixed(auc), interval, fixed(lift10, 2), fixed(brier), fixed(ece)];
}

function fixed(value: number | null, digits = 3): string {
  return value === null ? '–' : value.toFixed(digits).replace('-', '−');
}

function sayAgainstExisting({ say }: Terminal, { gaps, models }: BacktestReport): void {
  const change = gaps.existingToDefault;
  if (change === null || models.existing === null) return;
  const relative = percent(change.value / models.existing.auc);
  const spans = change.low <= 0 && change.high >= 0 ? '; the interval spans 0' : '';
  say(
    `Against the health field that the org has: AUC ${fixed(change.value)} (${relative}), 95 % interval ${fixed(change.low)} to ${fixed(change.high)}${spans}.`,
  );
}

function sayBands({ say, colors }: Terminal, { bands }: BacktestReport): void {
  const table = new Table({
    head: ['Band at the cut-off', 'n', 'Lost', 'Rate', '95 % interval'],
    style: { head: [], border: [] },
  });
  for (const { band, n, lost, rate, low, high } of bands) {
    const told =
      rate === null
        ? ['too little data', '']
        : [percent(rate), `${percent(low ?? 0)} to ${percent(high ?? 1)}`];
    table.push([band, count(n), count(lost), ...told]);
  }
  say();
  say(table.toString());
  sayBandsWithoutScore({ say, colors }, bands);
}

/** A guard holds where too little is known for a score, too: bands hold more than have a score. */
function sayBandsWithoutScore(
  { say, colors }: Pick<Terminal, 'say' | 'colors'>,
  bands: readonly BandOutcome[],
): void {
  const guarded = bands.filter(({ band, withoutScore }) => band !== 'unknown' && withoutScore > 0);
  const all = guarded.reduce((sum, one) => sum + one.withoutScore, 0);
  if (all === 0) return;
  const each = guarded.map(({ band, withoutScore }) => `${count(withoutScore)} in ${band}`).join(', ');
  say(colors.dim(`${count(all)} of them have a band by a guard (or a person) alone, and no score: ${each}.`));
}

const BAR = 40;

function sayCalibration({ say, colors }: Terminal, { calibration, models }: BacktestReport): void {
  if (models.default === null) return;
  say();
  say(colors.bold('Calibration of the score: said, and what came (groups of equal size)'));
  for (const { n, forecast, observed } of calibration) {
    const bar = '█'.repeat(Math.round(observed * BAR)).padEnd(BAR, '·');
    const mark = Math.min(BAR - 1, Math.round(forecast * BAR));
    say(
      `  ${percent(forecast).padStart(7)}  ${bar.slice(0, mark)}│${bar.slice(mark + 1)}  ${percent(observed)}, n = ${count(n)}`,
    );
  }
}

const MOST_PARTS = 12;

function sayParts({ say, colors }: Terminal, title: string, parts: readonly Part[]): void {
  if (parts.length < 2) return;
  const table = new Table({
    head: [title, 'n', 'Lost', 'AUC', '95 % interval'],
    style: { head: [], border: [] },
  });
  for (const { name, n, lost, auc } of parts.slice(0, MOST_PARTS)) {
    const area =
      auc === null ? ['too little data', ''] : [fixed(auc.value), `${fixed(auc.low)} to ${fixed(auc.high)}`];
    table.push([name, count(n), count(lost), ...area]);
  }
  say();
  say(table.toString());
  if (parts.length > MOST_PARTS) say(colors.dim(`  and ${count(parts.length - MOST_PARTS)} smaller ones`));
  if (parts.some(({ auc }) => auc === null))
    say(colors.dim(`  Too little data: under ${ENOUGH.all} outcomes, or under ${ENOUGH.each} lost or kept.`));
}

function sayLost(
  { say, colors }: Terminal,
  { lostWhileHealthy, lostWhileHealthyCount }: BacktestReport,
  currency: string,
): void {
  if (lostWhileHealthyCount === 0) return;
  const shown =
    lostWhileHealthy.length < lostWhileHealthyCount ? `, the first ${lostWhileHealthy.length}` : '';
  say();
  say(colors.bold(`Lost while healthy: ${count(lostWhileHealthyCount)}${shown}`));
  for (const one of lostWhileHealthy) {
    const amount = one.amount === null ? '' : `, ${count(Math.round(one.amount))} ${currency}`;
    const missed = one.missed.length === 0 ? '' : `: ${missedInWords(one)}`;
    say(`  ${one.name} (${one.account}${amount}) at ${formatDay(one.cut)}${missed}`);
  }
  const without = lostWhileHealthy.filter(({ missed }) => missed.length === 0).length;
  if (without > 0) say(colors.dim(`  ${nothingMissed(without, lostWhileHealthy.length)}`));
}

function nothingMissed(without: number, listed: number): string {
  if (without === listed)
    return 'Nothing that is read of them, and that the score makes little of, stood in a bad place.';
  return `Nothing that is read, and that the score makes little of, stood in a bad place of the ${count(without)} that say no more.`;
}

function missedInWords({ missed }: LostAccount): string {
  return missed
    .map(
      ({ label, value, worseThan }) =>
        `${label} ${told(value)} (worse than ${percent(worseThan)} of those who stayed)`,
    )
    .join('; ');
}

function told(value: LostAccount['missed'][number]['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? count(Math.round(value * 10) / 10) : String(value);
}
