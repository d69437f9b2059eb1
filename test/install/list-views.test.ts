import { describe, expect, it } from '@jest/globals';
import { MODEL } from '../support/analytics/our-org.js';

describe('list views of accounts', () => {
  const views = MODEL.listViews.filter(({ object }) => object === 'Account');

  it('leave out customers who have left', () => {
    expect(views.length).toBeGreaterThan(6);
    for (const { filters } of views)
      expect(filters).toContainEqual({ field: 'Churned__c', operation: 'equals', value: '0' });
  });

  it('show a renewal of today, and who has no last activity', () => {
    const of = (name: string) => views.find((view) => view.name === `Truenorth_${name}`)?.filters;
    expect(of('Renewing')?.slice(0, 2)).toEqual([
      { field: 'Renewal_Date__c', operation: 'greaterOrEqual', value: 'TODAY' },
      { field: 'Renewal_Date__c', operation: 'lessOrEqual', value: 'NEXT_N_DAYS:90' },
    ]);
    expect(of('Never_Touched')?.[0]).toEqual({
      field: 'LastActivityDate',
      operation: 'equals',
      value: '',
    });
  });
});
