/**
 * The numbers of the program once more, from the raw rows of an org: written from docs/program-metrics.md alone,
 * slowly and without anything of the service, so that a mistake is not made twice.
 */

import type { Customer, OracleNumber, RawOrg, Row, Span } from './program-raw.js';
import {
  amount,
  isHere,
  lastYear,
  localDay,
  median,
  plusDays,
  round,
  since,
  text,
  wonDays,
  word,
} from './program-raw.js';
import { splits } from './program-splits-oracle.js';

/** `metric|period|tier|segment|band`. */
export type Numbers = ReadonlyMap<string, OracleNumber>;

const FLOOR = 5;
/** Shares that need thirty cases. */
const OF_OUTCOMES = new Set([
  ...['messages-opened', 'messages-clicked', 'messages-answered', 'cases-satisfied-90'],
]);
const TARGETS: Readonly<Record<string, readonly ['>=' | '<=', number]>> = {
  engagement: ['>=', 30],
  churn: ['<=', 10],
  retention: ['>=', 90],
  'onboarding-completed': ['>=', 70],
  csat: ['>=', 85],
  nps: ['>=', 30],
  upsell: ['>=', 10],
  health: ['>=', 75],
  'reply-rate': ['>=', 10],
};

/** Values of one account for one number; `n` cases. */
interface Part {
  readonly top: number;
  readonly bottom: number;
  readonly n: number;
  /** In tenths of the unit. */
  readonly times: readonly number[];
}

type Kind = 'ratio' | 'mean' | 'total' | 'middle';

export function programNumbers(org: RawOrg): Numbers {
  const customers = customersOf(org);
  const usageFrom = org.usage.map((row) => text(row, 'Week_Of__c') ?? '9999').sort()[0] ?? '9999';
  const found = new Map<string, OracleNumber>();
  for (const span of spansOf(org.today)) {
    for (const [metric, kind, of] of QUESTIONS) {
      if (span.over && TODAY_ONLY.has(metric)) continue;
      if (metric === 'content' && span.last < org.watchedFrom) continue;
      const parts = customers.map((one) => ({ one, part: of(one, { org, span, usageFrom }) }));
      for (const [key, group] of groupsOf(parts, { org, span }))
        found.set(`${metric}|${span.name}|${key}|All`, told(metric, kind, { span, parts: group }));
    }
    if (span.over) continue;
    economics(found, { org, span, customers });
    splits(found, { org, span, customers });
  }
  for (const span of quartersFrom(org.today)) renewals(found, { org, span, customers });
  return found;
}

function customersOf(org: RawOrg): readonly Customer[] {
  const by = (rows: readonly Row[], field: string) => Map.groupBy(rows, (row) => text(row, field) ?? '');
  const [deals, cases] = [by(org.opportunities, 'AccountId'), by(org.cases, 'AccountId')];
  const [contacts, usage] = [by(org.contacts, 'AccountId'), by(org.usage, 'Account__c')];
  const [surveys, events] = [by(org.surveys, 'Account__c'), by(org.events, 'AccountId')];
  const decisions = by(org.decisions, 'Account__c');
  const local = localDay(org.timeZone);
  const addressOf = new Map(org.contacts.map((row) => [text(row, 'Id'), word(row, 'Email')]));
  return org.accounts.map((row) => {
    const id = text(row, 'Id') ?? '';
    const sent = (decisions.get(id) ?? [])
      .filter((one) => word(one, 'Outcome__c') === 'enrolled' && text(one, 'Contact__c') !== null)
      // A task is work for one of ours: nobody was written to.
      .filter((one) => word(one, 'Channel__c') !== 'salesforce-task')
      .map((one) => ({
        person: addressOf.get(text(one, 'Contact__c')) ?? '',
        on: text(one, 'Decided_On__c') ?? '',
      }));
    // What a person does counts in every account that has them as a contact.
    const people = new Set((contacts.get(id) ?? []).map((one) => word(one, 'Email')));
    return {
      id,
      row,
      sent,
      deals: deals.get(id) ?? [],
      cases: (cases.get(id) ?? []).map((one) => ({
        opened: local(text(one, 'CreatedDate') ?? ''),
        closed: text(one, 'ClosedDate') === null ? null : local(text(one, 'ClosedDate') ?? ''),
        row: one,
      })),
      contacts: contacts.get(id) ?? [],
      usage: usage.get(id) ?? [],
      surveys: surveys.get(id) ?? [],
      meetings: events.get(id) ?? [],
      touched: touchesOf(row, events.get(id) ?? [], org.today),
      deeds: org.deeds.filter(({ email }) => people.has(email.trim().toLowerCase())),
    };
  });
}

