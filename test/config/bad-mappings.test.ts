import { describe, expect, it } from '@jest/globals';
import { PLAIN_TEXTS, resolveTexts, saidOf, withChange } from './texts.js';

const SALESFORCE = 'mappings/salesforce.yaml';
const HUBSPOT = 'mappings/hubspot.yaml';

type Case = readonly [what: string, file: string, from: string, to: string, said: string];

const CASES: readonly Case[] = [
  [
    'an unknown attribute',
    SALESFORCE,
    'seats: Seats__c',
    'seets: Seats__c',
    'mappings/salesforce.yaml:4:44 unknown attribute "seets" of account; did you mean "seats"?',
  ],
  [
    'a required attribute that is not mapped',
    SALESFORCE,
    'name: Name, ',
    '',
    'mappings/salesforce.yaml:4:5 the attribute "account.name" (account name) must be mapped',
  ],
  [
    'an unknown kind of rows',
    SALESFORCE,
    '  case:',
    '  cases:',
    'mappings/salesforce.yaml:5:3 unknown kind of rows "cases"; did you mean "case"?',
  ],
  [
    'an unknown value to write',
    SALESFORCE,
    'score: Score__c',
    'scor: Score__c',
    'mappings/salesforce.yaml:8:10 unknown value to write "scor"; did you mean "score"?',
  ],
  [
    'a field written twice',
    SALESFORCE,
    'score: Score__c',
    'score: Score__c, band: score__C',
    'mappings/salesforce.yaml:8:33 the field score__C is written twice; "score" uses it already',
  ],
  [
    'a field both read and written',
    SALESFORCE,
    'score: Score__c',
    'score: ARR__c',
    'mappings/salesforce.yaml:4:36 the field ARR__c is read here and written as "score"; one of the two must go',
  ],
  [
    'a field name with a blank',
    SALESFORCE,
    'ARR__c',
    'ARR Field',
    'mappings/salesforce.yaml:4:36 must be an API name (ARR__c) or a path to a parent’s field (Owner.Email); found the text "ARR Field"',
  ],
  [
    'an object of one’s own without its account field',
    SALESFORCE,
    'object: Case',
    'object: Ticket__c',
    'mappings/salesforce.yaml:6:5 "accountField" is needed: which field of Ticket__c holds the account’s id',
  ],
  [
    'an unknown value to carry',
    HUBSPOT,
    'truenorth_band: band',
    'truenorth_band: bnd',
    'mappings/hubspot.yaml:1:28 unknown value to carry "bnd"; did you mean "band"?',
  ],
  [
    'a kind of rows that is observed, not mapped',
    SALESFORCE,
    '  case:',
    '  engagement:',
    'mappings/salesforce.yaml:5:3 "engagement" rows are what Truenorth observes itself; there is nothing to map, leave it out',
  ],
  [
    'a fact to carry with its nearest name',
    HUBSPOT,
    'truenorth_band: band',
    'truenorth_use: usage.licenseUse',
    'mappings/hubspot.yaml:1:27 unknown value to carry "usage.licenseUse"; did you mean "usage.licenceUse"?',
  ],
  [
    'a stand-in of the wrong type for an empty field',
    SALESFORCE,
    'arr: ARR__c',
    'arr: { field: ARR__c, whenEmpty: none }',
    'mappings/salesforce.yaml:4:64 "whenEmpty" must be a number here',
  ],
  [
    'a stand-in for an empty day',
    SALESFORCE,
    'arr: ARR__c',
    'renewalOn: { field: Renewal__c, whenEmpty: 5 }',
    'mappings/salesforce.yaml:4:74 an empty day is always unknown; leave "whenEmpty" out',
  ],
  [
    'a translation into a role that does not exist',
    SALESFORCE,
    'write:',
    '  contact: { object: Contact, attributes: { role: { field: Role__c, translate: { Boss: spnsor } } } }\nwrite:',
    'mappings/salesforce.yaml:8:88 unknown role "spnsor"; did you mean "sponsor"?',
  ],
  [
    'a custom name that no expression could read',
    SALESFORCE,
    'object: Account',
    'object: Account\n    custom: { in: { field: In__c, type: number, label: in } }',
    'mappings/salesforce.yaml:4:15 this name must start with a letter and hold only letters and digits',
  ],
];

describe('bad input in mappings', () => {
  it.each(CASES)('names %s', (_what, file, from, to, said) => {
    expect(saidOf(withChange(file, from, to)).join('\n')).toContain(said);
  });
});

describe('the kind request', () => {
  it('is mapped like any other', () => {
    const texts = withChange(
      SALESFORCE,
      'write:',
      '  request: { object: Ask__c, accountField: Account__c, attributes: { receivedAt: CreatedDate } }\nwrite:',
    );
    expect(resolveTexts(texts).crm.objects).toContainEqual(
      expect.objectContaining({ kind: 'request', object: 'Ask__c' }),
    );
  });
});

describe('what is carried', () => {
  const outreach = (text: string) => ({ ...PLAIN_TEXTS, 'mappings/outreach.yaml': text });

  it('may be a written value, an attribute, or any fact of the account', () => {
    const text =
      'prospect: { custom1: band, custom2: account.csmName, custom3: journey.day, custom4: usage.licenceUse, firstName: contact.firstName }';
    expect(saidOf(outreach(text))).toEqual([]);
    expect(resolveTexts(outreach(text)).outreach?.contact).toContainEqual({
      fact: 'usage.licenceUse',
      property: 'custom4',
    });
  });

  it.each([
    ['externalId: account.name', '"externalId" can’t carry anything: it holds the Salesforce contact id'],
    [
      'optedOut: contact.optedOut',
      '"optedOut" can’t carry anything: whether somebody opted out is theirs to say',
    ],
    ['custom_1: band', 'must be a prospect’s attribute as the API names it'],
    ['custom1: bnd', 'unknown value to carry "bnd"; did you mean "band"?'],
  ])('never goes where it must not: %s', (written, said) => {
    expect(saidOf(outreach(`prospect: { ${written} }`)).join('\n')).toContain(said);
  });
});
