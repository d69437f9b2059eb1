import type { Day } from '../domain/day.js';
import { driverTexts } from '../domain/health/words.js';
import type { BandOutcomes, PastRenewals } from '../domain/insight/band-loss.js';
import type { Estimate } from '../domain/insight/intervals.js';
import {
  type DueRenewals,
  type Outlook,
  outlookOf,
  type PastGrowth,
  toldLoss,
} from '../domain/insight/outlook.js';
import { servedRules } from '../domain/program/metrics/book.js';
import { type Period, periodAt, quartersAhead } from '../domain/program/metrics/period.js';
import type { MetricRule } from '../domain/program/metrics/rule.js';
import { type MetricBasis, type MetricSubject, numberIn } from '../domain/program/metrics/subject.js';
import { PAGE, type Run } from '../sync/context.js';
import { metricSubject } from '../sync/metric-subject.js';
import type { StoredResult } from '../sync/stored-result.js';
import { largest } from './largest.js';
import { metricBasis } from './metric-basis.js';

/** An account whose renewal is due. */
export interface DueAccount {
  readonly account: string;
  readonly name: string;
  readonly quarter: string;
  readonly renewalOn: Day;
  readonly tier: string;
  readonly band: string;
  readonly amount: number;
  /** Null = too little data in its band. */
  readonly loss: Estimate | null;
  /** The first line of what its score lost points by. */
  readonly driver: string;
}

export interface OutlookSheet extends Outlook {
  readonly periods: readonly Period[];
  /** Months over which past growth is told. */
  readonly growthPeriod: Period;
  /** Those with the largest expected loss, first; at most as many as asked for. */
  readonly accounts: readonly DueAccount[];
  /** Attributes that are lacking for renewals to be told; empty = none. */
  readonly lacks: readonly string[];
}

/** Renewals of four quarters with what is likely to be lost of them, in one pass over the book. */
export async function readOutlook(run: Run, names: number): Promise<OutlookSheet> {
  const { basis, scope } = await metricBasis(run);
  const rules = servedRules(basis.facts.mapped);
  const due = rules.find(({ metric }) => metric === 'renewals-due');
  const tally = openTally(run, { basis, due, names });
  const growth = openGrowth(run, { basis, rules });
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    for (const bundle of page) {
      const subject = await metricSubject(run, bundle, scope);
      tally.add(subject);
      growth.add(subject);
    }
  }
  const { periods, renewals, outcomes, candidates } = tally.told();
  const quarters = periods.map(({ name }) => name);
  return {
    ...outlookOf({ quarters, due: renewals, outcomes, growth: growth.told() }),
    periods,
    growthPeriod: growth.period,
    accounts: await named(run, ranked(candidates, outcomes).slice(0, names)),
    lacks: due === undefined ? DUE_NEEDS.filter((name) => !basis.facts.mapped.has(name)) : [],
  };
}

const DUE_NEEDS = ['account.arr', 'account.renewalOn'];

type Candidate = Omit<DueAccount, 'loss' | 'driver' | 'name'>;

interface TallyRules {
  readonly basis: MetricBasis;
  readonly due: MetricRule | undefined;
  readonly names: number;
}

/** Renewals by quarter, tier and band, and of each quarter and band the accounts with most revenue. */
function openTally({ today }: Run, { basis, due, names }: TallyRules) {
  const periods = quartersAhead(today);
  const cells = new Map<string, { -readonly [K in keyof DueRenewals]: DueRenewals[K] }>();
  const outcomes = new Map<string, BandOutcomes>();
  const top = new Map<string, ReturnType<typeof largest<Candidate>>>();
  const addDue = (subject: MetricSubject, { name: quarter }: Period, cents: number): void => {
    const [tier, band] = [subject.tierOn(today), subject.standing.band];
    const key = [quarter, tier, band].join('\n');
    const cell = cells.get(key) ?? { quarter, tier, band, accounts: 0, amount: 0 };
    const amount = cents / 100;
    cells.set(key, {
      ...cell,
      accounts: cell.accounts + 1,
      amount: Math.round(cell.amount * 100 + cents) / 100,
    });
    const renewalOn = numberIn(subject.facts, 'account.renewalOn') ?? today;
    const best = top.get(band) ?? largest<Candidate>(names, (one) => one.amount);
    top.set(band, best);
    best.add({ account: subject.account.id, quarter, renewalOn, tier, band, amount });
  };
  return {
    add: (subject: MetricSubject): void => {
      for (const { band, lost } of subject.outcomes) noteOutcome(outcomes, band, lost);
      for (const period of periods) {
        const counted = due?.read(subject, period, basis) ?? null;
        if (counted !== null) addDue(subject, period, counted.part);
      }
    },
    told: () => ({
      periods,
      outcomes,
      renewals: [...cells.values()],
      candidates: [...top.values()].flatMap((best) => best.told()),
    }),
  };
}

function noteOutcome(outcomes: Map<string, BandOutcomes>, band: string, lost: boolean): void {
  const { closed, lost: before } = outcomes.get(band) ?? { closed: 0, lost: 0 };
  outcomes.set(band, { closed: closed + 1, lost: before + (lost ? 1 : 0) });
}

interface GrowthRules {
  readonly basis: MetricBasis;
  readonly rules: readonly MetricRule[];
}

/** Net retention less gross retention of the twelve months up to today, as the numbers of the program tell them. */
function openGrowth({ today }: Run, { basis, rules }: GrowthRules) {
  const period = periodAt('quarter', today, 0);
  const net = rules.find(({ metric }) => metric === 'retention-net');
  const gross = rules.find(({ metric, restsOn }) => metric === 'retention' && restsOn === 'dates');
  const sums = { added: 0, closed: 0, n: 0 };
  return {
    period,
    add: (subject: MetricSubject): void => {
      const [all, kept] = [
        net?.read(subject, period, basis) ?? null,
        gross?.read(subject, period, basis) ?? null,
      ];
      if (all === null || kept === null) return;
      sums.added += all.part - kept.part;
      sums.closed += kept.whole;
      sums.n += kept.n;
    },
    told: (): PastGrowth => ({ share: sums.closed > 0 ? sums.added / sums.closed : null, n: sums.n }),
  };
}

type Ranked = Candidate & Pick<DueAccount, 'loss'>;

/** Largest expected loss first; those of which none can be told after them, by amount. */
function ranked(candidates: readonly Candidate[], outcomes: PastRenewals): readonly Ranked[] {
  return candidates
    .map((one) => ({ ...one, loss: toldLoss(one.amount, one.band, outcomes) }))
    .sort(
      (a, b) =>
        (b.loss?.value ?? -1) - (a.loss?.value ?? -1) ||
        b.amount - a.amount ||
        (a.account < b.account ? -1 : 1),
    );
}

async function named(run: Run, due: readonly Ranked[]): Promise<readonly DueAccount[]> {
  const bundles = await run.state.assessments.bundlesOf(due.map(({ account }) => account));
  const found = new Map(bundles.map((bundle) => [bundle.account.id, bundle]));
  return due.map((one) => {
    const bundle = found.get(one.account);
    const result = bundle?.assessed?.result as StoredResult | undefined;
    const texts = result && driverTexts(result.health, run.settings.health);
    const name = String(bundle?.account.values.name ?? one.account);
    return { ...one, name, driver: texts?.long.split('\n')[0] ?? 'Not assessed yet' };
  });
}
