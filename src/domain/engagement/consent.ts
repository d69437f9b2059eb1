import type { RefusalReason } from './codes.js';

/** What a marketing tool said about a person; null = could not be read. */
export interface MarketingConsent {
  /** The tool, in words. */
  readonly tool: string;
  readonly known: boolean;
  readonly optedOut: boolean | null;
  readonly bounced: boolean | null;
  readonly inSequence: boolean | null;
  readonly marketable: boolean | null;
  readonly ambiguous: boolean;
}

/** Evidence that consent could not be read: another try may tell. */
export const NOT_TOLD = 'the marketing tool did not say';

export interface ConsentQuestion {
  /** True for the first step of the person in the episode: hand-made enrolments count then. */
  readonly entering: boolean;
  /** True where the channel holds a person alone. */
  readonly exclusive: boolean;
  /** True where only marketing contacts get the message. */
  readonly marketingOnly: boolean;
}

/** Checks that need a tool's answer. A person whom it does not know has refused nothing there. */
export function consentReasons(
  consent: MarketingConsent,
  { entering, exclusive, marketingOnly }: ConsentQuestion,
): readonly RefusalReason[] {
  const { tool } = consent;
  if (consent.ambiguous) return [{ code: 'consent_unknown', evidence: `several contacts match in ${tool}` }];
  if (!consent.known) return [];
  const reasons: RefusalReason[] = [];
  if (consent.bounced === true) reasons.push({ code: 'bounced', evidence: `bounce in ${tool}` });
  if (consent.optedOut === true)
    reasons.push({ code: 'opted_out_marketing', evidence: `opt-out in ${tool}` });
  const untold = exclusive && consent.inSequence === null;
  if (consent.optedOut === null || consent.bounced === null || untold)
    reasons.push({ code: 'consent_unknown', evidence: NOT_TOLD });
  if (marketingOnly && consent.marketable === false)
    reasons.push({ code: 'not_marketing_contact', evidence: `no marketing contact in ${tool}` });
  if (exclusive && consent.inSequence === true)
    reasons.push({ code: 'already_active', evidence: `already in a sequence of ${tool}` });
  else if (entering && consent.inSequence === true)
    reasons.push({ code: 'active_elsewhere', evidence: `in a sequence of ${tool} that somebody started` });
  return reasons;
}
