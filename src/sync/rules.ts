import type { AssessmentRules } from '../domain/assess-account.js';
import { type Day, formatDay } from '../domain/day.js';
import { ATTRIBUTES } from '../domain/facts/attributes.js';
import { type FactBasis, factBasis } from '../domain/facts/basis.js';
import { deriveFacts } from '../domain/facts/derive.js';
import { OBSERVED_KINDS, type RecordKind } from '../domain/facts/record.js';
import { paretoLines, quarterOf } from '../domain/tier/lines.js';
import type { TierLines } from '../domain/tier/tier.js';
import type { AccountBundle } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import { connectedPlaybooks, engagementRules } from './engagement-rules.js';
import { recentlyMoved } from './moves.js';
import { readRates } from './rates.js';

const FULL = 'full-assessment';
const LINES = 'tier-lines';

/** Everything that the assessment of one account depends on, beside the account. */
export async function assessmentRules(run: Run): Promise<AssessmentRules> {
  const basis = await basisOf(run);
  return {
    health: run.settings.health,
    tiers: run.settings.tiers,
    tierLines: await frozenLines(run, basis),
    moves: await recentlyMoved(run),
    engagement: await engagementRules(run, basis),
    moments: run.settings.moments,
    basis,
    personHash: run.digest.person,
  };
}

/** Which facts can be known at all today, how far each feed reaches, and the org's rates. */
export async function basisOf(run: Run): Promise<FactBasis> {
  const { objects } = run.settings.crm;
  const mapped = new Set([
    ...objects.flatMap(({ kind, attributes }) => attributes.map(({ attribute }) => `${kind}.${attribute}`)),
    ...OBSERVED_KINDS.flatMap((kind) => Object.keys(ATTRIBUTES[kind]).map((name) => `${kind}.${name}`)),
  ]);
  const feeds: Partial<Record<RecordKind, Day | null>> = {};
  for (const { kind, attribute } of FEEDS) {
    if (mapped.has(`${kind}.${attribute}`))
      feeds[kind] = await run.state.rows.newest(kind, attribute, run.today);
  }
  const rates = await readRates(run);
  return factBasis({
    today: run.today,
    dayOf: run.dayOf,
    mapped,
    feeds,
    rates,
    custom: run.settings.customFacts,
  });
}

/** Kinds that another system delivers: when it stops, what they tell grows old instead of falling to zero. */
const FEEDS = [
  { kind: 'usage', attribute: 'on' },
  { kind: 'survey', attribute: 'answeredOn' },
  { kind: 'activity', attribute: 'on' },
] as const satisfies readonly { kind: RecordKind; attribute: string }[];

/** Content of everything that can change a result without a row changing. */
function rulesFingerprint(run: Run): string {
  const { health, tiers, crm, engagement, moments } = run.settings;
  const playbooks = connectedPlaybooks(run);
  return run.digest.content(JSON.stringify([health.version, tiers, playbooks, crm, engagement, moments]));
}

/** `all` once per local day and after every change of rules; otherwise only what changed or is due. */
export async function scopeOf(run: Run): Promise<'all' | 'changed'> {
  const noted = (await run.state.notes.get(FULL)) as
    | { readonly day: number; readonly rules: string }
    | null
    | undefined;
  return noted?.day === run.today && noted.rules === rulesFingerprint(run) ? 'changed' : 'all';
}

export async function noteFullAssessment(run: Run): Promise<void> {
  await run.state.notes.set(FULL, { day: run.today, rules: rulesFingerprint(run) });
}

/** Pareto lines of this quarter: drawn once over the whole book, then frozen. */
async function frozenLines(run: Run, basis: FactBasis): Promise<TierLines | null> {
  const { policy } = run.settings.tiers;
  if (policy.kind !== 'pareto') return null;
  const quarter = quarterOf(formatDay(run.today));
  const shape = run.digest.content(JSON.stringify([policy, run.settings.tiers.measure.source]));
  const kept = (await run.state.notes.get(LINES)) as
    | { readonly shape: string; readonly lines: TierLines }
    | null
    | undefined;
  if (kept?.shape === shape && kept.lines.quarter === quarter) return kept.lines;
  const lines = paretoLines(policy, await measuresOfBook(run, basis), quarter);
  await run.state.notes.set(LINES, { shape, lines });
  return lines;
}

/** The measure of every account, highest first; eight bytes an account. */
async function measuresOfBook(run: Run, basis: FactBasis): Promise<Float64Array> {
  const measures = new Float64Array(await run.state.rows.count('account'));
  let known = 0;
  for await (const page of run.state.assessments.bundles(
    { which: 'all', day: run.today, after: null },
    PAGE,
  )) {
    for (const { account, rows } of page) {
      const facts = deriveFacts({ account, rows: everyKind(rows, run) }, basis);
      const measure = run.settings.tiers.measure.evaluate(facts, run.today);
      if (measure !== null) measures[known++] = measure;
    }
  }
  return measures.subarray(0, known).sort().reverse();
}

/** A kind that is mapped or observed but has no rows for an account is empty; one that is not mapped is absent. */
export function everyKind(rows: AccountBundle['rows'], run: Run): AccountBundle['rows'] {
  const mapped = run.settings.crm.objects.map(({ kind }) => kind).filter((kind) => kind !== 'account');
  const kinds = [...mapped, ...OBSERVED_KINDS];
  return Object.fromEntries(kinds.map((kind) => [kind, rows[kind] ?? []]));
}
