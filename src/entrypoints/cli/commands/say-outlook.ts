import { type Day, spokenDay } from '../../../domain/day.js';
import type { BandChurn, DueWithLoss, QuarterOutlook } from '../../../domain/insight/outlook.js';
import type { DueAccount, OutlookSheet } from '../../../insight/outlook.js';
import { count, counted, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';
import { between, money } from './in-words.js';

interface Head {
  readonly day: Day;
  readonly currency: string;
  readonly definition: string;
}

type Saying = Pick<Terminal, 'say' | 'colors'>;

/** The outlook as text. What can't be told of a band is said once, where the bands are. */
export function saySheet(to: Saying, sheet: OutlookSheet, { day, currency, definition }: Head): void {
  const { say, colors } = to;
  if (sheet.lacks.length > 0) {
    say(`Renewals can’t be told: map ${sheet.lacks.join(' and ')} in mappings/salesforce.yaml first.`);
    return;
  }
  sayBands(to, sheet);
  for (const [at, quarter] of sheet.quarters.entries())
    sayQuarter(to, quarter, { currency, from: at === 0 ? day : null });
  sayPassed(to, sheet, currency);
  sayAccounts(to, sheet.accounts);
  say();
  say(colors.dim(definition));
  const { share, n } = sheet.growth;
  const added = share === null || n < 30 ? 'too little data' : percent(share);
  say(
    colors.dim(
      `Added in the 12 months up to ${spokenDay(sheet.growthPeriod.asOf)}: ${added} (n = ${count(n)} closed renewals).`,
    ),
  );
}

function sayBands({ say, colors }: Saying, sheet: OutlookSheet): void {
  const { bands, onlyLossesRecorded, quarters } = sheet;
  say(colors.bold('Past renewals by the band shown before their close'));
  if (bands.length === 0)
    say('  None was closed since Truenorth began to look: no loss can be expected from the past yet.');
  if (onlyLossesRecorded) say('  No renewal was ever recorded as won: the share of losses is not told.');
  for (const { band, closed, lost, churn } of bands)
    say(`  ${band.padEnd(8)} ${churnInWords(churn, onlyLossesRecorded)}; ${count(lost)} of ${count(closed)}`);
  if (bands.length === 0) return;
  const seen = new Set(bands.map(({ band }) => band));
  const others = new Set(quarters.flatMap(({ parts }) => parts.map(({ band }) => band)));
  for (const band of [...others].filter((one) => !seen.has(one)).sort())
    say(`  ${band.padEnd(8)} none was closed yet, so that its loss is left out below`);
}

function churnInWords(churn: BandChurn['churn'], onlyLosses: boolean): string {
  if (onlyLosses) return 'only losses recorded';
  if (churn === null) return 'too little data, so that its loss is left out below';
  return `${percent(churn.value)} lost (95 % ${percent(churn.low)} to ${percent(churn.high)})`;
}

interface QuarterHead {
  readonly currency: string;
  /** The day from which it is counted; null = all of it. */
  readonly from: Day | null;
}

function sayQuarter({ say, colors }: Saying, outlook: QuarterOutlook, { currency, from }: QuarterHead): void {
  const { quarter, accounts, amount, daysDerived, loss, netRetention, parts } = outlook;
  const since = from === null ? '' : `, from ${spokenDay(from).replace(/ \d+$/, '')}`;
  say();
  say(
    colors.bold(
      `${quarter}${since}: ${money(amount)} ${currency} due from ${counted(accounts, 'account', 'accounts')}`,
    ),
  );
  if (accounts === 0) return;
  if (loss !== null) {
    const net = netRetention === null ? '' : `; net retention ${between(netRetention, percent)}`;
    say(`  Expected loss ${between(loss, money)}${net}${leftOutInWords(outlook)}`);
  }
  for (const line of partLines(parts)) say(`  ${line}`);
  if (daysDerived > 0)
    say(
      colors.dim(
        `  ${counted(daysDerived, 'account has', 'accounts have')} no renewal day of ${daysDerived === 1 ? 'its' : 'their'} own: the day is the close date of an open renewal opportunity.`,
      ),
    );
}

function leftOutInWords({ leftOut }: QuarterOutlook): string {
  const said = leftOut.map(
    ({ band, accounts, amount }) => `${band} (${counted(accounts, 'account', 'accounts')}, ${money(amount)})`,
  );
  return said.length === 0 ? '' : `; left out: ${said.join(', ')}`;
}

function partLines(parts: readonly DueWithLoss[]): readonly string[] {
  const sorted = [...parts].sort((a, b) => (a.tier + a.band < b.tier + b.band ? -1 : 1));
  const [tiers, bands] = [sorted.map(({ tier }) => tier.length), sorted.map(({ band }) => band.length)];
  const widths = { tier: Math.max(...tiers), band: Math.max(...bands) };
  return sorted.map(({ tier, band, accounts, amount, loss }) => {
    const due = `${count(accounts).padStart(6)} due, ${money(amount).padStart(12)}`;
    const expected = loss === null ? '' : `; expected loss ${between(loss, money)}`;
    return `${tier.padEnd(widths.tier)}  ${band.padEnd(widths.band)} ${due}${expected}`;
  });
}

function sayPassed({ say, colors }: Saying, { passed }: OutlookSheet, currency: string): void {
  if (passed.accounts === 0) return;
  say();
  say(
    `${colors.bold('Passed and still open:')} ${counted(passed.accounts, 'account', 'accounts')} with ${money(passed.amount)} ${currency} whose renewal day lies before today and was not moved on; no quarter counts them.`,
  );
}

function sayAccounts({ say, colors }: Saying, accounts: readonly DueAccount[]): void {
  if (accounts.length === 0) return;
  say();
  say(colors.bold(orderInWords(accounts)));
  for (const { name, account, band, tier, renewalOn, amount, loss, driver } of accounts) {
    const expected = loss === null ? '' : `, ${money(loss.value)} expected loss`;
    say(`  ${name} (${account})`);
    say(`    ${spokenDay(renewalOn)}, ${money(amount)}${expected}; ${tier}, ${band}; ${driver}`);
  }
}

/** By what the accounts are sorted, as they are. */
function orderInWords(accounts: readonly DueAccount[]): string {
  const told = accounts.filter(({ loss }) => loss !== null).length;
  if (told === 0) return 'Largest amount first (no expected loss can be told)';
  if (told === accounts.length) return 'Largest expected loss first';
  return 'Largest expected loss first; then those of whose band too little is known, by amount';
}
