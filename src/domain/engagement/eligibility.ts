import type { Person } from './person.js';
import type { Playbook, RefusalCode } from './playbook.js';

/** Why somebody is not enrolled, with what showed it. */
export interface RefusalReason {
  readonly code: RefusalCode;
  /** Fact or field that decided, without personal data. */
  readonly evidence: string;
}

export interface AccountStanding {
  readonly churned: boolean | null;
  readonly heldOut: boolean;
  readonly reachable: number;
}

/** Account checks at the first step, in the documented order. */
export function refuseAccount(playbook: Playbook, standing: AccountStanding): RefusalReason | null {
  const reasons: readonly (RefusalReason | null)[] = [
    standing.reachable === 0
      ? { code: 'no_contact', evidence: 'no contact in the playbook’s roles has an address' }
      : null,
    standing.churned === true ? { code: 'churned', evidence: 'account.churned' } : null,
    standing.heldOut
      ? { code: 'holdout', evidence: `hold-out of ${Math.round(playbook.holdout * 100)} %` }
      : null,
  ];
  return reasons.find((reason) => reason !== null && !playbook.ignore.includes(reason.code)) ?? null;
}

/** Checks that the CRM alone can answer, at every step. Consent codes are never ignored. */
export function refusePerson(person: Person): RefusalReason | null {
  if (!person.valid) return { code: 'invalid_email', evidence: 'contact.email is no address' };
  if (person.bounced) return { code: 'bounced', evidence: 'contact.bounced in the CRM' };
  if (person.optedOut) return { code: 'opted_out_crm', evidence: 'contact.optedOut in the CRM' };
  return null;
}

/** What the marketing tool said about a person; null = could not be read. */
export interface MarketingConsent {
  readonly known: boolean;
  readonly optedOut: boolean | null;
  readonly bounced: boolean | null;
  readonly inSequence: boolean | null;
  readonly ambiguous: boolean;
}

/** Evidence that consent could not be read: another try may tell. */
export const NOT_TOLD = 'the marketing tool did not say';

/** Checks that need the marketing tool's answer. A person whom it does not know has refused nothing there. */
export function refuseByConsent(consent: MarketingConsent, sequence: boolean): RefusalReason | null {
  if (consent.ambiguous)
    return { code: 'consent_unknown', evidence: 'several contacts match in the marketing tool' };
  if (!consent.known) return null;
  if (consent.bounced === true) return { code: 'bounced', evidence: 'bounce in the marketing tool' };
  if (consent.optedOut === true)
    return { code: 'opted_out_marketing', evidence: 'opt-out in the marketing tool' };
  if (consent.optedOut === null || consent.bounced === null) {
    return { code: 'consent_unknown', evidence: NOT_TOLD };
  }
  if (sequence && consent.inSequence !== false) {
    return { code: 'already_active', evidence: 'already in a sequence of the marketing tool' };
  }
  return null;
}