/** Meetings; where there was none yet, what Salesforce itself keeps as the last activity. */
function touchesOf(account: Row, events: readonly Row[], today: string): readonly string[] {
  const past = events.map((one) => text(one, 'ActivityDate') ?? '9999').filter((on) => on <= today);
  const kept = text(account, 'LastActivityDate');
  return past.length > 0 || kept === null || kept > today ? past : [kept];
}

// --- days -----------------------------------------------------------------------------------

function daysFrom(one: string, other: string): number {
  return Math.round((Date.parse(`${other}T00:00:00Z`) - Date.parse(`${one}T00:00:00Z`)) / 86_400_000);
}

function spanOf(today: string, first: string, months: number): Span {
  const [year = 0, month = 0] = first.split('-').map(Number);
  const next = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
  const last = plusDays(next, -1);
  const name = months === 1 ? first.slice(0, 7) : `${year}-Q${Math.ceil(month / 3)}`;
  return { name, first, last, upTo: last < today ? last : today, over: last < today, months };
}

function firstOf(today: string, months: number, back: number): string {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const start = month - 1 - ((month - 1) % months) - back * months;
  return new Date(Date.UTC(year, start, 1)).toISOString().slice(0, 10);
}

function spansOf(today: string): readonly Span[] {
  return [1, 3].flatMap((months) =>
    [1, 0].map((back) => spanOf(today, firstOf(today, months, back), months)),
  );
}

function quartersFrom(today: string): readonly Span[] {
  return [0, -1, -2, -3].map((back) => spanOf(today, firstOf(today, 3, back), 3));
}

// --- what one customer says -------------------------------------------------------------------

interface Ask {
  readonly org: RawOrg;
  readonly span: Span;
  readonly usageFrom: string;
}

type Question = (one: Customer, ask: Ask) => Part | null;

const yes = (holds: boolean): Part => ({ top: holds ? 1 : 0, bottom: 1, n: 1, times: [] });
const some = (count: number): Part => ({ top: count, bottom: 0, n: count, times: [] });
const inside = (day: string | null, { first, upTo }: Span): boolean =>
  day !== null && day >= first && day <= upTo;

const dayZero = (one: Customer, today: string): string | null =>
  wonDays(one, today)[0] ?? text(one.row, 'Customer_Since__c');

/** Null for who was no customer a year before. */
function leftWithinYear(one: Customer, { org, span }: Ask): boolean | null {
  const began = since(one, org.today);
  if (began === null || !isHere(one, lastYear(span.upTo), org)) return null;
  return !isHere(one, span.upTo, org);
}

function closedInYear(one: Customer, { span }: Ask): readonly Row[] {
  const from = lastYear(span.upTo);
  return one.deals.filter((deal) => {
    const closed = text(deal, 'CloseDate') ?? '';
    return deal.IsClosed === true && closed > from && closed <= span.upTo && amount(deal, 'Amount') !== null;
  });
}

function revenueKept(one: Customer, ask: Ask, growth: readonly string[]): Part | null {
  const deals = closedInYear(one, ask);
  const renewals = deals.filter((deal) => word(deal, 'Type') === 'renewal');
  if (renewals.length === 0) return null;
  const kept = deals.filter(
    (deal) => deal.IsWon === true && ['renewal', ...growth].includes(word(deal, 'Type')),
  );
  const sum = (of: readonly Row[]) => of.reduce((total, deal) => total + (amount(deal, 'Amount') ?? 0), 0);
  return { top: sum(kept), bottom: sum(renewals), n: renewals.length, times: [] };
}

