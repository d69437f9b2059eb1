import type { Day } from './day.js';
import { type Inherited, inherited } from './engagement/inherit.js';
import { type Journey, journeyOf } from './engagement/journey.js';
import type { MomentPlan } from './engagement/moment.js';
import type { MomentLog, MomentReading } from './engagement/moments.js';
import { type Person, personsOf } from './engagement/person.js';
import type { Phase, Stage } from './engagement/phase.js';
import { standingFacts } from './engagement/standing.js';
import {
  type EngagementAnswer,
  type EngagementRules,
  engage,
  type PlaybookMemory,
} from './engagement/wishes.js';
import { latestOf } from './facts/aggregate.js';
import type { AccountSubject, FactBasis } from './facts/basis.js';
import { deriveFacts } from './facts/derive.js';
import type { Facts } from './facts/fact.js';
import { numberOf, textOf } from './facts/row-values.js';
import { assessHealth } from './health/assess-health.js';
import type { HealthAssessment, HealthState, Pulse } from './health/assessment.js';
import { latestPulse } from './health/latest-pulse.js';
import type { HealthPolicy } from './health/model.js';
import { driverTexts } from './health/words.js';
import {
  healthValues,
  tierValues,
  type WrittenValue,
  type WrittenValues,
  workValues,
} from './settle/written.js';
import { currentTier } from './tier/current.js';
import type { MoveLog } from './tier/moves.js';
import type { TierLines, TierRules, TierState, TierWish } from './tier/tier.js';
import { settleTier, wishTier } from './tier/wish.js';

/** What an account carries from one day to the next. */
export interface AccountState {
  readonly health: HealthState;
  readonly tier: TierState;
  /** By playbook id. */
  readonly playbooks: Readonly<Record<string, PlaybookMemory>>;
  /** When each moment was first seen done. */
  readonly moments: MomentLog;
  /** Phase, and the day on which onboarding was seen to end. */
  readonly phase: Phase | null;
  readonly onboardedOn: Day | null;
  /** Ids of accounts merged into this one, whose memory it took over. */
  readonly inherited: readonly string[];
}

/** What is fixed for all accounts of a run. */
export interface AssessmentRules {
  readonly health: HealthPolicy;
  readonly tiers: TierRules;
  readonly tierLines: TierLines | null;
  /** Moves granted within the window. */
  readonly moves: MoveLog;
  readonly engagement: EngagementRules;
  readonly moments: MomentPlan;
  readonly basis: FactBasis;
  /** Keyed hash of a normalised address. */
  readonly personHash: (email: string) => string;
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
  /** What an earlier assessment of today came to, or null. */
  readonly earlierToday: AccountState | null;
  /** States of accounts that were merged into this one. */
  readonly losers: readonly { readonly account: string; readonly state: AccountState }[];
}

export interface AccountAssessment {
  readonly facts: Facts;
  /** What the assessment itself says, as facts for playbooks and for what is carried along. */
  readonly standing: Facts;
  readonly health: HealthAssessment;
  /** The latest judgement of a person, whether or not it sets the band. */
  readonly pulse: Pulse | null;
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
  readonly moments: readonly MomentReading[];
  readonly engagement: EngagementAnswer;
  readonly dueOn: Day | null;
}

/** One account on one day: facts, health, tier wish and playbook wishes. The same question has the same answer. */
export function assessAccount(question: AccountQuestion, rules: AssessmentRules): AccountAssessment {
  const { today } = rules.basis;
  const facts = deriveFacts(question, rules.basis);
  const base = question.base;
  const pulse = latestPulse(question.rows.pulse, rules.basis);
  const health = assessHealth({
    facts,
    policy: rules.health,
    pulse,
    base: base?.health ?? null,
    today,
  });
  const state = base === null ? seeded(health.state, question.held) : health.state;
  const { wish, tier, granted } = tierOf(question, facts, rules);
  const journey = journeyOf(
    { log: base?.moments ?? {}, phase: base?.phase ?? null, onboardedOn: base?.onboardedOn ?? null },
    { facts, tier: tier.tier, plan: rules.moments, today },
  );
  const { phase, stage } = journey;
  const standing = standingFacts(
    {
      health: health.assessment,
      healthState: state,
      tier,
      locked: question.held.locked,
      dates: rules.engagement.policy.dates,
      ...journey,
    },
    facts,
    today,
  );
  const engagement = engagementOf(
    question,
    { facts: { ...facts, ...standing }, health, tier, journey },
    rules,
  );
  return {
    facts,
    standing,
    health: health.assessment,
    pulse,
    tierWish: wish,
    phase,
    stage,
    state: {
      health: state,
      tier,
      playbooks: engagement.memory,
      moments: journey.log,
      phase,
      onboardedOn: journey.onboardedOn,
      inherited: [...(base?.inherited ?? []), ...newLosers(question).map(({ account }) => account)],
    },
    written: {
      ...healthValues(health.assessment, state, driverTexts(health.assessment, rules.health)),
      ...tierValues(tier, rules.tiers),
      phase,
      stage,
      ...workValues(runningPlaybooks(engagement, rules), lastEnrolment(question)),
    },
    ifGranted: granted === null ? null : { tier: granted, written: tierValues(granted, rules.tiers) },
    moments: journey.moments,
    engagement,
    dueOn: earliest([health.dueOn, engagement.dueOn]),
  };
}

