import type { AccountState } from '../domain/assess-account.js';
import type { FactBasis } from '../domain/facts/basis.js';
import { deriveFacts } from '../domain/facts/derive.js';
import { categoryOf, flagOf, numberOf } from '../domain/facts/row-values.js';
import { UNKNOWN_SEGMENT } from '../domain/program/metrics/segments.js';
import type { MetricSubject, RenewalOutcome } from '../domain/program/metrics/subject.js';
import { tierAt } from '../domain/program/metrics/tier-at.js';
import { UNASSIGNED } from '../domain/tier/tier.js';
import type { AccountBundle, StoredAssessment } from '../ports/state-store.js';
import type { Run } from './context.js';
import { everyKind } from './every-kind.js';
import type { StoredResult } from './stored-result.js';

/** What the accounts of a pass are read with. */
export interface SubjectScope {
  readonly basis: FactBasis;
  /** First day of which a number is told that rests on what was seen then. */
  readonly toldFrom: number;
}

/** What was shown of an account on a day. */
interface Shown {
  readonly day: number;
  readonly tier: string;
  readonly band: string;
}

/** An account as the numbers of the program read it; one that was never assessed has no score and no tier. */
export async function metricSubject(
  run: Run,
  { account, rows: kept, assessed }: AccountBundle,
  scope: SubjectScope,
): Promise<MetricSubject> {
  const rows = everyKind(kept, run);
  const facts = deriveFacts({ account, rows }, scope.basis);
  const result = assessed?.result as StoredResult | undefined;
  const closed = closedRenewals(rows, scope);
  const shown = needsHistory(assessed, closed, scope) ? await shownOf(run, account.id) : [];
  const segment = facts[run.settings.program.segmentBy?.fact ?? '']?.value;
  return {
    account,
    rows,
    facts,
    segment: typeof segment === 'string' && segment !== '' ? segment : UNKNOWN_SEGMENT,
    standing: {
      score: result?.health.shownScore ?? null,
      band: result?.health.band ?? 'unknown',
      dayZero: result?.dayZero ?? null,
      phase: result?.phase ?? null,
      onboardedOn: (assessed?.state as AccountState | undefined)?.onboardedOn ?? null,
    },
    tierOn: (day) => (result === undefined ? UNASSIGNED : tierAt(result.tier, shown, day)),
    outcomes: closed.flatMap((one) => outcomeOf(one, shown)),
  };
}

interface ClosedRenewal {
  readonly on: number;
  readonly lost: boolean;
}

/** Renewals that were closed while we watched: of older ones nobody knows the band. */
function closedRenewals(
  rows: AccountBundle['rows'],
  { basis: { today, watchedFrom = -Infinity } }: SubjectScope,
): readonly ClosedRenewal[] {
  return (rows.opportunity ?? []).flatMap((row) => {
    const [on, won] = [numberOf(row, 'closeOn'), flagOf(row, 'won')];
    const closed = flagOf(row, 'closed') === true && categoryOf(row, 'type') === 'renewal';
    if (!closed || on === null || won === null || on <= watchedFrom || on > today) return [];
    return [{ on, lost: !won }];
  });
}

/** History is looked up for few: who changed tier since the told periods began, and whose renewal was closed. */
function needsHistory(
  assessed: StoredAssessment | null,
  closed: readonly ClosedRenewal[],
  { basis: { watchedFrom = -Infinity }, toldFrom }: SubjectScope,
): boolean {
  if (closed.length > 0) return true;
  const since = (assessed?.result as StoredResult | undefined)?.tier.since ?? 0;
  return since > toldFrom && watchedFrom < since;
}

const MOST_HISTORY = 400;

async function shownOf(run: Run, account: string): Promise<readonly Shown[]> {
  const history = await run.state.assessments.history(account, MOST_HISTORY);
  return history.map(({ day, entry }) => {
    const { shown } = entry as { readonly shown: { readonly band: string; readonly tier: string } };
    return { day, tier: shown.tier, band: shown.band };
  });
}

/** The band that was shown last before the close. Entries come newest first. */
function outcomeOf({ on, lost }: ClosedRenewal, shown: readonly Shown[]): readonly RenewalOutcome[] {
  const before = shown.find(({ day }) => day < on);
  return before === undefined ? [] : [{ band: before.band, lost }];
}