const customersOnly =
  (question: Question): Question =>
  (one, ask) =>
    isHere(one, ask.span.upTo, ask.org) ? question(one, ask) : null;

function canBeReached({ contacts }: Customer): boolean {
  return contacts.some(
    (row) =>
      text(row, 'Email') !== null &&
      row.HasOptedOutOfEmail !== true &&
      text(row, 'EmailBouncedDate') === null &&
      row.Left_Company__c !== true,
  );
}

function scores(
  { surveys }: Customer,
  kind: string,
): readonly { readonly on: string; readonly score: number }[] {
  return surveys.flatMap((row) => {
    const score = amount(row, 'Score__c');
    return word(row, 'Kind__c') === kind && score !== null
      ? [{ on: text(row, 'Answered_On__c') ?? '', score }]
      : [];
  });
}

function latestNps(one: Customer, today: string): number | null {
  const answers = scores(one, 'nps').filter(({ on }) => on <= today);
  const last = answers
    .map(({ on }) => on)
    .sort()
    .at(-1);
  const same = answers.filter(({ on }) => on === last).map(({ score }) => score);
  return same.length === 0 ? null : same.reduce((sum, score) => sum + score, 0) / same.length;
}

function isEssential(one: Customer, today: string): boolean {
  const asked = word(one.row, 'Value_Perception__c');
  return asked === '' ? (latestNps(one, today) ?? 0) >= 9 : asked === 'essential';
}

function isAdvocate(one: Customer, { org }: Ask): boolean {
  const nps = latestNps(one, org.today);
  return word(one.row, 'Truenorth_Band__c') === 'healthy' && (nps ?? 0) >= 9 && isEssential(one, org.today);
}

const asked =
  (answer: string): Question =>
  ({ row }) => {
    const said = word(row, 'Value_Perception__c');
    return said === '' ? null : yes(said === answer);
  };

const churned: Question = (one, ask) => {
  const left = leftWithinYear(one, ask);
  return left === null ? null : yes(left);
};

/** Numbers that rest on what may be overwritten: only told while their period runs. */
const TODAY_ONLY = new Set([
  ...[
    'engagement',
    'revenue',
    'health',
    'coverage-score',
    'coverage-person',
    'advocates',
    'advocates-per-100',
  ],
  ...['value-essential', 'value-nice-to-have', 'value-no-longer-needed', 'value-derived', 'measured-lift'],
  ...['messages-opened', 'messages-clicked', 'messages-answered', 'hours-logged', 'hours-per-account'],
  ...['cases-opened-90', 'cases-resolved-90', 'resolution-time-90', 'cases-satisfied-90'],
]);

