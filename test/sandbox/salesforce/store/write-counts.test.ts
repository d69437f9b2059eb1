import { describe, expect, it } from '@jest/globals';
import { startWriteCounts } from '../../../../src/sandbox/salesforce/store/write-counts.js';

describe('Counts of writes', () => {
  it('tell which field of which record was written more than once', () => {
    const writes = startWriteCounts();
    writes.note('Account', 'a', ['Score__c', 'Band__c']);
    writes.note('Account', 'a', ['Last__c']);
    writes.note('Account', 'b', ['Score__c']);
    writes.note('Account', 'b', ['Band__c', 'Score__c']);
    writes.note('Case', 'a', ['Score__c']);
    expect(writes.of('Account')).toEqual({
      records: 2,
      writes: 4,
      repeated: [{ id: 'b', field: 'Score__c', times: 2 }],
    });
    expect(writes.of('Contact')).toEqual({ records: 0, writes: 0, repeated: [] });
  });
});