/** Labels of the playbooks that run for the account; held out is not running. */
function runningPlaybooks(
  { episodes }: EngagementAnswer,
  { engagement }: AssessmentRules,
): readonly string[] {
  const labels = new Map(engagement.playbooks.map(({ id, label }) => [id, label]));
  return episodes
    .filter(({ ended, refused, heldOut }) => ended === null && refused === null && !heldOut)
    .map(({ playbook }) => labels.get(playbook) ?? playbook);
}

function lastEnrolment({ rows }: AccountQuestion): Day | null {
  const sent = (rows.engagement ?? []).filter((row) => textOf(row, 'kind') === 'sent');
  return latestOf(sent.map((row) => numberOf(row, 'on')));
}

interface Tiered {
  readonly wish: TierWish;
  /** As it is when no counted move is granted. */
  readonly tier: TierState;
  /** As it is when one is; null when the wish needs no place. */
  readonly granted: TierState | null;
}

/** What the facts ask for, and what is settled without asking the whole book. */
function tierOf(question: AccountQuestion, facts: Facts, rules: AssessmentRules): Tiered {
  const { today } = rules.basis;
  const current = currentTier(question.held, question.base?.tier ?? null, { rules: rules.tiers, today });
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
  return { wish, tier, granted: asks ? settleTier(wish, current, true, today) : null };
}

interface Assessed {
  readonly facts: Facts;
  readonly health: ReturnType<typeof assessHealth>;
  readonly tier: TierState;
  readonly journey: Journey;
}

function engagementOf(
  question: AccountQuestion,
  { facts, health: { assessment }, tier, journey }: Assessed,
  rules: AssessmentRules,
): EngagementAnswer {
  const { memory, dropped } = memoryOf(question);
  return engage(
    {
      facts,
      persons: personsFor(question, rules),
      moments: journey.moments,
      rows: question.rows,
      base: memory,
      dropped,
      earlierToday: question.earlierToday?.playbooks ?? null,
      account: question.account.id,
      tier: tier.tier,
      phase: journey.phase,
      band: assessment.band,
      coverage: Math.round(assessment.coverage * 100),
      armOnly: !question.known && question.held.band !== null,
      unseen: question.base === null,
    },
    rules.engagement,
  );
}

function memoryOf(question: AccountQuestion): Inherited {
  const losers = newLosers(question).map(({ state }) => state.playbooks);
  return inherited(question.base?.playbooks ?? {}, losers);
}

function newLosers({ base, losers }: AccountQuestion): AccountQuestion['losers'] {
  return losers.filter(({ account }) => !(base?.inherited ?? []).includes(account));
}

/** Without a state of our own, a band that the CRM holds already has its day there. */
function seeded(state: HealthState, held: HeldByCrm): HealthState {
  const same = held.band === state.band && held.bandSince !== null && held.bandSince <= state.day;
  return same ? { ...state, bandSince: held.bandSince } : state;
}

/** The day on which this very move was granted by an earlier run that did not come to its end, or null. */
function grantedEarlier(wish: TierWish, made: MoveLog[string] | undefined): Day | null {
  const moves = wish.move === 'counted' || wish.move === 'dwell';
  return moves && made?.target === wish.target ? made.day : null;
}

function personsFor(question: AccountQuestion, rules: AssessmentRules): readonly Person[] {
  return rules.engagement.playbooks.length === 0
    ? []
    : personsOf(question.rows.contact ?? [], rules.personHash);
}

function earliest(days: readonly (Day | null)[]): Day | null {
  const known = days.filter((day) => day !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
