import type { Day } from './day.js';
import { type Person, personsOf } from './engagement/person.js';
import { DEFAULT_PHASE_RULES, type Phase, phaseOf, type Stage, stageOf } from './engagement/phase.js';
import type { Playbook } from './engagement/playbook.js';
import { type EnrolmentWish, type PlaybookMemory, wishEnrolments } from './engagement/wishes.js';
import type { AccountSubject, FactBasis } from './facts/basis.js';
import { deriveFacts } from './facts/derive.js';
import type { Facts } from './facts/fact.js';
import { assessHealth } from './health/assess-health.js';
import type { HealthAssessment, HealthState } from './health/assessment.js';
import type { HealthPolicy } from './health/model.js';
import { driverTexts } from './health/words.js';
import { healthValues, tierValues, type WrittenValue, type WrittenValues } from './settle/written.js';
import type { TierLines, TierRules, TierState, TierWish } from './tier/tier.js';
import { settleTier, wishTier } from './tier/wish.js';

/** What an account carries from one day to the next. */
export interface AccountState {
  readonly health: HealthState;
  readonly tier: TierState;
  /** By playbook id. */
  readonly playbooks: Readonly<Record<string, PlaybookMemory>>;
}

/** What is fixed for all accounts of a run. */
export interface AssessmentRules {
  readonly health: HealthPolicy;
  readonly tiers: TierRules;
  readonly tierLines: TierLines | null;
  readonly playbooks: readonly Playbook[];
  readonly basis: FactBasis;
  /** Keyed hash of a normalised address. */
  readonly personHash: (email: string) => string;
  readonly contentHash: (text: string) => string;
  /** Salt of hold-outs; the same for ever. */
  readonly salt: string;
}

/** What the CRM holds of ours for this account: seeds the state where none was kept. */
export interface HeldByCrm {
  readonly tier: string | null;
  readonly tierSince: Day | null;
  readonly band: string | null;
  readonly locked: boolean | null;
}

export interface AccountQuestion extends AccountSubject {
  /** State as it stood before today, or null. */
  readonly base: AccountState | null;
  readonly held: HeldByCrm;
}

export interface AccountAssessment {
  readonly facts: Facts;
  readonly health: HealthAssessment;
  readonly tierWish: TierWish;
  readonly phase: Phase | null;
  readonly stage: Stage | null;
  /** With the tier as it is when no counted move is granted. */
  readonly state: AccountState;
  readonly written: WrittenValues;
  /** Tier state and values if a counted move is granted; null when the wish needs no place. */
  readonly ifGranted: {
    readonly tier: TierState;
    readonly written: Readonly<Record<string, WrittenValue>>;
  } | null;
  readonly enrolments: readonly EnrolmentWish[];
  readonly dueOn: Day | null;
}

/** One account on one day: facts, health, tier wish and playbook wishes. The same question has the same answer. */
export function assessAccount(question: AccountQuestion, rules: AssessmentRules): AccountAssessment {
  const { today } = rules.basis;
  const facts = deriveFacts(question, rules.basis);
  const base = question.base;
  const health = assessHealth({
    facts,
    policy: rules.health,
    pulse: null,
    base: base?.health ?? null,
    today,
  });
  const current = base?.tier ?? heldTier(question.held, rules.tiers);
  const wish = wishTier({
    facts,
    rules: rules.tiers,
    frozen: rules.tierLines,
    current,
    locked: question.held.locked,
    today,
  });
  const tier = settleTier(wish, current, wish.move === 'free', today);
  const granted = wish.move === 'counted' ? settleTier(wish, current, true, today) : null;
  const engagement = wishEnrolments(
    {
      facts,
      persons: personsFor(question, rules),
      contacts: question.rows.contact ?? [],
      base: base?.playbooks ?? {},
      account: question.account,
    },
    rules,
  );
  const phase = phaseOf(facts, today, DEFAULT_PHASE_RULES);
  const stage = stageOf(facts, today, DEFAULT_PHASE_RULES);
  return {
    facts,
    health: health.assessment,
    tierWish: wish,
    phase,
    stage,
    state: { health: health.state, tier, playbooks: engagement.memory },
    written: {
      ...healthValues(health.assessment, health.state, driverTexts(health.assessment, rules.health)),
      ...tierValues(tier, rules.tiers),
      phase,
      stage,
    },
    ifGranted: granted === null ? null : { tier: granted, written: tierValues(granted, rules.tiers) },
    enrolments: engagement.wishes,
    dueOn: earliest([health.dueOn, engagement.dueOn]),
  };
}

/** A tier that the CRM holds but nobody here remembers: another state, or a new one. It is kept, not given anew. */
function heldTier(held: HeldByCrm, rules: TierRules): TierState | null {
  if (held.tier === null || held.tierSince === null) return null;
  if (!rules.tiers.some(({ id }) => id === held.tier)) return null;
  return { tier: held.tier, since: held.tierSince, reason: '', by: 'policy', waitingFor: null };
}

function personsFor(question: AccountQuestion, rules: AssessmentRules): readonly Person[] {
  return rules.playbooks.length === 0 ? [] : personsOf(question.rows.contact ?? [], rules.personHash);
}

function earliest(days: readonly (Day | null)[]): Day | null {
  const known = days.filter((day) => day !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
