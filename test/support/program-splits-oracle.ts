import type { Customer, OracleNumber, RawOrg, Span } from './program-raw.js';
import { isHere, lastYear, median, plusDays, round, since, text, word } from './program-raw.js';

/**
 * What the splits come to, from the raw rows: written from docs/program-metrics.md alone. Told of the month and the
 * quarter that run, as of today.
 */
interface Whole {
  readonly org: RawOrg;
  readonly span: Span;
  readonly customers: readonly Customer[];
}

/** Fewer cases of a share are too little data. */
const FEW = 30;
const AT_MOST = 8;

type Groups = ReadonlyMap<string, readonly Customer[]>;

export function splits(found: Map<string, OracleNumber>, whole: Whole): void {
  const { org, span, customers } = whole;
  const say = (metric: string, group: string, [value, sample]: readonly [number | null, number]): void => {
    const met = value === null ? 'too little data' : 'no target';
    found.set(`${metric}|${span.name}|All|${group}|All`, { value, sample, met, current: true });
  };
  const before = lastYear(org.today);
  const there = customers.filter((one) => since(one, org.today) !== null && isHere(one, before, org));
  const left = there.filter((one) => !isHere(one, org.today, org));
  for (const [reason, own] of largest(grouped(left, (one) => reasonOf(one, org.today))))
    say('churn-by-reason', reason, [own.length, own.length]);
  for (const [persona, groups] of personas(there, org.today))
    for (const [group, own] of groups) {
      say(`customers-by-${persona}`, group, [own.length, own.length]);
      const gone = own.filter((one) => left.includes(one)).length;
      const share = own.length < FEW ? null : round((gone / own.length) * 100, 1);
      say(`churn-by-${persona}`, group, [share, own.length]);
    }
  byPriority(customers, org.today, say);
}

/** Capitals make no difference; of several spellings the first in the alphabet is told. */
function grouped(customers: readonly Customer[], of: (one: Customer) => string): Groups {
  const groups = Map.groupBy(customers, (one) => of(one).toLowerCase());
  return new Map([...groups.values()].map((own) => [own.map(of).sort()[0] ?? '', own]));
}

/** Eight by name; of more the seven largest, and the rest together. */
function largest(groups: Groups): Groups {
  const sorted = [...groups].sort(
    ([a, one], [b, other]) => other.length - one.length || (a.toLowerCase() < b.toLowerCase() ? -1 : 1),
  );
  if (sorted.length <= AT_MOST) return new Map(sorted);
  const rest = sorted.slice(AT_MOST - 1).flatMap(([, own]) => own);
  return new Map([...sorted.slice(0, AT_MOST - 1), ['Other', rest] as const]);
}

/** Of the deals that were lost in the year and say why, the last renewal, else the last; else whether a renewal was lost. */
function reasonOf({ deals }: Customer, today: string): string {
  const all = deals.filter((deal) => {
    const closed = text(deal, 'CloseDate') ?? '';
    const inYear = closed > lastYear(today) && closed <= today;
    return inYear && deal.IsClosed === true && deal.IsWon === false;
  });
  const lost = all.filter((deal) => text(deal, 'Lost_Reason__c') !== null);
  if (lost.length === 0) {
    const renewal = all.some((deal) => word(deal, 'Type') === 'renewal');
    return renewal ? 'Reason not given' : 'No lost renewal on record';
  }
  const renewals = lost.filter((deal) => word(deal, 'Type') === 'renewal');
  const days = (of: typeof lost) => of.map((deal) => text(deal, 'CloseDate') ?? '').sort();
  const [from, last] = renewals.length > 0 ? [renewals, days(renewals).at(-1)] : [lost, days(lost).at(-1)];
  const deal = from.find((one) => text(one, 'CloseDate') === last);
  return (deal && text(deal, 'Lost_Reason__c')?.trim()) ?? '';
}

function personas(there: readonly Customer[], today: string): readonly (readonly [string, Groups])[] {
  const field = (name: string) => (one: Customer) => text(one.row, name)?.trim() ?? 'Unknown';
  return [
    ['industry', largest(grouped(there, field('Industry')))],
    ['source', largest(grouped(there, field('AccountSource')))],
    ['size', grouped(there, sizeOf)],
    ['tenure', grouped(there, (one) => tenureOf(one, today))],
  ];
}

function sizeOf({ row }: Customer): string {
  const seats = row.Seats__c;
  if (typeof seats !== 'number') return 'Unknown';
  if (seats <= 10) return '1 to 10';
  if (seats <= 50) return '11 to 50';
  return seats <= 200 ? '51 to 200' : 'More than 200';
}

/** Years of 365 days as a customer, a year ago. */
function tenureOf(one: Customer, today: string): string {
  const began = since(one, today) ?? today;
  const day = (on: string): number => Date.parse(`${on}T00:00:00Z`) / 86_400_000;
  const years = (day(lastYear(today)) - day(began)) / 365;
  if (years <= 1) return 'Up to 1';
  if (years <= 2) return '1 to 2';
  return years <= 4 ? '2 to 4' : 'More than 4';
}

type Say = (metric: string, group: string, told: readonly [number | null, number]) => void;

function byPriority(customers: readonly Customer[], today: string, say: Say): void {
  const from = plusDays(today, -90);
  const inDays = (day: string | null): boolean => day !== null && day > from && day <= today;
  const all = customers.flatMap(({ cases }) => cases);
  const touched = all.filter(({ opened, closed }) => inDays(opened) || inDays(closed));
  const named = new Map([
    ...['critical', 'high', 'medium', 'low'].map((name) => [name, name] as const),
    ['', 'Not said'] as const,
  ]);
  const groups = Map.groupBy(touched, ({ row }) => named.get(word(row, 'Priority')) ?? 'Other');
  for (const [priority, own] of groups) {
    const opened = own.filter((one) => inDays(one.opened)).length;
    const closed = own.filter((one) => inDays(one.closed));
    const hours = closed.map(({ row }) => tenths(text(row, 'CreatedDate'), text(row, 'ClosedDate')));
    const rated = closed.flatMap(({ row }) => (typeof row.CSAT__c === 'number' ? [row.CSAT__c] : []));
    const good = rated.filter((score) => score >= 4).length;
    say('cases-opened-by-priority', priority, [opened, opened]);
    say('cases-resolved-by-priority', priority, [closed.length, closed.length]);
    const middle = hours.length < 5 ? null : median(hours);
    say('resolution-time-by-priority', priority, [middle, hours.length]);
    const share = rated.length < FEW ? null : round((good / rated.length) * 100, 1);
    say('cases-satisfied-by-priority', priority, [share, rated.length]);
  }
}

function tenths(opened: string | null, closed: string | null): number {
  return Math.round((Date.parse(closed ?? '') - Date.parse(opened ?? '')) / 360_000);
}
