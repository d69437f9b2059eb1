import type { PullRequest, RecordPage } from '../../../../../src/ports/crm.js';
import { aDescribe, DATA, idOf } from './salesforce.js';

export const STAMP = '2026-01-10T08:00:00.000';
export const DATE = { date: 'Thu, 15 Jan 2026 09:00:00 GMT' };

export const ACCOUNT = aDescribe('Account', [
  { name: 'Name' },
  { name: 'Revenue__c', type: 'currency' },
  { name: 'Notes__c', type: 'textarea', length: 32000 },
  { name: 'More__c', type: 'textarea', length: 5000 },
  { name: 'BillingAddress', type: 'address' },
  { name: 'MasterRecordId', type: 'reference' },
  { name: 'OwnerId', type: 'reference', referenceTo: ['User'], relationshipName: 'Owner' },
]);
export const USER = aDescribe('User', [{ name: 'LastLoginDate', type: 'datetime' }]);

export function aRequest(given: Partial<PullRequest> = {}): PullRequest {
  const whole = { where: null, since: null, expectedRows: null, resume: null };
  return { object: 'Account', fields: ['Name'], stampField: 'SystemModstamp', ...whole, ...given };
}

export const row = (number: number) => ({
  Id: idOf(number),
  SystemModstamp: `${STAMP}+0000`,
  Name: `N${number}`,
});
export const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => row(first + index));

export function answer(records: readonly object[], more: { totalSize?: number; next?: string } = {}) {
  const nextRecordsUrl = more.next ? `${DATA}/query/${more.next}` : undefined;
  return { totalSize: more.totalSize ?? records.length, done: !more.next, nextRecordsUrl, records };
}

export function idsOf(pages: readonly RecordPage[]): string[] {
  return pages.flatMap((page) => page.records.map((record) => record.id));
}

export const ORDERED = 'SELECT Id, SystemModstamp, Name FROM Account ORDER BY SystemModstamp, Id';
export const afterRow = (number: number) =>
  `SystemModstamp > ${STAMP}Z OR (SystemModstamp = ${STAMP}Z AND Id > '${idOf(number)}')`;
