import type { ApiRecord } from './record.js';
import { isoTime } from './record.js';

/** A sequence as an administrator sets it up, with the rules that Outreach keeps in a ruleset. */
export interface SequencePlan {
  readonly name: string;
  /** Absent = enabled. */
  readonly enabled?: boolean;
  readonly sequenceType?: 'interval' | 'date';
  readonly stepCount?: number;
  /** Prospects that may be activated per user in 24 hours; null = no limit. */
  readonly throttleMaxAddsPerDay?: number | null;
  /** Prospects that may be active per user at a time; null = no limit. */
  readonly throttleCapacity?: number | null;
  readonly throttlePaused?: boolean;
  /** Of a `date` sequence: prospects that it takes in all. */
  readonly maxActivations?: number | null;
  readonly primaryReplyAction?: 'finish' | 'continue' | 'pause';
  /** Sent whether or not the prospect opted out. */
  readonly transactional?: boolean;
  readonly permitDuplicateProspects?: 'allow' | 'disallow' | 'only_if_inactive';
  readonly sequenceExclusivity?: 'all_sequences' | 'exclusive_sequences' | 'none';
}

/** What an account has unless told otherwise: who got started does not start again, the others may return. */
export const USUAL_SEQUENCES: readonly SequencePlan[] = [
  { name: 'Getting started' },
  { name: 'Renewal 90 days', permitDuplicateProspects: 'only_if_inactive' },
  { name: 'Quiet account', permitDuplicateProspects: 'only_if_inactive' },
];

export const SEQUENCE_NAMES: readonly string[] = USUAL_SEQUENCES.map(({ name }) => name);

const USUAL_ADDS_PER_DAY = 150;
const DAY_MS = 86_400_000;

export interface SetUp {
  readonly id: number;
  readonly ownerId: number | null;
  readonly openedAt: number;
}

export function sequenceOf(plan: SequencePlan, { id, ownerId, openedAt }: SetUp): ApiRecord {
  const enabled = plan.enabled ?? true;
  const primaryReplyAction = plan.primaryReplyAction ?? 'finish';
  const createdAt = isoTime(openedAt - 400 * DAY_MS);
  return {
    id,
    attributes: {
      name: plan.name,
      enabled,
      enabledAt: enabled ? isoTime(openedAt - 390 * DAY_MS) : null,
      finishOnReply: primaryReplyAction === 'finish',
      maxActivations: plan.maxActivations ?? null,
      primaryReplyAction,
      sequenceStepCount: plan.stepCount ?? 3,
      sequenceType: plan.sequenceType ?? 'interval',
      throttleCapacity: plan.throttleCapacity ?? null,
      throttleMaxAddsPerDay:
        plan.throttleMaxAddsPerDay === undefined ? USUAL_ADDS_PER_DAY : plan.throttleMaxAddsPerDay,
      throttlePaused: plan.throttlePaused ?? false,
      transactional: plan.transactional ?? false,
      createdAt,
      updatedAt: isoTime(openedAt - 40 * DAY_MS),
    },
    related: { owner: ownerId, creator: ownerId, ruleset: id },
  };
}

/** Each sequence has a ruleset of its own, under the same id. */
export function rulesetOf(plan: SequencePlan, { id, openedAt }: SetUp): ApiRecord {
  const at = isoTime(openedAt - 400 * DAY_MS);
  return {
    id,
    attributes: {
      name: `Rules of ${plan.name}`,
      permitDuplicateProspects: plan.permitDuplicateProspects ?? 'disallow',
      sequenceExclusivity: plan.sequenceExclusivity ?? 'none',
      createdAt: at,
      updatedAt: at,
    },
    related: {},
  };
}
