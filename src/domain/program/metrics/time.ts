import { rounded } from '../../facts/aggregate.js';
import { UNASSIGNED } from '../../tier/tier.js';
import { ALL, type MetricId } from '../metric-ids.js';
import {
  hourlyCost,
  hoursPerAccount,
  type ProgramPolicy,
  sampledDays,
  type TimeSample,
} from '../program-policy.js';
import type { Period } from './period.js';
import type { Told } from './record.js';
import type { Total } from './tally.js';

type TimePolicy = Pick<ProgramPolicy, 'staffing' | 'timeSample' | 'floor'>;

/** The year of logged hours, too. */
const YEAR = 365;

/** What people wrote down for some accounts. */
interface Written {
  /** Of the days of the sample. */
  readonly hours: number;
  readonly people: number;
  readonly accounts: number;
}

/**
 * What else is told of the time for customers, beside what was counted of it: hours by the time sample, planned hours, and
 * what the time costs. The policy is that of today: told only of periods that run.
 */
export function timeOf(counted: readonly Told[], policy: TimePolicy): readonly Told[] {
  const whole = counted.filter(({ group }) => group.segment === ALL && group.band === ALL);
  const running = whole.filter(({ metric, period }) => metric === 'accounts' && period.state === 'running');
  return [...Map.groupBy(running, ({ period }) => period).entries()].flatMap(([period, accounts]) => {
    // Nobody looks after an account without a tier.
    const tiers = accounts.filter(({ group: { tier } }) => tier !== ALL && tier !== UNASSIGNED);
    const own = whole.filter((one) => one.period.name === period.name);
    return [...tiers.flatMap((one) => tierTime(one, own, policy)), ...sampledTogether(period, tiers, policy)];
  });
}

function tierTime(accounts: Told, own: readonly Told[], policy: TimePolicy): readonly Told[] {
  const { tier } = accounts.group;
  const { period } = accounts;
  const written = writtenOf(accounts, policy.timeSample);
  const sampled = written === null ? [] : sampledIn(period, tier, { written, policy });
  const planned = plannedOf(period, tier, policy);
  const known = own.filter(({ group }) => group.tier === tier);
  return [
    ...sampled,
    ...planned,
    ...costOf(period, tier, { told: [...known, ...sampled, ...planned], policy }),
  ];
}

function writtenOf({ group, total }: Told, sample: TimeSample | null): Written | null {
  const written = sample?.tiers[group.tier];
  return written === undefined ? null : { ...written, accounts: total.value ?? 0 };
}

/** All tiers together, where each that has accounts was sampled. */
function sampledTogether(period: Period, tiers: readonly Told[], policy: TimePolicy): readonly Told[] {
  const all = tiers.map((one) => ({ one, written: writtenOf(one, policy.timeSample) }));
  const whole = all.every(({ one, written }) => written !== null || (one.total.value ?? 0) === 0);
  const found = all.flatMap(({ written }) => written ?? []);
  if (!whole || found.length === 0) return [];
  const sum = (of: keyof Written): number => found.reduce((total, one) => total + one[of], 0);
  const written = { hours: sum('hours'), people: sum('people'), accounts: sum('accounts') };
  return sampledIn(period, ALL, { written, policy });
}

function sampledIn(
  period: Period,
  tier: string,
  { written, policy }: { readonly written: Written; readonly policy: TimePolicy },
): readonly Told[] {
  const { timeSample, floor } = policy;
  if (timeSample === null) return [];
  const { hours, people, accounts } = written;
  const yearly = (hours * YEAR) / sampledDays(timeSample);
  const each = accounts === 0 ? null : rounded(yearly / accounts, 1);
  const tell = teller(period, tier);
  const perAccount = { value: each, numerator: rounded(yearly, 2), denominator: accounts, sample: accounts };
  return [
    tell('hours-sampled', { value: rounded(yearly, 1), numerator: hours, denominator: null, sample: people }),
    tell('hours-sampled-per-account', perAccount, each !== null && accounts >= floor),
  ];
}

function plannedOf(period: Period, tier: string, { staffing }: TimePolicy): readonly Told[] {
  const said = staffing[tier];
  const hours = said === undefined ? null : hoursPerAccount(said);
  if (said === undefined || hours === null) return [];
  const sample = Object.keys(said.activities).length;
  const total = { value: rounded(hours, 1), numerator: null, denominator: null, sample };
  return [teller(period, tier)('hours-planned-per-account', total)];
}

/** Where hours per account come from: what was logged before what was sampled before what is planned. */
const SOURCES: readonly MetricId[] = [
  ...(['hours-per-account', 'hours-sampled-per-account', 'hours-planned-per-account'] as const),
];

function costOf(
  period: Period,
  tier: string,
  { told, policy }: { readonly told: readonly Told[]; readonly policy: TimePolicy },
): readonly Told[] {
  const said = policy.staffing[tier];
  const hourly = said === undefined ? null : hourlyCost(said);
  const used = SOURCES.flatMap((id) => told.find(({ metric }) => metric === id) ?? []).find(
    ({ enough, total }) => enough && total.value !== null && total.value > 0,
  );
  if (hourly === null || used === undefined || used.total.value === null) return [];
  const { value, sample } = used.total;
  const total = { value: rounded(value * hourly, 2), numerator: null, denominator: null, sample };
  return [teller(period, tier)('time-cost-per-account', total)];
}

function teller(period: Period, tier: string) {
  return (metric: MetricId, total: Total, enough = true): Told => ({
    metric,
    period,
    group: { tier, segment: ALL, band: ALL },
    total,
    enough,
  });
}
