import { driverTexts } from '../domain/health/words.js';
import type { PastRenewals } from '../domain/insight/band-loss.js';
import type { Estimate } from '../domain/insight/intervals.js';
import { type Outlook, outlookOf, type PastGrowth, toldLoss } from '../domain/insight/outlook.js';
import { servedRules } from '../domain/program/metrics/book.js';
import { type Period, periodAt } from '../domain/program/metrics/period.js';
import type { MetricRule } from '../domain/program/metrics/rule.js';
import type { MetricBasis, MetricSubject } from '../domain/program/metrics/subject.js';
import { PAGE, type Run } from '../sync/context.js';
import { metricSubject } from '../sync/metric-subject.js';
import type { StoredResult } from '../sync/stored-result.js';
import { type DueCandidate, openDue, type PassedRenewals } from './due-renewals.js';
import { metricBasis } from './metric-basis.js';

/** An account whose renewal is due. */
export interface DueAccount extends DueCandidate {
  readonly name: string;
  /** Null = too little data in its band. */
  readonly loss: Estimate | null;
  /** The first line of what its score lost points by. */
  readonly driver: string;
}

export interface OutlookSheet extends Outlook {
  readonly periods: readonly Period[];
  readonly passed: PassedRenewals;
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
  const tally = openDue(run, { basis, due, names });
  const growth = openGrowth(run, { basis, rules });
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    for (const bundle of page) {
      const subject = await metricSubject(run, bundle, scope);
      tally.add(subject);
      growth.add(subject);
    }
  }
  const { periods, renewals, outcomes, candidates, passed } = tally.told();
  const quarters = periods.map(({ name }) => name);
  return {
    ...outlookOf({ quarters, due: renewals, outcomes, growth: growth.told() }),
    periods,
    passed,
    growthPeriod: growth.period,
    accounts: await named(run, ranked(candidates, outcomes).slice(0, names)),
    lacks: due === undefined ? DUE_NEEDS.filter((name) => !basis.facts.mapped.has(name)) : [],
  };
}

const DUE_NEEDS = ['account.arr', 'account.renewalOn'];

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

type Ranked = DueCandidate & Pick<DueAccount, 'loss'>;

/** Largest expected loss first; those of which none can be told after them, by amount. */
function ranked(candidates: readonly DueCandidate[], outcomes: PastRenewals): readonly Ranked[] {
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
