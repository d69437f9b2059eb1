import { afterEach, expect, it } from '@jest/globals';
import { ACCOUNT_FIELDS } from '../../../support/page/fields.mjs';
import { clear, show } from '../../../support/page/shown.mjs';

afterEach(clear);

it('asks the platform for its own fields and its newest snapshots, and for nothing that may fail the page', async () => {
  const asked = [];
  await show((name, config) => {
    asked.push([name, { ...config }]);
    return new Promise(() => {});
  });
  expect(asked).toEqual([
    [
      'getRecord',
      {
        recordId: '001000000000001AAA',
        optionalFields: Object.values(ACCOUNT_FIELDS).map((field) => `Account.${field}`),
      },
    ],
    [
      'getRelatedListRecords',
      {
        parentRecordId: '001000000000001AAA',
        relatedListId: 'Health_Snapshots__r',
        optionalFields: ['Snapshot_On__c', 'Score__c', 'Band__c'].map(
          (field) => `Health_Snapshot__c.${field}`,
        ),
        sortBy: ['-Health_Snapshot__c.Snapshot_On__c'],
        pageSize: 36,
      },
    ],
  ]);
});
