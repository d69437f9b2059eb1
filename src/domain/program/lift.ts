import type { Day } from '../day.js';
import { type Estimate, newcombe, OUTCOME_FLOOR } from '../insight/intervals.js';

/** One triggered account: its first episode of the playbook, treated as assigned whatever was done (intention to treat). */
export interface Assignment {
  readonly account: string;
  readonly heldOut: boolean;
  readonly goalReached: boolean;
  /** True when other playbooks reached somebody of the account inside the goal window. */
  readonly exposedElsewhere: boolean;
}

export interface ArmResult {
  readonly n: number;
  readonly reached: number;
  /** 0-1; null without anybody. */
  readonly rate: number | null;
  /** Accounts that another playbook reached, too. */
  readonly exposedElsewhere: number;
}

export interface Lift {
  readonly treated: ArmResult;
  readonly heldOut: ArmResult;
  /** Difference of the rates (treated less held out), -1 to 1, with its 95 % interval; null = too little. */
  readonly difference: Estimate | null;
  readonly verdict: 'better' | 'worse' | 'no clear difference' | 'too little data';
}

/** Difference of the goal rates with its interval. Below `floor` accounts in either arm it says nothing. */
export function liftOf(assignments: readonly Assignment[], floor: number = OUTCOME_FLOOR): Lift {
  const treated = armOf(assignments.filter(({ heldOut }) => !heldOut));
  const heldOut = armOf(assignments.filter((one) => one.heldOut));
  if (treated.rate === null || heldOut.rate === null || Math.min(treated.n, heldOut.n) < floor)
    return { treated, heldOut, difference: null, verdict: 'too little data' };
  const difference = newcombe(treated, heldOut);
  return { treated, heldOut, difference, verdict: verdictOf(difference) };
}

function verdictOf({ low, high }: Estimate): Lift['verdict'] {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'no clear difference';
}

function armOf(arm: readonly Assignment[]): ArmResult {
  const reached = arm.filter(({ goalReached }) => goalReached).length;
  return {
    n: arm.length,
    reached,
    rate: arm.length === 0 ? null : reached / arm.length,
    exposedElsewhere: arm.filter(({ exposedElsewhere }) => exposedElsewhere).length,
  };
}

/** What is stored of an episode that the measurement needs. */
export interface MeasuredEpisode {
  readonly account: string;
  readonly edge: Day;
  readonly heldOut: boolean;
  readonly refused: unknown;
  readonly goalOn: Day | null;
  readonly goalUntil: Day | null;
}

/** First episode of each account whose goal window is over; those refused before the hold-out are in neither arm. */
export function measurable<T extends MeasuredEpisode>(episodes: readonly T[], today: Day): readonly T[] {
  const first = new Map<string, T>();
  for (const episode of episodes) {
    if (episode.refused !== null || episode.goalUntil === null) continue;
    const before = first.get(episode.account);
    if (before === undefined || episode.edge < before.edge) first.set(episode.account, episode);
  }
  return [...first.values()].filter(({ goalUntil }) => (goalUntil ?? Infinity) < today);
}
