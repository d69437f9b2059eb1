import type { AssessmentRules } from '../domain/assess-account.js';
import type { Day } from '../domain/day.js';
import { type FactBasis, factBasis } from '../domain/facts/basis.js';
import type { RecordKind } from '../domain/facts/record.js';
import { mappedAttributes } from '../ports/mapping.js';
import type { NoteStore } from '../ports/state-store.js';
import type { Run } from './context.js';
import { connectedPlaybooks, engagementRules } from './engagement-rules.js';
import { recentlyMoved } from './moves.js';
import { readRates } from './rates.js';
import { firstOutcomes } from './read-engagement.js';
import { frozenLines } from './tier-lines.js';

const FULL = 'full-assessment';
const FIRST = 'first-look';

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
  const mapped = mappedAttributes(run.settings.crm);
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
    watchedFrom: await firstLook(run),
    outcomesFrom: await firstOutcomes(run.state),
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

/** `all` where the run is asked for it, else once per local day and after every change of rules; otherwise only what changed or is due. */
export async function scopeOf(run: Run): Promise<'all' | 'changed'> {
  if (run.parts.full !== 'when due') return run.parts.full ? 'all' : 'changed';
  const noted = (await run.state.notes.get(FULL)) as
    | { readonly day: number; readonly rules: string }
    | null
    | undefined;
  return noted?.day === run.today && noted.rules === rulesFingerprint(run) ? 'changed' : 'all';
}

export async function noteFullAssessment(run: Run): Promise<void> {
  await run.state.notes.set(FIRST, await firstLook(run));
  await run.state.notes.set(FULL, {
    day: run.today,
    rules: rulesFingerprint(run),
    scoring: scoringFingerprint(run),
  });
}

/** Content of what scores and tiers are worked out by, whatever is connected. */
function scoringFingerprint({ settings, digest }: Run): string {
  const { health, tiers, crm, moments, customFacts } = settings;
  return digest.content(JSON.stringify([health.version, tiers, crm, moments, customFacts]));
}

/** True where scores and tiers of the stored book were worked out by other settings; false where nobody noted which. */
export async function rulesChanged(run: Run): Promise<boolean> {
  const noted = (await run.state.notes.get(FULL)) as { readonly scoring?: string } | null | undefined;
  return noted?.scoring !== undefined && noted.scoring !== scoringFingerprint(run);
}

/** Day of the first assessment of this state; today before it. */
async function firstLook({ state: { notes }, today }: Run): Promise<Day> {
  return (await notedFirstLook(notes)) ?? today;
}

/** Day of the first assessment of this state; null before it. */
export async function notedFirstLook(notes: NoteStore): Promise<Day | null> {
  const noted = await notes.get(FIRST);
  return typeof noted === 'number' ? noted : null;
}
