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
import type { MoveLog } from './tier/moves.js';
import { type TierLines, type TierRules, type TierState, type TierWish, UNASSIGNED } from './tier/tier.js';
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
  /** Moves granted within the window. */
  readonly moves: MoveLog;
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
  readonly bandSince: Day | null;
  readonly locked: boolean | null;
}

export interface AccountQuestion extends AccountSubject {
  /** State as it stood before today, or null. */
  readonly base: AccountState | null;
  /** True when this state has assessed the account before, today included. */
  readonly known: boolean;
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
  const state = base === null ? seeded(health.state, question.held) : health.state;
  const current = currentTier(question, rules.tiers, today);
  const wish = wishTier({
    facts,
    rules: rules.tiers,
    frozen: rules.tierLines,
    current,
    locked: question.held.locked,
    today,
  });
  const earlier = grantedEarlier(wish, rules.moves[question.account.id]);
  const tier = settleTier(wish, current, wish.move === 'free' || earlier !== null, earlier ?? today);
  const asks = wish.move === 'counted' && earlier === null;
  const granted = asks ? settleTier(wish, current, true, today) : null;
  const engagement = wishEnrolments(
    {
      facts,
      persons: personsFor(question, rules),
      contacts: question.rows.contact ?? [],
      base: base?.playbooks ?? {},
      account: question.account,
      armOnly: !question.known && question.held.band !== null,
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
    state: { health: state, tier, playbooks: engagement.memory },
    written: {
      ...healthValues(health.assessment, state, driverTexts(health.assessment, rules.health)),
      ...tierValues(tier, rules.tiers),
      phase,
      stage,
    },
    ifGranted: granted === null ? null : { tier: granted, written: tierValues(granted, rules.tiers) },
    enrolments: engagement.wishes,
    dueOn: earliest([health.dueOn, engagement.dueOn]),
  };
}

/** Without a state of our own, a band that the CRM holds already has its day there. */
function seeded(state: HealthState, held: HeldByCrm): HealthState {
  const same = held.band === state.band && held.bandSince !== null && held.bandSince <= state.day;
  return same ? { ...state, bandSince: held.bandSince } : state;
}

/** The tier before today: ours, or the one on the record where an admin locked it or nobody here remembers. */
function currentTier({ base, held }: AccountQuestion, rules: TierRules, today: Day): TierState | null {
  const known = held.tier === UNASSIGNED || rules.tiers.some(({ id }) => id === held.tier);
  if (held.tier === null || !known) return base?.tier ?? null;
  const onRecord: TierState = {
    tier: held.tier,
    since: held.tierSince ?? today,
    reason: '',
    by: held.tier === UNASSIGNED ? 'unassigned' : 'policy',
    waitingFor: null,
  };
  const locked = held.locked === true && held.tier !== base?.tier.tier;
  return locked ? onRecord : (base?.tier ?? onRecord);
}

/** The day on which this very move was granted by an earlier run that did not come to its end, or null. */
function grantedEarlier(wish: TierWish, made: MoveLog[string] | undefined): Day | null {
  const moves = wish.move === 'counted' || wish.move === 'dwell';
  return moves && made?.target === wish.target ? made.day : null;
}

function personsFor(question: AccountQuestion, rules: AssessmentRules): readonly Person[] {
  return rules.playbooks.length === 0 ? [] : personsOf(question.rows.contact ?? [], rules.personHash);
}

function earliest(days: readonly (Day | null)[]): Day | null {
  const known = days.filter((day) => day !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