const QUESTIONS: readonly (readonly [metric: string, kind: Kind, of: Question])[] = [
  ['accounts', 'total', customersOnly(() => some(1))],
  [
    'revenue',
    'total',
    customersOnly(({ row }) => {
      const arr = amount(row, 'ARR__c');
      return arr === null ? null : { top: arr, bottom: 0, n: 1, times: [] };
    }),
  ],
  [
    'health',
    'mean',
    customersOnly(({ row }) => {
      const score = amount(row, 'Truenorth_Score__c');
      return score === null ? null : { top: score, bottom: 1, n: 1, times: [] };
    }),
  ],
  ['coverage-score', 'ratio', customersOnly(({ row }) => yes(amount(row, 'Truenorth_Score__c') !== null))],
  ['coverage-person', 'ratio', customersOnly((one) => yes(canBeReached(one)))],
  ['churn', 'ratio', churned],
  [
    'retention-logo',
    'ratio',
    (one, ask) => {
      const left = churned(one, ask);
      return left === null ? null : yes(left.top === 0);
    },
  ],
  ['retention', 'ratio', (one, ask) => revenueKept(one, ask, [])],
  ['retention-net', 'ratio', (one, ask) => revenueKept(one, ask, ['expansion'])],
  [
    'upsell',
    'ratio',
    customersOnly(({ deals }, { span }) =>
      yes(
        deals.some((deal) => {
          const closed = text(deal, 'CloseDate') ?? '';
          const won = deal.IsWon === true && word(deal, 'Type') === 'expansion';
          return won && closed > lastYear(span.upTo) && closed <= span.upTo;
        }),
      ),
    ),
  ],
  [
    'onboarding-completed',
    'ratio',
    (one, { org, span }) => {
      const began = dayZero(one, org.today);
      if (began === null || !inside(plusDays(began, 30), span)) return null;
      const made = localDay(org.timeZone)(text(one.row, 'CreatedDate') ?? '');
      if ([org.watchedFrom, made].some((from) => from > plusDays(began, 30))) return null;
      const ended = org.onboardedOn.get(one.id);
      if (ended !== undefined) return yes(ended <= plusDays(began, 30));
      return word(one.row, 'Truenorth_Phase__c') === 'onboarding' ? yes(false) : null;
    },
  ],
  [
    'time-to-first-value',
    'middle',
    (one, { org, span, usageFrom }) => {
      const began = dayZero(one, org.today);
      const first = one.usage
        .filter((row) => (amount(row, 'Key_Actions__c') ?? 0) > 0)
        .map((row) => text(row, 'Week_Of__c') ?? '')
        .filter((on) => on <= org.today)
        .sort()[0];
      if (began === null || first === undefined || !inside(first, span) || began < usageFrom) return null;
      return { top: 0, bottom: 0, n: 1, times: [10 * Math.max(0, daysFrom(began, first))] };
    },
  ],
  [
    'engagement',
    'ratio',
    customersOnly((one, { span }) => {
      if (!canBeReached(one)) return null;
      const answers = one.deeds
        .filter(({ kind }) => ['clicked', 'replied'].includes(kind))
        .map(({ on }) => on);
      const from = plusDays(span.upTo, -90);
      return yes([...answers, ...one.touched].some((on) => on > from && on <= span.upTo));
    }),
  ],
  [
    'content',
    'total',
    ({ deeds }, { span }) =>
      some(deeds.filter(({ kind, on }) => ['opened', 'clicked'].includes(kind) && inside(on, span)).length),
  ],
  [
    'reply-rate',
    'ratio',
    ({ sent, deeds }, { span }) => {
      const people = new Set(sent.filter(({ on }) => inside(on, span)).map(({ person }) => person));
      const replied = [...people].filter((person) =>
        deeds.some(
          ({ email, kind, on }) =>
            email.trim().toLowerCase() === person && kind === 'replied' && inside(on, span),
        ),
      );
      return people.size === 0
        ? null
        : { top: replied.length, bottom: people.size, n: people.size, times: [] };
    },
  ],
  [
    'csat',
    'ratio',
    (one, { span }) => {
      const rated = one.cases.flatMap(({ row, closed }) => {
        const score = amount(row, 'CSAT__c');
        return score !== null && inside(closed, span) ? [score] : [];
      });
      const answered = scores(one, 'csat').filter(({ on }) => inside(on, span));
      const all = [...rated, ...answered.map(({ score }) => score)];
      const good = all.filter((score) => score >= 4).length;
      return all.length === 0 ? null : { top: good, bottom: all.length, n: all.length, times: [] };
    },
  ],
  [
    'nps',
    'ratio',
    (one, { span }) => {
      const all = scores(one, 'nps').filter(({ on }) => inside(on, span));
      const net = all.reduce((sum, { score }) => sum + (score >= 9 ? 1 : score <= 6 ? -1 : 0), 0);
      return all.length === 0 ? null : { top: net, bottom: all.length, n: all.length, times: [] };
    },
  ],
  ['value-essential', 'ratio', customersOnly(asked('essential'))],
  ['value-nice-to-have', 'ratio', customersOnly(asked('nice to have'))],
  ['value-no-longer-needed', 'ratio', customersOnly(asked('no longer needed'))],
  [
    'value-derived',
    'ratio',
    customersOnly((one, { org }) => {
      const nps = latestNps(one, org.today);
      return word(one.row, 'Value_Perception__c') !== '' || nps === null ? null : yes(nps >= 9);
    }),
  ],
  ['advocates', 'total', customersOnly((one, ask) => ({ ...some(isAdvocate(one, ask) ? 1 : 0), n: 1 }))],
  ['advocates-per-100', 'ratio', customersOnly((one, ask) => yes(isAdvocate(one, ask)))],
  [
    'resolution-time',
    'middle',
    ({ cases }, { span }) => {
      const times = cases
        .filter(({ closed }) => inside(closed, span))
        .map(
          ({ row }) => Date.parse(text(row, 'ClosedDate') ?? '') - Date.parse(text(row, 'CreatedDate') ?? ''),
        )
        .map((ms) => Math.round(ms / 360_000));
      return times.length === 0 ? null : { top: 0, bottom: 0, n: times.length, times };
    },
  ],
  [
    'cases-opened',
    'total',
    ({ cases }, { span }) => some(cases.filter((one) => inside(one.opened, span)).length),
  ],
  [
    'cases-resolved',
    'total',
    ({ cases }, { span }) => some(cases.filter((one) => inside(one.closed, span)).length),
  ],
  ['messages-opened', 'ratio', didAfter('opened')],
  ['messages-clicked', 'ratio', didAfter('clicked')],
  ['messages-answered', 'ratio', didAfter('replied')],
  [
    'hours-logged',
    'total',
    customersOnly((one, ask) => {
      const minutes = minutesOf(one, ask);
      return { ...some(minutes.length), top: minutes.reduce((sum, taken) => sum + taken, 0) / 60 };
    }),
  ],
  [
    'hours-per-account',
    'mean',
    customersOnly((one, ask) => {
      const minutes = minutesOf(one, ask);
      return { ...yes(true), top: minutes.reduce((sum, taken) => sum + taken, 0) / 60 };
    }),
  ],
  [
    'cases-opened-90',
    'total',
    ({ cases }, { span }) => some(cases.filter(({ opened }) => isLate(opened, span.upTo, 90)).length),
  ],
  ['cases-resolved-90', 'total', (one, ask) => some(closedLately(one, ask).length)],
  [
    'resolution-time-90',
    'middle',
    (one, ask) => {
      const times = closedLately(one, ask).map(({ row }) =>
        Math.round(
          (Date.parse(text(row, 'ClosedDate') ?? '') - Date.parse(text(row, 'CreatedDate') ?? '')) / 360_000,
        ),
      );
      return times.length === 0 ? null : { top: 0, bottom: 0, n: times.length, times };
    },
  ],
  [
    'cases-satisfied-90',
    'ratio',
    (one, ask) => {
      const rated = closedLately(one, ask).flatMap(({ row }) => amount(row, 'CSAT__c') ?? []);
      const good = rated.filter((score) => score >= 4).length;
      return rated.length === 0 ? null : { top: good, bottom: rated.length, n: rated.length, times: [] };
    },
  ],
];

