/** What a refusal or a deferral means for the key. */
interface CodeNature {
  /** `entry`: asked at a person's first step only. `step`: asked at every step. */
  readonly asked: 'entry' | 'step';
  /** `final`: the key is closed. `deferred`: asked again from a day on. `either`: the evidence says which. */
  readonly ends: 'final' | 'deferred' | 'either';
  /** State of the account, of the episode or of the tool, which a playbook may overlook; all others protect a person. */
  readonly ignorable: boolean;
}

const entry = (ignorable: boolean): CodeNature => ({ asked: 'entry', ends: 'final', ignorable });
const step = (ends: CodeNature['ends']): CodeNature => ({ asked: 'step', ends, ignorable: false });

/** Every reason not to enrol, in the order in which they are asked: the first that holds is the one recorded. */
export const CODES = {
  no_contact: entry(false),
  duplicate_person: entry(false),
  account_locked: entry(true),
  churned: entry(true),
  payment_overdue: entry(true),
  open_escalation: entry(true),
  in_negotiation: entry(true),
  low_coverage: entry(true),
  holdout: entry(true),
  already_active: entry(true),
  active_elsewhere: entry(true),
  cooldown: entry(false),
  invalid_email: step('final'),
  left_company: step('final'),
  bounced: step('final'),
  forgotten: step('final'),
  opted_out_crm: step('final'),
  opted_out_marketing: step('final'),
  consent_unknown: step('either'),
  not_marketing_contact: step('final'),
  recently_contacted: step('deferred'),
  account_cap: step('either'),
  sender_cap: step('deferred'),
  sender_unavailable: step('deferred'),
  vendor_refused: step('either'),
  budget: step('deferred'),
  paused: step('deferred'),
  outside_window: step('deferred'),
  not_listed: step('final'),
  expired: step('final'),
} as const satisfies Readonly<Record<string, CodeNature>>;

export type RefusalCode = keyof typeof CODES;

export const REFUSAL_CODES = Object.keys(CODES) as readonly RefusalCode[];

/** Why somebody is not enrolled, with what showed it. */
export interface RefusalReason {
  readonly code: RefusalCode;
  /** Fact or field that decided, without personal data. */
  readonly evidence: string;
}

/** The reason that comes first in the documented order, or null. */
export function firstReason(reasons: readonly (RefusalReason | null)[]): RefusalReason | null {
  const found = reasons.filter((reason) => reason !== null);
  const place = ({ code }: RefusalReason): number => REFUSAL_CODES.indexOf(code);
  return found.reduce<RefusalReason | null>(
    (first, reason) => (first === null || place(reason) < place(first) ? reason : first),
    null,
  );
}
