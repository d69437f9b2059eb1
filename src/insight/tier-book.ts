import type { Day } from '../domain/day.js';
import type { Facts } from '../domain/facts/fact.js';
import { numberOf } from '../domain/facts/row-values.js';
import type { BookEntry } from '../domain/insight/tiers/cuts.js';
import { revenueSegment, type SegmentEntry, seatSegment } from '../domain/insight/tiers/segments.js';
import { servedRules } from '../domain/program/metrics/book.js';
import { periodAt } from '../domain/program/metrics/period.js';
import type { MetricRule } from '../domain/program/metrics/rule.js';
import {
  isCustomerOn,
  type MetricBasis,
  type MetricSubject,
  numberIn,
  textIn,
} from '../domain/program/metrics/subject.js';
import { currentTier } from '../domain/tier/current.js';
import { UNASSIGNED } from '../domain/tier/tier.js';
import { fixedTier } from '../domain/tier/wish.js';
import type { AccountBundle } from '../ports/state-store.js';
import { baseOf, heldBy } from '../sync/before.js';
import type { Run } from '../sync/context.js';
import type { StoredResult } from '../sync/stored-result.js';

const YEAR = 365;

/** What is kept of an account. */
interface ReadAccount {
  readonly entry: BookEntry;
  readonly segment: SegmentEntry;
  /** Since when it has its tier. */
  readonly since: Day;
}

/** Facts whose values are texts of the org's own: they split the book where they have few values. */
export function textFacts({ settings }: Run): ReadonlySet<string> {
  const own = settings.customFacts.filter(({ type }) => type === 'text').map(({ name }) => `custom.${name}`);
  const { segmentBy } = settings.program;
  return new Set([...own, 'account.successPackage', ...(segmentBy === null ? [] : [segmentBy.fact])]);
}

/** Reads accounts into the numbers by which tiers are judged; customers of today are kept as entries of the book. */
export function openTierBook(run: Run, basis: MetricBasis) {
  const entries: BookEntry[] = [];
  const period = periodAt('quarter', run.today, 0);
  const rules = servedRules(basis.facts.mapped);
  const [churn, upsell] = (['churn', 'upsell'] as const).map((id) =>
    rules.find(({ metric }) => metric === id),
  );
  const asked = (rule: MetricRule | undefined, subject: MetricSubject): boolean | null => {
    const counted = rule?.read(subject, period, basis) ?? null;
    return counted === null ? null : counted.part > 0;
  };
  const texts = textFacts(run);
  return {
    entries: () => entries,
    read: (bundle: AccountBundle, subject: MetricSubject): ReadAccount => {
      const entry = entryOf(run, bundle, subject);
      const customer = isCustomerOn(subject, run.today, run.today) === true;
      if (customer) entries.push(entry);
      const segment: SegmentEntry = {
        customer,
        tier: entry.tier,
        revenue: entry.revenue,
        left: asked(churn, subject),
        expanded: asked(upsell, subject),
        cases: casesInYear(run, subject, basis),
        segments: segmentsOf(subject, texts),
      };
      const since = (bundle.assessed?.result as StoredResult | undefined)?.tier.since ?? run.today;
      return { entry, segment, since };
    },
  };
}

function entryOf(run: Run, bundle: AccountBundle, { facts }: MetricSubject): BookEntry {
  const known = revenueOf(facts);
  return {
    measure: run.settings.tiers.measure.evaluate(facts, run.today),
    revenue: known === null ? null : Math.max(0, known),
    tier: (bundle.assessed?.result as StoredResult | undefined)?.tier.tier ?? UNASSIGNED,
    fixed: fixedOf(run, bundle, facts),
  };
}

/** The tier in which a lock or an override holds an account, wherever lines are drawn; null = lines decide. */
export function fixedOf(
  { settings, today }: Run,
  { account, assessed }: AccountBundle,
  facts: Facts,
): BookEntry['fixed'] {
  const { tiers: rules, crm } = settings;
  const held = heldBy(account, crm);
  const current = currentTier(held, baseOf(assessed, today)?.tier ?? null, { rules, today });
  return fixedTier({ facts, rules, frozen: null, current, locked: held.locked, today });
}

/** Recurring revenue, else what is known of the revenue of twelve months. */
export function revenueOf(facts: MetricSubject['facts']): number | null {
  return numberIn(facts, 'account.arr') ?? numberIn(facts, 'account.revenue12m');
}

function casesInYear({ today, dayOf }: Run, { rows }: MetricSubject, { facts }: MetricBasis): number | null {
  if (!facts.mapped.has('case.openedAt')) return null;
  return (rows.case ?? []).filter((row) => {
    const at = numberOf(row, 'openedAt');
    const day = at === null ? null : dayOf(at);
    return day !== null && day > today - YEAR && day <= today;
  }).length;
}

function segmentsOf({ facts }: MetricSubject, texts: ReadonlySet<string>): Readonly<Record<string, string>> {
  const [seats, revenue] = [numberIn(facts, 'account.seats'), revenueOf(facts)];
  const own = [...texts].flatMap((fact) => {
    const value = fact === 'account.successPackage' ? textIn(facts, fact) : facts[fact]?.value;
    return typeof value === 'string' && value !== '' ? [[fact, value] as const] : [];
  });
  return {
    ...(seats === null || seats <= 0 ? {} : { 'account.seats': seatSegment(seats) }),
    ...(revenue === null ? {} : { revenue: revenueSegment(revenue) }),
    ...Object.fromEntries(own),
  };
}