/** In so many days up to and with a day. */
function isLate(day: string | null, upTo: string, days: number): boolean {
  return day !== null && day > plusDays(upTo, -days) && day <= upTo;
}

function closedLately({ cases }: Customer, { span }: Ask): Customer['cases'] {
  return cases.filter(({ closed }) => isLate(closed, span.upTo, 90));
}

function minutesOf({ meetings }: Customer, { span }: Ask): readonly number[] {
  return meetings
    .filter((one) => isLate(text(one, 'ActivityDate'), span.upTo, 365))
    .flatMap((one) => amount(one, 'DurationInMinutes') ?? []);
}

/** People who did it on or after the first day on which a playbook wrote to them, all within 90 days. */
function didAfter(deed: string): Question {
  return ({ sent, deeds }, { span }) => {
    const lately = sent.filter(({ on }) => isLate(on, span.upTo, 90));
    const people = new Map<string, string>();
    for (const { person, on } of lately.toSorted((a, b) => (a.on < b.on ? 1 : -1))) people.set(person, on);
    const did = [...people].filter(([person, first]) =>
      deeds.some(
        ({ email, kind, on }) =>
          email.trim().toLowerCase() === person && kind === deed && on >= first && isLate(on, span.upTo, 90),
      ),
    );
    return people.size === 0 ? null : { top: did.length, bottom: people.size, n: people.size, times: [] };
  };
}

