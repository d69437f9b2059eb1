import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexOfRecordId, recordId } from '../../../src/sandbox/book/ids.js';
import { makeId } from '../../../src/sandbox/salesforce/ids.js';

it('writes the same ids as the org does, ascending, and reads them back', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), (index) => {
      const id = recordId('a01', index);
      expect(id).toBe(makeId('a01', index + 1, '000'));
      expect(indexOfRecordId('a01', id, index + 1)).toBe(index);
      expect(indexOfRecordId('a01', id, index)).toBe(-1);
      expect(recordId('a01', index + 1) > id).toBe(true);
    }),
  );
});
