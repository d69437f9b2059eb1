import type { AssessmentRules } from '../domain/assess-account.js';
import type { Quarrels } from '../domain/settle/contest.js';
import type { PieceToDo } from '../ports/piece-store.js';
import type { AccountBundle, AccountRange } from '../ports/state-store.js';
import { type Assessed, assessOne, losersOf } from './assess-bundle.js';
import { PAGE, type Run } from './context.js';
import { countMissing, type MissingCounts, type MissingShares, sharesOf } from './missing-signals.js';
import { type Differing, dropSettled, quarrelledOf, readQuarrels } from './quarrels.js';
import { notedRates } from './rates.js';
import { recordCandidates } from './records/due.js';
import { assessmentRules, noteFullAssessment, scopeOf } from './rules.js';

export interface Assessment {
  readonly assessed: number;
  /** What the whole book does not tell; null where only a part of it was assessed. */
  readonly missing: MissingShares | null;
}

/** Which accounts are assessed, and how many there are in the book. */
interface Scope {
  readonly which: 'all' | 'changed';
  readonly accounts: number;
}

/** Assesses what changed (once a local day: everybody) and leaves candidates for `settle`. */
export async function assess(run: Run): Promise<Assessment> {
  const { which, accounts } = await run.pieces.one<Scope>('scope', null);
  run.progress.stage('Assessing accounts', which === 'all' ? accounts : null);
  const parts = await run.pieces.all<AssessedRange>('assess', () => ranges(run, which));
  if (which === 'all') await noteFullAssessment(run);
  await dropSettled(
    run,
    parts.flatMap(({ quarrelled }) => quarrelled),
  );
  const assessed = parts.reduce((sum, part) => sum + part.assessed, 0);
  run.progress.done(`${assessed} accounts assessed`);
  return { assessed, missing: which === 'all' ? sharesOf(parts.map(({ missing }) => missing)) : null };
}

/** What all pieces must agree on is written down before the first begins: the scope, the model, the lines, the rates. */
export async function scopePiece(run: Run): Promise<Scope> {
  const which = await scopeOf(run);
  await keepModel(run);
  await assessmentRules(run);
  return { which, accounts: await run.state.rows.count('account') };
}

async function ranges(run: Run, which: Scope['which']): Promise<readonly PieceToDo[]> {
  const filter = { which, day: run.today, after: null };
  const found = await run.state.assessments.ranges(filter, run.sizes.accounts);
  return found.map((range, at) => ({
    piece: String(at + 1),
    task: { ...range, which } satisfies AssessTask,
  }));
}

interface AssessTask extends AccountRange {
  readonly which: Scope['which'];
}

interface AssessedRange {
  readonly assessed: number;
  readonly missing: MissingCounts;
  /** Of the records that others changed: what still differs. */
  readonly quarrelled: readonly Differing[];
}

/** Assesses one range of accounts. Doing it again gives the same. */
export async function assessPiece(run: Run, task: unknown): Promise<AssessedRange> {
  const range = task as AssessTask;
  const rules = await assessmentRules({ ...run, rates: await notedRates(run.state) });
  const quarrels = await readQuarrels(run.state.notes);
  const missing = countMissing();
  const quarrelled: Differing[] = [];
  let assessed = 0;
  for await (const page of run.state.assessments.bundles({ ...range, day: run.today }, PAGE)) {
    await run.checkpoint();
    const done = await assessPage(run, page, { rules, quarrels });
    for (const { health } of done) missing.add(health);
    quarrelled.push(...quarrelledOf(quarrels, done.map(differingOf)));
    assessed += page.length;
    run.progress.advance(page.length);
  }
  return { assessed, missing: missing.counts(), quarrelled };
}

/** Assesses these accounts, whatever their marks say; those that are not there are left out. */
export async function assessAccounts(run: Run, accounts: readonly string[]): Promise<void> {
  const rules = await assessmentRules({ ...run, rates: await notedRates(run.state) });
  const quarrels = await readQuarrels(run.state.notes);
  await keepModel(run);
  const quarrelled: Differing[] = [];
  for (let from = 0; from < accounts.length; from += PAGE) {
    await run.checkpoint();
    const page = await run.state.assessments.bundlesOf(accounts.slice(from, from + PAGE));
    const done = await assessPage(run, page, { rules, quarrels });
    quarrelled.push(...quarrelledOf(quarrels, done.map(differingOf)));
  }
  await dropSettled(run, quarrelled);
}

function differingOf({ stored, differing }: Assessed): Differing {
  return { record: stored.account, fields: differing };
}

/** So many accounts are assessed before whoever else waits for this thread has a turn: locks are kept, questions answered. */
const AT_A_STRETCH = 25;

interface Knowing {
  readonly rules: AssessmentRules;
  readonly quarrels: Quarrels;
}

async function assessPage(
  run: Run,
  page: readonly AccountBundle[],
  { rules, quarrels }: Knowing,
): Promise<readonly Assessed[]> {
  const losers = await losersOf(run, page);
  const done: Assessed[] = [];
  for (const [at, bundle] of page.entries()) {
    if (at % AT_A_STRETCH === 0) await run.clock.sleep(0);
    done.push(assessOne(run, { bundle, losers, quarrels }, rules));
  }
  const records = await recordCandidates(run, done);
  await run.state.assessments.save({
    run: run.id,
    day: run.today,
    episodes: done.flatMap(({ episodes }) => episodes),
    assessments: done.map(({ stored }) => stored),
    history: done.flatMap(({ history }) => history),
    candidates: [...done.flatMap(({ candidates }) => candidates), ...records],
  });
  return done;
}

/** Models by version: with a row of history, everything that a score once shown was made of. */
async function keepModel({ state, settings }: Run): Promise<void> {
  const name = `model:${settings.health.version}`;
  if ((await state.notes.get(name)) === null) await state.notes.set(name, settings.health);
}
