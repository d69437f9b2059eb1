import { type Day, parseDay } from '../domain/day.js';
import type { DatedRate, RateTable } from '../domain/facts/money.js';
import type { CrmRecord } from '../ports/crm.js';
import type { StateStore } from '../ports/state-store.js';
import type { Run } from './context.js';

/** Objects that hold the rates; described with the mapped ones, in the same request. */
export const RATE_OBJECTS = ['CurrencyType', 'DatedConversionRate'] as const;

const RATES = 'rates';

/** The org's rate table as of this run, or null when it knows one currency only. What is read is noted. */
export async function readRates(run: Run): Promise<RateTable | null> {
  if (!run.org.multiCurrency) return null;
  if (run.rates !== undefined) return run.rates;
  const table = await rateTable(run);
  await run.state.notes.set(RATES, table);
  return table;
}

/** The rates that the last run read; null when it read none. */
export async function notedRates({ notes }: StateStore): Promise<RateTable | null> {
  return ((await notes.get(RATES)) ?? null) as RateTable | null;
}

async function rateTable(run: Run): Promise<RateTable> {
  const current: Record<string, number> = {};
  for (const { values } of await readAll(run, 'CurrencyType', ['IsoCode', 'ConversionRate'])) {
    current[String(values.IsoCode)] = Number(values.ConversionRate);
  }
  const dated: Record<string, DatedRate[]> = {};
  for (const { values } of await readAll(run, 'DatedConversionRate', [
    'IsoCode',
    'ConversionRate',
    'StartDate',
  ])) {
    const from: Day | null = parseDay(String(values.StartDate));
    if (from === null) continue;
    const rates = dated[String(values.IsoCode)] ?? [];
    rates.push({ from, rate: Number(values.ConversionRate) });
    dated[String(values.IsoCode)] = rates;
  }
  for (const rates of Object.values(dated)) rates.sort((a, b) => a.from - b.from);
  return { corporate: run.org.currency, current, dated };
}

async function readAll(run: Run, object: string, fields: readonly string[]): Promise<readonly CrmRecord[]> {
  const found: CrmRecord[] = [];
  const request = {
    object,
    fields,
    stampField: 'SystemModstamp',
    where: null,
    since: null,
    resume: null,
    expectedRows: null,
  };
  for await (const page of run.crm.pull(request)) found.push(...page.records);
  return found;
}
