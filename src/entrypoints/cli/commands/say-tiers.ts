import type { CutTier } from '../../../domain/insight/tiers/cuts.js';
import type { CurvePoint } from '../../../domain/insight/tiers/pareto-curve.js';
import type { StaffShortage } from '../../../domain/insight/tiers/ways-out.js';
import type { NamedMarketMove, SuggestedCut, TierSuggestion } from '../../../insight/suggest-tiers.js';
import { count, counted, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';
import { exceptFor, knownMoney, money } from './in-words.js';
import { sayMoves, saySegments } from './say-tier-past.js';
import { shortageInWords } from './shortage-words.js';

interface Head {
  readonly day: string;
  readonly currency: string;
  readonly measureLabel: string;
}

type Saying = Pick<Terminal, 'say' | 'colors'>;

/** The suggestion as text, section by section. */
export function saySuggestion({ say, colors }: Saying, suggestion: TierSuggestion, head: Head): void {
  const {
    customers,
    revenue,
    revenueUnknown,
    curve,
    cuts,
    leftOut,
    shortages,
    markets,
    marketsLeftOut,
    segments,
    moves,
  } = suggestion;
  const to = { say, colors };
  say(
    colors.bold(
      `${count(customers)} customers with ${knownMoney(revenue, head.currency)} a year, as of ${head.day}`,
    ),
  );
  sayCurve(to, curve, revenueUnknown);
  if (
    cuts.some(
      ({ costPerYear, tiers }) =>
        costPerYear !== null || tiers.some(({ staff }) => staff.costPerYear !== null),
    )
  )
    say(colors.dim(`\n${COSTS}`));
  for (const cut of cuts) sayCut(to, cut);
  for (const sentence of leftOut) say(colors.dim(`  Left out: ${sentence}`));
  sayShortages(to, shortages, cuts[0]);
  say();
  say(colors.bold('Moving a line to the next natural break'));
  for (const market of markets) sayMarket(to, market);
  if (markets.length === 0) say(`  ${marketsLeftOut}`);
  saySegments(to, segments);
  sayMoves(to, moves);
  say();
  say(
    colors.dim(
      'Digital serves at scale, with the same promises; a line says how somebody is served, not what they are worth.',
    ),
  );
  say(colors.dim('Nothing was changed. Try a change with `truenorth simulate --config` first.'));
}

const COSTS =
  'Costs are those of the people needed, so that ways to draw the lines can be compared; `truenorth program` tells the cost of those who are there.';

const BAR = 40;

function sayCurve({ say, colors }: Saying, curve: readonly CurvePoint[], unknown: number): void {
  say();
  say(colors.bold('Share of the revenue by share of the customers, largest first'));
  if (curve.length === 0) say('  No revenue is known.');
  for (const { accounts, revenue } of curve)
    say(
      `  ${percent(accounts).padStart(6)} ${'█'.repeat(Math.round(revenue * BAR)).padEnd(BAR, '·')} ${percent(revenue)}`,
    );
  if (unknown > 0 && curve.length > 0)
    say(colors.dim(`  Left out: ${counted(unknown, 'customer', 'customers')} whose revenue is not known.`));
}

function sayCut(
  { say, colors }: Saying,
  { id, label, lines, tiers, moving, unassigned, costPerYear, change }: SuggestedCut,
): void {
  say();
  const cost = costPerYear === null ? '' : `; the people needed cost ${money(costPerYear)} a year`;
  const movers =
    id === 'today' ? '' : `; ${counted(moving, 'customer', 'customers')} in another tier than today`;
  say(colors.bold(`${label}${movers}${cost}`));
  for (const tier of tiers) {
    const from = lines.find((line) => line.tier === tier.tier)?.from ?? null;
    say(`  ${tier.label.padEnd(12)} ${lineInWords(from).padEnd(16)} ${coverInWords(tier)}`);
    for (const line of staffInWords(tier)) say(`    ${line}`);
  }
  if (unassigned > 0)
    say(`  ${counted(unassigned, 'customer', 'customers')} without a known measure can’t be placed.`);
  if (change.length === 0) return;
  say('  To draw them so, change config/tiers.yaml:');
  for (const line of change)
    say(`    ${line.startsWith('+') ? colors.green(line) : line.startsWith('-') ? colors.red(line) : line}`);
}

function lineInWords(from: number | null): string {
  if (from === null) return 'everyone else';
  return Number.isFinite(from) ? `from ${money(from)}` : 'nobody';
}

function coverInWords({ accounts, accountShare, revenue, revenueUnknown, revenueShare }: CutTier): string {
  const share = revenueShare === null ? '' : ` (${percent(revenueShare)})`;
  return `${count(accounts)} customers (${percent(accountShare)}), ${knownMoney(revenue)}${share}${exceptFor(revenue, revenueUnknown)}`;
}

function staffInWords({ staff }: CutTier): readonly string[] {
  const {
    peopleThere,
    peopleNeeded,
    hoursNeeded,
    hoursThere,
    costPerYear,
    accountsPerPerson,
    revenuePerPerson,
    remarks,
  } = staff;
  const people =
    peopleNeeded === null
      ? null
      : `${peopleNeeded.toFixed(1)} people needed${peopleThere === null ? '' : `, ${peopleThere} there`}`;
  const hours =
    hoursNeeded === null
      ? null
      : `${money(hoursNeeded)} hours a year needed${hoursThere === null ? '' : `, ${money(hoursThere)} there`}`;
  const each =
    accountsPerPerson === null || revenuePerPerson === null
      ? null
      : `${money(accountsPerPerson)} customers and ${money(revenuePerPerson)} for each person`;
  const cost = costPerYear === null ? null : `the people needed cost ${money(costPerYear)} a year`;
  const said = [people, hours, each, cost].filter((part) => part !== null);
  return [...(said.length === 0 ? [] : [said.join('; ')]), ...remarks];
}

function sayShortages(
  { say, colors }: Saying,
  shortages: readonly StaffShortage[],
  now: SuggestedCut | undefined,
): void {
  say();
  say(colors.bold('Are there enough people?'));
  const told =
    now?.tiers.some(({ staff }) => staff.peopleThere !== null && staff.peopleNeeded !== null) ?? false;
  if (!told)
    say('  Nobody can say: config/program.yaml does not name people and what they can do, tier by tier.');
  else if (shortages.length === 0) say('  Yes, where people are named in config/program.yaml.');
  for (const one of shortages) for (const line of shortageInWords(one)) say(`  ${line}`);
}

function sayMarket(
  { say }: Saying,
  {
    direction,
    label,
    from,
    to,
    accounts,
    revenue,
    people,
    costPerYear,
    accountShare,
    revenueShare,
    names,
  }: NamedMarketMove,
): void {
  const signed = (number: number, digits: number): string =>
    `${number > 0 ? '+' : ''}${count(Number(number.toFixed(digits)))}`;
  const cost = [
    people === null ? null : `${signed(people, 1)} people`,
    costPerYear === null ? null : `${signed(costPerYear, 0)} a year`,
  ].filter((part) => part !== null);
  say(
    `  ${direction === 'up-market' ? 'Up' : 'Down'}-market: ${label} from ${money(to)} instead of ${money(from)}`,
  );
  say(
    `    ${counted(accounts, 'customer', 'customers')} with ${knownMoney(revenue)} would change tier; ${cost.length === 0 ? 'what it costs is not said in config/program.yaml' : cost.join(', ')}; ${label} then covers ${percent(accountShare)} of the customers${revenueShare === null ? '' : `, ${percent(revenueShare)} of the revenue`}`,
  );
  if (names.length > 0) say(`    Among them: ${names.join(', ')}`);
}
