import type { MarketingConsent } from '../domain/engagement/consent.js';
import type { ConsentReading } from '../ports/marketing.js';

/** What one tool said of a person; null = it said nothing. */
export interface Reading {
  readonly tool: string;
  readonly reading: ConsentReading | null;
}

/** A tool's reading in the domain's words. Nobody answered = nothing is known, which is not the same as a stranger. */
export function consentOf({ tool, reading }: Reading): MarketingConsent {
  if (reading === null)
    return {
      tool,
      known: true,
      optedOut: null,
      bounced: null,
      inSequence: null,
      marketable: null,
      ambiguous: false,
    };
  const { recordId, optedOut, bounced, inSequence, marketable, ambiguous } = reading;
  // Nobody is taken for unknown to the tool because the tool could not be read.
  const unread = optedOut === null || bounced === null;
  return { tool, known: recordId !== null || unread, optedOut, bounced, inSequence, marketable, ambiguous };
}
