import {
  type AccountAssessment,
  type AccountQuestion,
  type AccountState,
  type AssessmentRules,
  assessAccount,
} from '../domain/assess-account.js';
import { hasLeft } from '../domain/facts/has-left.js';
import { isAdvocate } from '../domain/program/advocate.js';
import type { Quarrels } from '../domain/settle/contest.js';
import { differences } from '../domain/settle/difference.js';
import { moveOrder } from '../domain/tier/moves.js';
import type {
  AccountBundle,
  Candidate,
  HistoryEntry,
  StoredAssessment,
  StoredRow,
} from '../ports/state-store.js';
import { baseOf, heldBy } from './before.js';
import { carriedOf, carryCandidates } from './carried.js';
import type { Run } from './context.js';
import { engagementCandidates } from './engagement-candidate.js';
import { everyKind } from './every-kind.js';
import type { FieldsDetail, TierDetail } from './field-item.js';
import { changeShown, moveShown, type Outcome } from './history.js';
import { uncontested } from './quarrels.js';
import type { AssessedAccount } from './records/due.js';
import { type Carried, type StoredResult, standingOf } from './stored-result.js';

type Losers = ReadonlyMap<string, AccountQuestion['losers']>;

/** States of accounts that were merged into those of the page. */
export async function losersOf(run: Run, page: readonly AccountBundle[]): Promise<Losers> {
  const merged = await run.state.persons.losersOf(page.map(({ account }) => account.id));
  if (merged.size === 0) return new Map();
  const latest = await run.state.assessments.latestOf([...merged.values()].flat());
  const statesOf = (losers: readonly string[]) =>
    losers.flatMap((account): AccountQuestion['losers'] => {
      const assessed = latest.get(account);
      return assessed === undefined ? [] : [{ account, state: assessed.state as AccountState }];
    });
  return new Map([...merged].map(([winner, losers]) => [winner, statesOf(losers)]));
}

/** One account of a page, assessed. */
export interface Assessed extends AssessedAccount {
  readonly health: AccountAssessment['health'];
  /** Fields of the record that hold something else than they should. */
  readonly differing: readonly string[];
  readonly history: readonly HistoryEntry[];
  readonly candidates: readonly Candidate[];
}

/** What is asked about an account: its rows, and the state from before today. */
export function questionOf(
  run: Run,
  { account, rows, assessed }: AccountBundle,
  losers: Losers,
): AccountQuestion {
  return {
    account,
    rows: everyKind(rows, run),
    base: baseOf(assessed, run.today),
    held: heldBy(account, run.settings.crm),
    known: assessed !== null,
    earlierToday: earlierToday(assessed, run.today),
    losers: losers.get(account.id) ?? [],
  };
}

/** Assesses one account, and says what it asks for. */
export function assessOne(
  run: Run,
  {
    bundle,
    losers,
    quarrels,
  }: { readonly bundle: AccountBundle; readonly losers: Losers; readonly quarrels: Quarrels },
  rules: AssessmentRules,
): Assessed {
  const { account } = bundle;
  const question = questionOf(run, bundle, losers);
  const { base } = question;
  const result = assessAccount(question, rules);
  const carried = carriedOf(run, bundle, result);
  return {
    bundle,
    mayMoveTo: result.ifGranted?.tier.tier ?? null,
    isAdvocate: !hasLeft(result.facts, run.today) && isAdvocate(result.facts, result.health.band),
    health: result.health,
    differing: differences(result.written, account.held ?? {}, run.settings.crm.write).map(
      ({ field }) => field,
    ),
    stored: storedAssessment(run, bundle, { base, result, carried }),
    history: changeShown(run, account.id, { base, result }),
    candidates: [
      ...fieldCandidates(run, account, { base, result, quarrels }),
      ...engagementCandidates(result.engagement.wishes),
      ...carryCandidates(bundle, carried),
    ],
    episodes: result.engagement.episodes.map((episode) => ({ ...episode, account: account.id })),
  };
}

function earlierToday(assessed: StoredAssessment | null, today: number): AccountState | null {
  return assessed?.day === today ? (assessed.state as AccountState) : null;
}

function storedAssessment(
  run: Run,
  { account }: AccountBundle,
  { base, result, carried }: Outcome & { readonly carried: Carried },
): StoredAssessment {
  const { health, tierWish, phase, stage } = result;
  const moments = result.moments.map(({ moment, dueOn, done, doneOn }) => ({
    id: moment.id,
    phase: moment.phase,
    dueOn,
    done,
    doneOn,
  }));
  const tier = result.state.tier;
  const start = result.standing['journey.dayZero']?.value;
  const dayZero = typeof start === 'number' ? start : null;
  const kept: StoredResult = { health, tier, tierWish, phase, stage, carried, dayZero, moments };
  return {
    account: account.id,
    day: run.today,
    state: result.state,
    base,
    dueOn: result.dueOn,
    result: kept,
    measure: tierWish.measure,
    standing: standingOf(health, result.state),
  };
}

function fieldCandidates(
  run: Run,
  account: StoredRow,
  { base, result, quarrels }: Outcome & { readonly quarrels: Quarrels },
): readonly Candidate[] {
  const differing = (wanted: Parameters<typeof differences>[0]) =>
    uncontested(quarrels, account.id, differences(wanted, account.held ?? {}, run.settings.crm.write));
  const plain = differing(result.written);
  if (result.ifGranted === null) {
    if (plain.length === 0) return [];
    const detail: FieldsDetail = { record: account.id, differences: plain };
    return [{ account: account.id, kind: 'fields', key: account.id, order: account.id, detail }];
  }
  const { tierWish, state } = result;
  const granted = differing({ ...result.written, ...result.ifGranted.written });
  const measure = tierWish.measure ?? 0;
  const detail: TierDetail = {
    record: account.id,
    differences: plain,
    from: state.tier.tier,
    target: tierWish.target,
    measure,
    ifGranted: {
      tier: result.ifGranted.tier,
      differences: granted,
      history: moveShown(run, account.id, { base, result }),
    },
  };
  const order = moveOrder({
    account: account.id,
    target: tierWish.target,
    past: tierWish.past ?? 0,
    measure,
  });
  return [{ account: account.id, kind: 'tier', key: account.id, order, detail }];
}
