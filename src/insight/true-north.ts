import type { AccountState } from '../domain/assess-account.js';
import type { Day } from '../domain/day.js';
import { dayZero } from '../domain/engagement/phase.js';
import type { FactBasis } from '../domain/facts/basis.js';
import { deriveFacts } from '../domain/facts/derive.js';
import { numberOf } from '../domain/facts/row-values.js';
import { newCustomerOf } from '../domain/insight/first-days.js';
import {
  type FeedReach,
  type MilestoneFeed,
  milestonesFor,
  type NewCustomer,
} from '../domain/insight/milestones.js';
import { type TrueNorth, trueNorth } from '../domain/insight/true-north.js';
import {
  OTHER_SEGMENT,
  type Segments,
  segmentsOf,
  UNKNOWN_SEGMENT,
} from '../domain/program/metrics/segments.js';
import type { AccountBundle } from '../ports/state-store.js';
import { PAGE, type Run } from '../sync/context.js';
import { everyKind } from '../sync/every-kind.js';
import { basisOf } from '../sync/rules.js';
import { type BookOutcome, leftWithoutDay, outcomeOfBook } from './outcome-kind.js';

/** Which early milestone separates those who stayed, over the whole book. */
export interface TrueNorthSheet {
  /** Pairs of a group and a milestone that were tried; all are corrected for. */
  readonly tried: number;
  readonly found: readonly TrueNorth[];
  /** What tells who stayed: the first renewal, or where too few were won and lost the day on which customers left. */
  readonly outcome: BookOutcome;
  /** Customers whose first renewal is still to come. */
  readonly waiting: number;
  /** First day 0 and last outcome that were looked at; null without any. */
  readonly period: { readonly from: Day; readonly to: Day } | null;
}

/** Reads every account's dated rows once; what is kept of each is a few days and counts. */
export async function findTrueNorth(run: Run): Promise<TrueNorthSheet> {
  const basis = await basisOf(run);
  const outcome = await outcomeOfBook(run);
  const segments = segmentsOf(run.settings.program.segmentBy);
  const customers: NewCustomer[] = [];
  const reach = await openReach(run, basis);
  let waiting = 0;
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    for (const bundle of page) {
      reach.note(bundle);
      const customer = customerOf(run, bundle, { basis, outcome, segments });
      if (customer === 'waiting') waiting += 1;
      else if (customer !== null) customers.push(customer);
    }
  }
  const onboarding = run.settings.moments.moments.filter(({ phase }) => phase === 'onboarding');
  const milestones = milestonesFor(customers, onboarding);
  return {
    ...trueNorth({ customers: named(customers, segments), milestones, reach: reach.told() }),
    outcome,
    waiting,
    period: periodOf(customers),
  };
}

/** Only the largest segments keep their name, as in the numbers of the program. */
function named(customers: readonly NewCustomer[], segments: Segments): readonly NewCustomer[] {
  const names = new Map(segments.seen().map(({ key }) => [key, segments.nameOf(key)] as const));
  return customers.map((one) => ({ ...one, segment: names.get(one.segment) ?? OTHER_SEGMENT }));
}

interface Told {
  readonly basis: FactBasis;
  readonly outcome: BookOutcome;
  readonly segments: Segments;
}

function customerOf(
  run: Run,
  bundle: AccountBundle,
  { basis, outcome, segments }: Told,
): NewCustomer | 'waiting' | null {
  if (outcome === 'churn' && leftWithoutDay(bundle)) return null;
  const subject = { account: bundle.account, rows: everyKind(bundle.rows, run) };
  const facts = deriveFacts(subject, basis);
  const start = dayZero(facts);
  if (start === null || start > run.today) return null;
  const segment = facts[run.settings.program.segmentBy?.fact ?? '']?.value;
  const found = newCustomerOf({
    subject,
    dayZero: start,
    segment: segments.keyOf(typeof segment === 'string' && segment !== '' ? segment : UNKNOWN_SEGMENT),
    moments: (bundle.assessed?.state as AccountState | undefined)?.moments ?? {},
    today: run.today,
    dayOf: run.dayOf,
    byChurn: outcome === 'churn',
  });
  return found ?? 'waiting';
}

interface Reach {
  readonly note: (bundle: AccountBundle) => void;
  readonly told: () => FeedReach;
}

/** From which day on each feed tells of anything: a customer who began before was not watched from the start. */
async function openReach(run: Run, basis: FactBasis): Promise<Reach> {
  const { mapped, feeds } = basis;
  const first = new Map<MilestoneFeed, Day>();
  const watched = basis.watchedFrom ?? null;
  const note = (feed: MilestoneFeed, day: Day | null): void => {
    if (day !== null && day < (first.get(feed) ?? Infinity)) first.set(feed, day);
  };
  return {
    note: ({ rows }) => {
      for (const row of rows.usage ?? []) note('usage', numberOf(row, 'on'));
      for (const row of rows.activity ?? []) note('activity', numberOf(row, 'on'));
      for (const row of rows.case ?? []) {
        const at = numberOf(row, 'openedAt');
        note('case', at === null ? null : run.dayOf(at));
      }
    },
    told: () => {
      if (mapped.has('account.criteriaAgreedOn')) note('criteria', -Infinity);
      note('moments', watched);
      const ends = { usage: feeds.usage ?? run.today };
      return Object.fromEntries(
        [...first].map(([feed, from]) => {
          return [feed, { from, upTo: feed === 'usage' ? ends.usage : run.today }];
        }),
      );
    },
  };
}

function periodOf(customers: readonly NewCustomer[]): TrueNorthSheet['period'] {
  if (customers.length === 0) return null;
  let [from, to] = [Infinity, -Infinity];
  for (const { dayZero: start, outcome } of customers) {
    from = Math.min(from, start);
    to = Math.max(to, outcome.on);
  }
  return { from, to };
}