// --- what they come to together ------------------------------------------------------------------

interface Told {
  readonly one: Customer;
  readonly part: Part | null;
}

/** Keys `tier|segment`, each customer under its own, under All, and under both mixtures. */
function groupsOf(
  parts: readonly Told[],
  at: Pick<Ask, 'org' | 'span'>,
): ReadonlyMap<string, readonly Part[]> {
  const groups = new Map<string, Part[]>();
  for (const { one, part } of parts) {
    const [tier, region] = [tierAt(one, at), regionOf(one)];
    for (const key of [`${tier}|${region}`, `${tier}|All`, `All|${region}`, 'All|All']) {
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      if (part !== null) group.push(part);
    }
  }
  return groups;
}

const tierOf = ({ row }: Customer): string => text(row, 'Truenorth_Tier__c') ?? '';
/** The tier at the end of the period; before the first run the first one that was ever shown. */
function tierAt(one: Customer, { org, span }: Pick<Ask, 'org' | 'span'>): string {
  const shown = org.tiers.filter(({ day }) => day <= span.upTo).at(-1) ?? org.tiers[0];
  return shown?.of.get(one.id) ?? tierOf(one);
}

const regionOf = ({ row }: Customer): string => text(row, 'Region__c') ?? 'Unknown';

function told(
  metric: string,
  kind: Kind,
  { span, parts }: { readonly span: Span; readonly parts: readonly Part[] },
): OracleNumber {
  const [top, bottom, n] = (['top', 'bottom', 'n'] as const).map((of) =>
    parts.reduce((sum, part) => sum + part[of], 0),
  ) as [number, number, number];
  const raw = rawValue(kind, { top, bottom, times: parts.flatMap(({ times }) => times) });
  const value = kind !== 'total' && n < (OF_OUTCOMES.has(metric) ? 30 : FLOOR) ? null : raw;
  return { value, sample: n, met: metOf(metric, value), current: !span.over };
}

function rawValue(
  kind: Kind,
  {
    top,
    bottom,
    times,
  }: { readonly top: number; readonly bottom: number; readonly times: readonly number[] },
): number | null {
  if (kind === 'total') return round(top, 2);
  if (kind === 'middle') return median(times);
  if (bottom === 0) return null;
  return round((top / bottom) * (kind === 'ratio' ? 100 : 1), 1);
}

function metOf(metric: string, value: number | null): string {
  if (value === null) return 'too little data';
  const target = TARGETS[metric];
  if (target === undefined) return 'no target';
  return (target[0] === '>=' ? value >= target[1] : value <= target[1]) ? 'met' : 'not met';
}

// --- renewals and costs --------------------------------------------------------------------------

interface Whole {
  readonly org: RawOrg;
  readonly span: Span;
  readonly customers: readonly Customer[];
}

function renewalDay(one: Customer, today: string): string | null {
  const open = one.deals
    .filter((deal) => deal.IsClosed !== true && word(deal, 'Type') === 'renewal')
    .map((deal) => text(deal, 'CloseDate') ?? '')
    .sort();
  return text(one.row, 'Renewal_Date__c') ?? open.find((on) => on >= today) ?? open.at(-1) ?? null;
}

