import {
  type AccountAssessment,
  type AccountQuestion,
  type AccountState,
  type AssessmentRules,
  assessAccount,
} from '../domain/assess-account.js';
import { recordOf } from '../domain/health/replay.js';
import { isAdvocate } from '../domain/program/advocate.js';
import type { Quarrels } from '../domain/settle/contest.js';
import { differences, type FieldDifference } from '../domain/settle/difference.js';
import { moveOrder } from '../domain/tier/moves.js';
import type { TierState } from '../domain/tier/tier.js';
import type {
  AccountBundle,
  Candidate,
  HistoryEntry,
  StoredAssessment,
  StoredRow,
} from '../ports/state-store.js';
import { baseOf, heldBy } from './before.js';
import { carriedOf, carryCandidates } from './carried.js';
import { PAGE, type Run } from './context.js';
import { engagementCandidates } from './engagement-candidate.js';
import { everyKind } from './every-kind.js';
import { countMissing, type MissingShares } from './missing-signals.js';
import { dropSettled, readQuarrels, uncontested } from './quarrels.js';
import { type AssessedAccount, recordCandidates } from './records/due.js';
import { assessmentRules, noteFullAssessment, scopeOf } from './rules.js';
import { type Carried, type StoredResult, standingOf } from './stored-result.js';

/** A change of the account record; `detail` of a candidate of kind `fields`. */
export interface FieldsDetail {
  readonly record: string;
  readonly differences: readonly FieldDifference[];
}

/** A move that needs a place; `detail` of a candidate of kind `tier`. */
export interface TierDetail extends FieldsDetail {
  readonly from: string;
  readonly target: string;
  readonly measure: number;
  readonly ifGranted: { readonly tier: TierState; readonly differences: readonly FieldDifference[] };
}

export interface Assessment {
  readonly assessed: number;
  /** What the whole book does not tell; null where only a part of it was assessed. */
  readonly missing: MissingShares | null;
}

/** Assesses what changed (once a local day: everybody) and leaves candidates for `settle`. */
export async function assess(run: Run): Promise<Assessment> {
  const scope = await scopeOf(run);
  const rules = await assessmentRules(run);
  await keepModel(run);
  run.progress.stage('Assessing accounts', scope === 'all' ? await run.state.rows.count('account') : null);
  let quarrels = await readQuarrels(run.state.notes);
  const missing = countMissing();
  let assessed = 0;
  const pages = run.state.assessments.bundles({ which: scope, day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    run.signal.throwIfAborted();
    const losers = await losersOf(run, page);
    const done = page.map((bundle) => assessOne(run, { bundle, losers, quarrels }, rules));
    const records = await recordCandidates(run, done);
    await run.state.assessments.save({
      run: run.id,
      day: run.today,
      episodes: done.flatMap(({ episodes }) => episodes),
      assessments: done.map(({ stored }) => stored),
      history: done.flatMap(({ history }) => history),
      candidates: [...done.flatMap(({ candidates }) => candidates), ...records],
    });
    for (const { health } of done) missing.add(health);
    quarrels = await dropSettled(run, quarrels, done);
    assessed += page.length;
    run.progress.advance(page.length);
  }
  if (scope === 'all') await noteFullAssessment(run);
  run.progress.done(`${assessed} accounts assessed`);
  return { assessed, missing: scope === 'all' ? missing.shares() : null };
}

/** Models by version: with a row of history, everything that a score once shown was made of. */
async function keepModel({ state, settings }: Run): Promise<void> {
  const name = `model:${settings.health.version}`;
  if ((await state.notes.get(name)) === null) await state.notes.set(name, settings.health);
}

type Losers = ReadonlyMap<string, AccountQuestion['losers']>;

/** States of accounts that were merged into those of the page. */
export async function losersOf(run: Run, page: readonly AccountBundle[]): Promise<Losers> {
  const merged = await run.state.persons.losersOf(page.map(({ account }) => account.id));
  const found = new Map<string, AccountQuestion['losers'][number][]>();
  for (const [winner, losers] of merged) {
    for (const account of losers) {
      const assessed = await run.state.assessments.latest(account);
      if (assessed === null) continue;
      const state = assessed.state as AccountState;
      found.set(winner, [...(found.get(winner) ?? []), { account, state }]);
    }
  }
  return found;
}

interface Assessed extends AssessedAccount {
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

function assessOne(
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
    isAdvocate:
      result.facts['account.churned']?.value !== true && isAdvocate(result.facts, result.health.band),
    health: result.health,
    differing: differences(result.written, account.held ?? {}, run.settings.crm.write).map(
      ({ field }) => field,
    ),
    stored: storedAssessment(run, bundle, { base, result, carried }),
    history: historyOf(run, account, { base, result }),
    candidates: [
      ...fieldCandidates(run, account, { result, quarrels }),
      ...engagementCandidates(result.engagement.wishes),
      ...carryCandidates(bundle, carried),
    ],
    episodes: result.engagement.episodes.map((episode) => ({ ...episode, account: account.id })),
  };
}

function earlierToday(assessed: StoredAssessment | null, today: number): AccountState | null {
  return assessed?.day === today ? (assessed.state as AccountState) : null;
}

interface Outcome {
  readonly base: AccountState | null;
  readonly result: AccountAssessment;
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

/** A row of history when what people see changed: enough to compute the same assessment again. */
function historyOf(run: Run, account: StoredRow, { base, result }: Outcome): readonly HistoryEntry[] {
  const { health, state } = result;
  const same =
    base !== null &&
    base.health.shownScore === health.shownScore &&
    base.health.band === health.band &&
    base.health.modelVersion === health.modelVersion &&
    base.tier.tier === state.tier.tier;
  if (same) return [];
  const { today } = run;
  const record = recordOf({
    facts: result.facts,
    policy: run.settings.health,
    pulse: result.pulse,
    base: base?.health ?? null,
    today,
  });
  const shown = { score: health.shownScore, band: health.band, tier: state.tier.tier };
  const entry = { model: health.modelVersion, record, shown };
  const fingerprint = run.digest.content(JSON.stringify(entry));
  return [{ account: account.id, day: today, fingerprint, entry }];
}

function fieldCandidates(
  run: Run,
  account: StoredRow,
  { result, quarrels }: { readonly result: AccountAssessment; readonly quarrels: Quarrels },
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
    ifGranted: { tier: result.ifGranted.tier, differences: granted },
  };
  const order = moveOrder({
    account: account.id,
    target: tierWish.target,
    past: tierWish.past ?? 0,
    measure,
  });
  return [{ account: account.id, kind: 'tier', key: account.id, order, detail }];
}
