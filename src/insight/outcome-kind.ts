import type { Day } from '../domain/day.js';
import { flagOf, numberOf } from '../domain/facts/row-values.js';
import { isEnough } from '../domain/insight/enough.js';
import type { StampedSubject } from '../domain/insight/known-at.js';
import type { AccountBundle } from '../ports/state-store.js';
import { PAGE, type Run } from '../sync/context.js';
import { closedDeals } from './closed-deals.js';

/** What a book itself tells of who stayed: closed renewals, or the day on which customers left. */
export type BookOutcome = 'renewals' | 'churn';

/** Days before a close at which somebody must have been a customer for the renewal to count. */
const DAYS_BEFORE = 90;

/**
 * The outcome that a book can be looked back on by: renewals where enough were won and lost, else the day of churn
 * where it is mapped. In many books only who leaves is written down: all of their renewals are lost.
 */
export function outcomeBy(
  renewals: readonly { readonly lost: boolean }[],
  { settings }: Pick<Run, 'settings'>,
): BookOutcome {
  return isEnough(renewals) || !tellsDayOfChurn(settings) ? 'renewals' : 'churn';
}

/** The same over all renewals of the book; reads it once, and only as far as needed. */
export async function outcomeOfBook(run: Run): Promise<BookOutcome> {
  if (!tellsDayOfChurn(run.settings)) return 'renewals';
  const renewals: { readonly lost: boolean }[] = [];
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    for (const bundle of page) renewals.push(...renewalsOf(bundle, run.today));
    if (isEnough(renewals)) break;
  }
  return outcomeBy(renewals, run);
}

function renewalsOf(bundle: AccountBundle, today: Day): readonly { readonly lost: boolean }[] {
  return closedDeals(bundle, today)
    .filter(({ type, on }) => type === 'renewal' && customerAt(bundle, on - DAYS_BEFORE) === null)
    .map(({ won }) => ({ lost: !won }));
}

function tellsDayOfChurn({ crm }: Run['settings']): boolean {
  return crm.objects.some(({ attributes }) => attributes.some(({ attribute }) => attribute === 'churnedOn'));
}

/** Why somebody was no customer on a day: came later, or had left by then; null = it was one, as far as days tell. */
export function customerAt(
  { account }: Pick<StampedSubject, 'account'>,
  cut: Day,
): 'noCustomerYet' | 'hadLeft' | null {
  const [since, leftOn] = [numberOf(account, 'customerSince'), numberOf(account, 'churnedOn')];
  if (leftOn !== null && leftOn <= cut) return 'hadLeft';
  return since !== null && since > cut ? 'noCustomerYet' : null;
}

/** Whether somebody is marked as gone without a day: nobody knows when. */
export function leftWithoutDay({ account }: Pick<StampedSubject, 'account'>): boolean {
  return numberOf(account, 'churnedOn') === null && flagOf(account, 'churned') === true;
}
