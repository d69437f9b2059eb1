import { describe, expect, it } from '@jest/globals';
import { revertOf } from '../../../src/domain/settle/revert.js';

const change = (field: string, expected: string | boolean | null, value: string | boolean | null) => ({
  field,
  expected,
  value,
});

describe('what a run changed', () => {
  it('is put back where it still holds what the run wrote', () => {
    expect(revertOf([change('Band', 'watch', 'risk')], { Band: 'risk' })).toEqual({
      back: [{ field: 'Band', expected: 'risk', value: 'watch' }],
      left: [],
    });
  });

  it('is left where somebody has changed it since, and told', () => {
    expect(revertOf([change('Band', 'watch', 'risk')], { Band: 'healthy' })).toEqual({
      back: [],
      left: [{ field: 'Band', wrote: 'risk', holds: 'healthy' }],
    });
  });

  it('is emptied where nothing stood before; a checkbox is unticked', () => {
    const changed = [change('Band', null, 'risk'), change('Flag', null, true)];
    expect(revertOf(changed, { Band: 'risk', Flag: true }).back).toEqual([
      { field: 'Band', expected: 'risk', value: null },
      { field: 'Flag', expected: true, value: false },
    ]);
  });

  it('is nothing where the CRM holds what it held before anyway', () => {
    expect(revertOf([change('Flag', null, false)], { Flag: false })).toEqual({ back: [], left: [] });
  });
});
