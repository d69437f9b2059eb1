import { describe, expect, it } from '@jest/globals';
import { consentReasons } from '../../src/domain/engagement/consent.js';
import type { ConsentReading } from '../../src/ports/marketing.js';
import { consentOf } from '../../src/sync/consent-reading.js';

function aReading(said: Partial<ConsentReading>): ConsentReading {
  const nobody = { recordId: null, optedOut: false, bounced: false, inSequence: false, ambiguous: false };
  return { person: 'p', readAt: 0, marketable: null, lastMailedAt: null, ...nobody, ...said };
}

const ASK = { entering: true, exclusive: true, marketingOnly: true };
const codes = (reading: ConsentReading | null, ask = ASK) =>
  consentReasons(consentOf({ tool: 'hubspot', reading }), ask).map(({ code }) => code);

describe('consent', () => {
  it('that could not be read refuses for now, also for a person whose record was not found', () => {
    const unread = aReading({ optedOut: null, bounced: null, inSequence: null });
    for (const reading of [unread, null]) expect(codes(reading)).toEqual(['consent_unknown']);
    expect(codes(aReading({ recordId: '1', inSequence: null }))).toEqual(['consent_unknown']);
  });

  it('of a person whom the tool surely does not know refuses nothing', () => {
    expect(codes(aReading({}))).toEqual([]);
  });

  it('counts what somebody enrolled by hand: at the door of any channel, and always where a channel holds a person alone', () => {
    const busy = aReading({ recordId: '1', inSequence: true });
    expect(codes(busy)).toEqual(['already_active']);
    expect(codes(busy, { ...ASK, exclusive: false })).toEqual(['active_elsewhere']);
    expect(codes(busy, { ...ASK, exclusive: false, entering: false })).toEqual([]);
  });

  it('keeps marketing mail to marketing contacts', () => {
    const other = aReading({ recordId: '1', marketable: false });
    expect(codes(other)).toEqual(['not_marketing_contact']);
    expect(codes(other, { ...ASK, marketingOnly: false })).toEqual([]);
  });

  it('is no guess where several records match', () => {
    expect(codes(aReading({ ambiguous: true }))).toEqual(['consent_unknown']);
  });
});