/** Due amounts by tier, segment and band; how much of it will be lost nobody can tell before 30 outcomes. */
function renewals(found: Map<string, OracleNumber>, { org, span, customers }: Whole): void {
  const sums = new Map<string, { cents: number; n: number }>();
  for (const one of customers) {
    const [on, arr] = [renewalDay(one, org.today), amount(one.row, 'ARR__c')];
    const due =
      isHere(one, org.today, org) && on !== null && arr !== null && on >= org.today && inQuarter(on, span);
    const bands = due ? [word(one.row, 'Truenorth_Band__c'), 'All'] : ['All'];
    for (const tier of [tierOf(one), 'All'])
      for (const region of [regionOf(one), 'All'])
        for (const band of bands) {
          const key = `${span.name}|${tier}|${region}|${band}`;
          const sum = sums.get(key) ?? { cents: 0, n: 0 };
          sums.set(key, sum);
          if (due) sum.cents += Math.round((arr ?? 0) * 100);
          if (due) sum.n += 1;
        }
  }
  for (const [key, { cents, n }] of sums) {
    found.set(`renewals-due|${key}`, { value: cents / 100, sample: n, met: 'no target', current: true });
    const nothing = n === 0;
    const met = nothing ? 'no target' : 'too little data';
    found.set(`renewals-expected-loss|${key}`, { value: nothing ? 0 : null, sample: 0, met, current: true });
  }
}

const inQuarter = (on: string, { first, last }: Span): boolean => on >= first && on <= last;

function economics(found: Map<string, OracleNumber>, { org, span, customers }: Whole): void {
  const say = (metric: string, tier: string, [value, sample]: readonly [number | null, number]) =>
    found.set(`${metric}|${span.name}|${tier}|All|All`, {
      value: value === null ? null : round(value, 2),
      sample,
      met: metOf(metric, value),
      current: true,
    });
  const tiers = Object.keys(org.costs);
  const sides = tiers.map((tier) => sideOf(tier, { org, span, customers }));
  const whole = sides.reduce(
    (sum, side) => ({
      cost: sum.cost + side.cost,
      people: sum.people + side.people,
      accounts: sum.accounts + side.accounts,
      revenue: sum.revenue + side.revenue,
    }),
    { cost: 0, people: 0, accounts: 0, revenue: 0 },
  );
  for (const [tier, { cost, people, accounts, revenue }] of [
    ...tiers.map((tier, nth) => [tier, sides[nth] ?? whole] as const),
    ['All', whole] as const,
  ]) {
    say('cost', tier, [cost, accounts]);
    say('cost-per-account', tier, [accounts === 0 ? null : cost / accounts, accounts]);
    say('revenue-per-person', tier, [revenue / people, accounts]);
    const yearly = cost * (12 / span.months);
    say('break-even-lift', tier, [revenue === 0 ? null : (yearly / revenue) * 100, accounts]);
  }
  const all = { hours: 0, people: 0, accounts: 0 };
  const sampled = (tier: string, { hours, people, accounts }: typeof all): void => {
    const yearly = (hours / org.sample.days) * 365;
    say('hours-sampled', tier, [round(yearly, 1), people]);
    const each = accounts < FLOOR ? null : round(yearly / accounts, 1);
    say('hours-sampled-per-account', tier, [each, accounts]);
  };
  for (const [nth, tier] of tiers.entries()) {
    const [hours, people] = org.sample.tiers[tier] ?? [0, 0];
    const accounts = sides[nth]?.accounts ?? 0;
    sampled(tier, { hours, people, accounts });
    all.hours += hours;
    all.people += people;
    all.accounts += accounts;
  }
  sampled('All', all);
  say('measured-lift', 'All', [null, 0]);
  say('return', 'All', [null, 0]);
}

function sideOf(tier: string, { org, span, customers }: Whole) {
  const [people, each, licences, send] = org.costs[tier] ?? [0, 0, 0, 0];
  const own = customers.filter((one) => tierOf(one) === tier);
  const sends = own.flatMap(({ sent }) => sent).filter(({ on }) => inside(on, span)).length;
  const here = own.filter((one) => isHere(one, org.today, org));
  const revenue = here.reduce((sum, { row }) => sum + (amount(row, 'ARR__c') ?? 0), 0);
  const cost = round(((people * each + licences) * span.months) / 12 + sends * send, 2);
  return { cost, people, accounts: here.length, revenue };
}
