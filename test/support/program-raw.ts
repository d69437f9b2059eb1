/** What an org holds, and how the oracles of the program read it: nothing of the service. */

export type Row = Readonly<Record<string, unknown>>;

/** What an org holds, as SOQL gives it, and what people did in the mailing tool. */
export interface RawOrg {
  /** `2026-11-20`, in the org's time zone. */
  readonly today: string;
  readonly timeZone: string;
  /** Day of the first run. */
  readonly watchedFrom: string;
  /** With Region__c, and our own score, band, tier and phase. */
  readonly accounts: readonly Row[];
  readonly opportunities: readonly Row[];
  readonly cases: readonly Row[];
  readonly contacts: readonly Row[];
  readonly usage: readonly Row[];
  readonly surveys: readonly Row[];
  readonly events: readonly Row[];
  /** Enrolment_Decision__c. */
  readonly decisions: readonly Row[];
  readonly deeds: readonly { readonly email: string; readonly kind: string; readonly on: string }[];
  /** Accounts whose onboarding was seen to end, with the day. */
  readonly onboardedOn: ReadonlyMap<string, string>;
  /** Our tiers by account, as the org showed them after each run, oldest first. */
  readonly tiers: readonly { readonly day: string; readonly of: ReadonlyMap<string, string> }[];
  /** What people wrote down of their time, by tier: hours in all of its days, and how many people. */
  readonly sample: {
    readonly days: number;
    readonly tiers: Readonly<Record<string, readonly [hours: number, people: number]>>;
  };
  /** By tier: people, cost of a person and year, licences, cost of a message. */
  readonly costs: Readonly<
    Record<string, readonly [people: number, each: number, licences: number, send: number]>
  >;
}

export interface OracleNumber {
  readonly value: number | null;
  readonly sample: number;
  readonly met: string;
  readonly current: boolean;
}

export interface Span {
  readonly name: string;
  readonly first: string;
  readonly last: string;
  /** The day as of which it is told. */
  readonly upTo: string;
  readonly over: boolean;
  readonly months: number;
}

/** Everything of one customer, with days as texts. */
export interface Customer {
  readonly id: string;
  readonly row: Row;
  readonly deals: readonly Row[];
  readonly cases: readonly { readonly opened: string; readonly closed: string | null; readonly row: Row }[];
  readonly contacts: readonly Row[];
  readonly usage: readonly Row[];
  readonly surveys: readonly Row[];
  readonly touched: readonly string[];
  readonly meetings: readonly Row[];
  readonly sent: readonly { readonly person: string; readonly on: string }[];
  readonly deeds: RawOrg['deeds'];
}

export const text = (row: Row, field: string): string | null =>
  typeof row[field] === 'string' && row[field] !== '' ? String(row[field]) : null;

export const word = (row: Row, field: string): string => (text(row, field) ?? '').trim().toLowerCase();

export const amount = (row: Row, field: string): number | null =>
  typeof row[field] === 'number' ? row[field] : null;

export function localDay(timeZone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone });
  return (instant) => format.format(new Date(instant));
}

export function plusDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function lastYear(day: string): string {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return before.endsWith('02-29') ? before.replace('02-29', '02-28') : before;
}

export function wonDays({ deals }: Customer, today: string): readonly string[] {
  return deals
    .filter((deal) => deal.IsWon === true && (text(deal, 'CloseDate') ?? '9999') <= today)
    .map((deal) => text(deal, 'CloseDate') ?? '')
    .sort();
}

export const since = (one: Customer, today: string): string | null =>
  text(one.row, 'Customer_Since__c') ?? wonDays(one, today)[0] ?? null;

export function isHere(one: Customer, day: string, org: RawOrg): boolean {
  const began = since(one, org.today) ?? localDay(org.timeZone)(text(one.row, 'CreatedDate') ?? '');
  const left = text(one.row, 'Churn_Date__c');
  return began <= day && (left === null || left > day);
}

export function median(times: readonly number[]): number | null {
  if (times.length === 0) return null;
  const sorted = [...times].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const middle = Number.isInteger(half)
    ? ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
    : (sorted[Math.floor(half)] ?? 0);
  return round(middle / 10, 1);
}

export function round(value: number, decimals: number): number {
  return (Math.sign(value) * Math.round(Math.abs(value) * 10 ** decimals)) / 10 ** decimals;
}
