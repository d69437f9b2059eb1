import type { Facts } from '../facts/fact.js';
import { CHANNELS } from './channel.js';
import type { RefusalReason } from './codes.js';
import type { Playbook } from './playbook.js';

export interface AccountStanding {
  readonly facts: Facts;
  /** Persons in the playbook's roles who have an address and have not left. */
  readonly reachable: number;
  readonly band: string;
  /** Whole percent. */
  readonly coverage: number;
  readonly heldOut: boolean;
  readonly alreadyRunning: boolean;
  readonly cooling: boolean;
}

/** Every account-state reason that holds and that the playbook does not overlook, in the documented order. */
export function entryReasons(playbook: Playbook, standing: AccountStanding): readonly RefusalReason[] {
  const { facts } = standing;
  const messages = playbook.steps.every(({ channel }) => CHANNELS[channel].reaches === 'person');
  const flag = (id: string): boolean => facts[id]?.value === true;
  const above = (id: string, line: number): boolean => {
    const value = facts[id]?.value;
    return typeof value === 'number' && value > line;
  };
  const reasons: readonly (RefusalReason | null)[] = [
    when(
      messages && standing.reachable === 0,
      'no_contact',
      'no contact with an address in the playbook’s roles',
    ),
    when(flag('account.engagementLocked'), 'account_locked', 'account.engagementLocked'),
    when(flag('account.churned'), 'churned', 'account.churned'),
    when(
      above('payments.daysOverdue', 0) || flag('payments.creditHold'),
      'payment_overdue',
      paymentEvidence(facts),
    ),
    when(above('cases.escalatedOpen', 0), 'open_escalation', 'cases.escalatedOpen is above 0'),
    when(above('opportunities.inNegotiation', 0), 'in_negotiation', 'opportunities.inNegotiation is above 0'),
    when(
      playbook.readsHealth && standing.band === 'unknown',
      'low_coverage',
      `the score covers ${standing.coverage} % of its model`,
    ),
    when(standing.heldOut, 'holdout', `hold-out of ${Math.round(playbook.holdout * 100)} %`),
    when(standing.alreadyRunning, 'already_active', 'an episode of this playbook is running'),
    when(standing.cooling, 'cooldown', 'an earlier episode of this playbook is not re-armed yet'),
  ];
  return reasons.flatMap((reason) =>
    reason === null || playbook.ignore.includes(reason.code) ? [] : [reason],
  );
}

function when(holds: boolean, code: RefusalReason['code'], evidence: string): RefusalReason | null {
  return holds ? { code, evidence } : null;
}

function paymentEvidence(facts: Facts): string {
  return facts['payments.creditHold']?.value === true
    ? 'payments.creditHold'
    : 'payments.daysOverdue is above 0';
}
