import { describe, expect, it } from '@jest/globals';
import { withoutAddresses } from '../../../src/sync/records/without-addresses.js';

describe('a text of somebody else’s', () => {
  it.each([
    ['duplicate value found: ann.lee@customer.example', 'duplicate value found: (address)'],
    ['<Ann.Lee+news@sub.customer.example> is not valid', '<(address)> is not valid'],
    ['"a@b.example","c@d.example"', '"(address)","(address)"'],
  ])('is told without the addresses that it quotes: %s', (text, told) => {
    expect(withoutAddresses(text)).toBe(told);
  });

  it('is told as it is where it quotes none', () => {
    const text = 'UNABLE_TO_LOCK_ROW: 3 records @ once';
    expect(withoutAddresses(text)).toBe(text);
  });
});
