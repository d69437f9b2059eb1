import { startClock } from '../../../src/sandbox/clock.js';
import type { Fault } from '../../../src/sandbox/faults.js';
import { field, lookup, picklist } from '../../../src/sandbox/salesforce/schema/fields.js';
import type { FieldDefinition, Row } from '../../../src/sandbox/salesforce/schema/types.js';
import type { BaseRows, Book } from '../../../src/sandbox/salesforce/store/base-rows.js';
import { emptyBook } from '../../../src/sandbox/salesforce/store/empty-book.js';
import type { Org, OrgOptions } from '../../../src/sandbox/salesforce/store/org.js';
import type { Caller } from '../../../src/sandbox/salesforce/store/sessions.js';
import { startOrg } from '../../../src/sandbox/salesforce/store/start-org.js';

export const NOW = Date.parse('2026-03-10T12:00:00Z');

/** Rows held in memory, as a base. */
export function baseOf(rows: readonly Row[]): BaseRows {
  const places = new Map(rows.map((row, index) => [row.Id, index]));
  return {
    count: rows.length,
    rowAt: (index) => rows[index] ?? {},
    indexOf: (id) => places.get(id) ?? -1,
    childrenOf: () => null,
    holdsDeleted: rows.some((row) => row.IsDeleted === true),
    newestStamp:
      rows
        .map((row) => String(row.SystemModstamp))
        .sort()
        .at(-1) ?? '',
  };
}

export const CUSTOM: readonly FieldDefinition[] = [
  field('Score__c', 'double', { precision: 5, scale: 1 }),
  field('Key__c', 'string', { length: 20, unique: true, externalId: true }),
  field('Batch__c', 'string', { length: 20, externalId: true }),
  picklist('Tier__c', ['High', 'Low'], { restrictedPicklist: true }),
  field('Tags__c', 'multipicklist', {
    picklistValues: ['a', 'b', 'c'].map((value) => ({ value, label: value, isDefault: false })),
  }),
  lookup('Partner__c', 'Account', { childRelationshipName: 'Partners__r' }),
];

export function anOrg(draft: Partial<Book> = {}, options: Partial<OrgOptions> = {}): Org {
  // Stands still unless a test moves it.
  const clock = startClock(NOW, () => 0);
  const book = emptyBook({ customFields: new Map([['Account', CUSTOM]]), ...draft });
  return startOrg({ seed: 7, clock, book, ...options });
}

/** Someone who calls: the administrator unless told otherwise. */
export function aCaller(org: Org, userId = org.users.admin, faults: readonly Fault['kind'][] = []): Caller {
  const left = [...faults];
  return {
    session: org.sessions.open(userId, null),
    version: 62,
    origin: '',
    strike: (kind) => {
      const at = left.indexOf(kind);
      return at < 0 ? null : { kind: left.splice(at, 1)[0] ?? kind, ms: 60_000 };
    },
  };
}
