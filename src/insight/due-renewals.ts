import type { Day } from '../domain/day.js';
import { numberOf } from '../domain/facts/row-values.js';
import type { BandOutcomes } from '../domain/insight/band-loss.js';
import type { DueRenewals } from '../domain/insight/outlook.js';
import { type Period, quartersAhead } from '../domain/program/metrics/period.js';
import type { MetricRule } from '../domain/program/metrics/rule.js';
import {
  isCustomerOn,
  type MetricBasis,
  type MetricSubject,
  numberIn,
} from '../domain/program/metrics/subject.js';
import type { Run } from '../sync/context.js';
import { largest } from './largest.js';

/** An account whose renewal is due, before it is known what of it is likely to be lost. */
export interface DueCandidate {
  readonly account: string;
  readonly quarter: string;
  readonly renewalOn: Day;
  /** True where the account has no day of its own, and an open renewal opportunity says it. */
  readonly dayDerived: boolean;
  readonly tier: string;
  readonly band: string;
  readonly amount: number;
}

/** Customers whose renewal day lies before today and was not moved on: they are in no quarter. */
export interface PassedRenewals {
  readonly accounts: number;
  /** Recurring revenue, in the org's currency. */
  readonly amount: number;
}

interface DueRules {
  readonly basis: MetricBasis;
  readonly due: MetricRule | undefined;
  readonly names: number;
}

/** Renewals by quarter, tier and band, and of each band the accounts with most revenue; past ones by band. */
export function openDue({ today }: Run, { basis, due, names }: DueRules) {
  const periods = quartersAhead(today);
  const cells = openCells();
  const outcomes = new Map<string, BandOutcomes>();
  const top = new Map<string, ReturnType<typeof largest<DueCandidate>>>();
  let passed: PassedRenewals = { accounts: 0, amount: 0 };
  const addDue = (one: DueCandidate): void => {
    cells.add(one);
    const best = top.get(one.band) ?? largest<DueCandidate>(names, ({ amount }) => amount);
    top.set(one.band, best);
    best.add(one);
  };
  return {
    add: (subject: MetricSubject): void => {
      for (const { band, lost } of subject.outcomes) noteOutcome(outcomes, band, lost);
      for (const period of periods) {
        const counted = due?.read(subject, period, basis) ?? null;
        if (counted !== null) addDue(candidateOf(subject, { period, cents: counted.part, today }));
      }
      const amount = passedOpen(subject, today);
      if (amount !== null) passed = { accounts: passed.accounts + 1, amount: added(passed.amount, amount) };
    },
    told: () => ({
      periods,
      outcomes,
      passed,
      renewals: cells.told(),
      candidates: [...top.values()].flatMap((best) => best.told()),
    }),
  };
}

interface ReadDue {
  readonly period: Period;
  readonly cents: number;
  readonly today: Day;
}

function candidateOf(subject: MetricSubject, { period, cents, today }: ReadDue): DueCandidate {
  return {
    account: subject.account.id,
    quarter: period.name,
    renewalOn: numberIn(subject.facts, 'account.renewalOn') ?? today,
    dayDerived: numberOf(subject.account, 'renewalOn') === null,
    tier: subject.tierOn(today),
    band: subject.standing.band,
    amount: cents / 100,
  };
}

/** What a customer pays whose renewal day has passed and was not moved on; null for everybody else. */
function passedOpen(subject: MetricSubject, today: Day): number | null {
  const on = numberIn(subject.facts, 'account.renewalOn');
  if (on === null || on >= today || isCustomerOn(subject, today, today) !== true) return null;
  return numberIn(subject.facts, 'account.arr');
}

function openCells() {
  const cells = new Map<string, DueRenewals>();
  return {
    add: ({ quarter, tier, band, amount, dayDerived }: DueCandidate): void => {
      const key = [quarter, tier, band].join('\n');
      const cell = cells.get(key);
      cells.set(key, {
        quarter,
        tier,
        band,
        accounts: (cell?.accounts ?? 0) + 1,
        amount: added(cell?.amount ?? 0, amount),
        daysDerived: (cell?.daysDerived ?? 0) + (dayDerived ? 1 : 0),
      });
    },
    told: () => [...cells.values()],
  };
}

function added(one: number, other: number): number {
  return Math.round((one + other) * 100) / 100;
}

function noteOutcome(outcomes: Map<string, BandOutcomes>, band: string, lost: boolean): void {
  const { closed, lost: before } = outcomes.get(band) ?? { closed: 0, lost: 0 };
  outcomes.set(band, { closed: closed + 1, lost: before + (lost ? 1 : 0) });
}
