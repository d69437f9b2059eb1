import { describe, expect, it } from '@jest/globals';
import { refuseByConsent } from '../../src/domain/engagement/eligibility.js';
import type { ConsentReading } from '../../src/ports/marketing.js';
import { consentOf } from '../../src/sync/settle-enrolments.js';

function aReading(said: Partial<ConsentReading>): ConsentReading {
  const nobody = { recordId: null, optedOut: false, bounced: false, inSequence: false, ambiguous: false };
  return { person: 'p', readAt: 0, ...nobody, ...said };
}

describe('consent', () => {
  it('that could not be read refuses for now, also for a person whose record was not found', () => {
    const unread = aReading({ optedOut: null, bounced: null, inSequence: null });
    for (const reading of [unread, undefined])
      expect(refuseByConsent(consentOf(reading), false)).toMatchObject({ code: 'consent_unknown' });
  });

  it('of a person whom the tool surely does not know refuses nothing', () => {
    expect(refuseByConsent(consentOf(aReading({})), true)).toBeNull();
  });
});
