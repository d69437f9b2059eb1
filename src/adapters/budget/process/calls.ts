import type { Instant } from '../../../domain/day.js';
import type { CallBudget, CallLimits, OrgUsage } from '../../../ports/call-budget.js';

/** How a day is counted. */
export interface Span {
  /** A call counts for so long, in milliseconds, and for up to one bucket more. */
  readonly spanMs: number;
  readonly bucketMs: number;
}

export const DAY: Span = { spanMs: 86_400_000, bucketMs: 300_000 };

/** What is kept of one budget. */
export interface Account {
  /** Calls by the number of the bucket. */
  readonly buckets: Map<number, number>;
  heard: OrgUsage | null;
  /** Calls since the org's usage was heard. */
  sinceHeard: number;
}

export function emptyAccount(): Account {
  return { buckets: new Map(), heard: null, sinceHeard: 0 };
}

/** A budget over an account that others may use as well: nothing is awaited between asking and taking. */
export function callBudget(
  account: Account,
  limits: CallLimits,
  time: Span & { readonly now: () => Instant },
): CallBudget {
  const spend = (count: number): void => {
    const bucket = Math.floor(time.now() / time.bucketMs);
    account.buckets.set(bucket, (account.buckets.get(bucket) ?? 0) + count);
  };
  const spent = (): number => spentOf(account, time);
  if (limits.spentBefore > spent()) spend(limits.spentBefore - spent());
  return {
    async take(count, org) {
      if (org !== null) Object.assign(account, { heard: org, sinceHeard: 0 });
      if (!hasRoom(account, limits, { count, spent: spent() })) return false;
      spend(count);
      account.sinceHeard += count;
      return true;
    },
    spent: async () => spent(),
    heard: async () => account.heard,
  };
}

function spentOf(
  account: Account,
  { now, spanMs, bucketMs }: Span & { readonly now: () => Instant },
): number {
  const first = Math.floor((now() - spanMs) / bucketMs);
  let sum = 0;
  for (const [bucket, count] of account.buckets) {
    if (bucket < first) account.buckets.delete(bucket);
    else sum += count;
  }
  return sum;
}

function hasRoom(
  { heard, sinceHeard }: Account,
  { share, ceiling }: CallLimits,
  { count, spent }: { readonly count: number; readonly spent: number },
): boolean {
  if (heard === null || count < 0) return true;
  return spent + count <= heard.max * share && heard.used + sinceHeard + count <= heard.max * ceiling;
}
