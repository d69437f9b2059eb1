import { formatDay, spokenDay } from '../../../domain/day.js';
import type { BandChurn, DueWithLoss, QuarterOutlook } from '../../../domain/insight/outlook.js';
import { type DueAccount, type OutlookSheet, readOutlook } from '../../../insight/outlook.js';
import { lookAtState } from '../../../sync/account-today.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, counted, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';
import { between, money } from './in-words.js';

const DEFINITION =
  'Due = recurring revenue of the accounts whose renewal falls in the quarter, by tier and band of today. Expected loss = what is due times the share of past renewals that were lost in the band shown last before their close; its interval (95 %) is that of this past share: single renewals scatter more, and a band shown long before a close says less than one shown just before it. Net retention = what is not lost, and what customers with a renewal added in the last 12 months, of what is due; its interval takes what was added as fixed.';

/** `outlook`: what is due in this quarter and the three ahead, and what of it is likely to be lost. */
export async function outlookCommand(folder: Folder, terminal: Terminal, names: number): Promise<number> {
  const { sheet, day, currency } = await folder.withState(async (state) => {
    const { connected, ...tools } = lookAt(folder, state);
    const { run } = await lookAtState(tools, connected);
    return { sheet: await readOutlook(run, names), day: run.today, currency: run.org.currency };
  });
  terminal.json(asJson(sheet, { day: formatDay(day), currency }));
  if (!terminal.asJson) saySheet(terminal, sheet, currency);
  return EXIT.done;
}

/** What `outlook --json` ends in: a contract, fields are added, never changed. */
function asJson(sheet: OutlookSheet, head: { readonly day: string; readonly currency: string }) {
  const { bands, onlyLossesRecorded, growth, growthPeriod, quarters, periods, accounts, lacks } = sheet;
  return {
    ...head,
    definition: DEFINITION,
    bands,
    onlyLossesRecorded,
    growth: { ...growth, asOf: formatDay(growthPeriod.asOf) },
    quarters: quarters.map((quarter, at) => {
      const { start, end } = periods[at] ?? growthPeriod;
      return { ...quarter, from: formatDay(start), to: formatDay(end) };
    }),
    accounts: accounts.map((one) => ({ ...one, renewalOn: formatDay(one.renewalOn) })),
    lacks,
  };
}

function saySheet(terminal: Terminal, sheet: OutlookSheet, currency: string): void {
  const { say, colors } = terminal;
  if (sheet.lacks.length > 0) {
    say(`Renewals can’t be told: map ${sheet.lacks.join(' and ')} in mappings/salesforce.yaml first.`);
    return;
  }
  sayBands(terminal, sheet);
  for (const quarter of sheet.quarters) sayQuarter(terminal, quarter, currency);
  sayAccounts(terminal, sheet.accounts);
  say();
  say(colors.dim(DEFINITION));
  const { share, n } = sheet.growth;
  const added = share === null || n < 30 ? 'too little data' : percent(share);
  say(
    colors.dim(
      `Added in the 12 months up to ${spokenDay(sheet.growthPeriod.asOf)}: ${added} (n = ${count(n)} closed renewals).`,
    ),
  );
}

function sayBands({ say, colors }: Terminal, { bands, onlyLossesRecorded }: OutlookSheet): void {
  say(colors.bold('Past renewals by the band shown before their close'));
  if (bands.length === 0)
    say('  None was closed since Truenorth began to look: no loss can be expected from the past yet.');
  if (onlyLossesRecorded) say('  No renewal was ever recorded as won: the share of losses is not told.');
  for (const { band, closed, lost, churn } of bands)
    say(`  ${band.padEnd(8)} ${churnInWords(churn, onlyLossesRecorded)}; ${count(lost)} of ${count(closed)}`);
}

function churnInWords(churn: BandChurn['churn'], onlyLosses: boolean): string {
  if (onlyLosses) return 'only losses recorded';
  if (churn === null) return 'too little data, so that its loss is left out';
  return `${percent(churn.value)} lost (95 % ${percent(churn.low)} to ${percent(churn.high)})`;
}

function sayQuarter({ say, colors }: Terminal, outlook: QuarterOutlook, currency: string): void {
  const { quarter, accounts, amount, loss, leftOut, netRetention, parts } = outlook;
  say();
  say(
    colors.bold(
      `${quarter}: ${money(amount)} ${currency} due from ${counted(accounts, 'account', 'accounts')}`,
    ),
  );
  if (accounts === 0) return;
  say(
    `  Expected loss ${loss === null ? 'too little data' : between(loss, money)}; net retention ${netRetention === null ? 'too little data' : between(netRetention, percent)}`,
  );
  for (const one of leftOut)
    say(
      `  Left out: ${money(one.amount)} of ${counted(one.accounts, 'account', 'accounts')} in ${one.band}, too little data`,
    );
  for (const line of partLines(parts)) say(`  ${line}`);
}

function partLines(parts: readonly DueWithLoss[]): readonly string[] {
  const sorted = [...parts].sort((a, b) => (a.tier + a.band < b.tier + b.band ? -1 : 1));
  const [tiers, bands] = [sorted.map(({ tier }) => tier.length), sorted.map(({ band }) => band.length)];
  const widths = { tier: Math.max(...tiers), band: Math.max(...bands) };
  return sorted.map(({ tier, band, accounts, amount, loss }) => {
    const due = `${count(accounts).padStart(6)} due, ${money(amount).padStart(12)}`;
    const expected = loss === null ? 'too little data' : between(loss, money);
    return `${tier.padEnd(widths.tier)}  ${band.padEnd(widths.band)} ${due}; expected loss ${expected}`;
  });
}

function sayAccounts({ say, colors }: Terminal, accounts: readonly DueAccount[]): void {
  if (accounts.length === 0) return;
  say();
  say(colors.bold('Largest expected loss first'));
  for (const { name, account, band, tier, renewalOn, amount, loss, driver } of accounts) {
    const expected = loss === null ? 'loss: too little data' : `${money(loss.value)} expected loss`;
    say(`  ${name} (${account})`);
    say(`    ${spokenDay(renewalOn)}, ${money(amount)}, ${expected}; ${tier}, ${band}; ${driver}`);
  }
}
