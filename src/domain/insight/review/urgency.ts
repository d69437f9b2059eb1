import { type Day, formatDay, spokenDay } from '../../day.js';
import type { Facts } from '../../facts/fact.js';

/** What makes an account urgent, apart from what it is worth. */
export interface Pressure {
  /** Null = not known. */
  readonly renewalOn: Day | null;
  readonly daysToRenewal: number | null;
  /** Escalated cases that are open; null = cases can't be read. */
  readonly escalations: number | null;
  /** 0-100: how far what is seen and what lies beneath are apart. */
  readonly depth: number;
}

export interface Urgency extends Omit<Pressure, 'renewalOn'> {
  /** `YYYY-MM-DD`; null = not known. */
  readonly renewalOn: string | null;
  /** 0-100. */
  readonly points: number;
  /** The same in words. */
  readonly because: string;
}

const SHARES = { renewal: 50, escalations: 30, depth: 20 } as const;
/** From so many days on a renewal presses; within so few it presses most. */
const [FAR, NEAR] = [365, 30];
const MANY_ESCALATIONS = 2;

/**
 * Up to 50 points for a renewal that is near or has passed without one, 30 for open escalations, 20 for the depth.
 * Revenue has no part in it.
 */
export function urgencyOf(pressure: Pressure): Urgency {
  const { daysToRenewal, escalations, depth } = pressure;
  const near = daysToRenewal === null ? 0 : (FAR - daysToRenewal) / (FAR - NEAR);
  const points =
    SHARES.renewal * clamped(near) +
    SHARES.escalations * clamped((escalations ?? 0) / MANY_ESCALATIONS) +
    SHARES.depth * clamped(depth / 100);
  const renewalOn = pressure.renewalOn === null ? null : formatDay(pressure.renewalOn);
  return { ...pressure, renewalOn, points: Math.round(points), because: inWords(pressure) };
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Renewal and escalations as the facts of an account know them. */
export function pressureOf(facts: Facts, depth: number): Pressure {
  const numberOf = (id: string): number | null => {
    const value = facts[id]?.value;
    return typeof value === 'number' ? value : null;
  };
  return {
    renewalOn: numberOf('account.renewalOn'),
    daysToRenewal: numberOf('account.daysToRenewal'),
    escalations: numberOf('cases.escalatedOpen'),
    depth: Math.round(Math.min(100, Math.max(0, depth))),
  };
}

function inWords({ renewalOn, daysToRenewal, escalations }: Pressure): string {
  const renewal =
    renewalOn === null || daysToRenewal === null
      ? 'no renewal date is known'
      : `renewal on ${spokenDay(renewalOn)}${daysToRenewal < 0 ? ', which has passed' : `, in ${daysToRenewal} days`}`;
  const many = escalations ?? 0;
  if (many === 0) return renewal;
  return `${renewal}; ${many} open ${many === 1 ? 'escalation' : 'escalations'}`;
}
