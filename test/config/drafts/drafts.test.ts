import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { editYaml } from '../../../src/config/drafts/edit-yaml.js';
import {
  type SalesforceMappingDraft,
  salesforceMappingYaml,
} from '../../../src/config/drafts/salesforce-mapping-draft.js';
import { written } from '../../../src/config/drafts/scalars.js';
import { PLAIN_TEXTS, resolveTexts } from '../texts.js';

const PLAIN_FIELD = { translate: null, whenEmpty: null, remark: null };

const DRAFT: SalesforceMappingDraft = {
  introduction: ['Drafted from the org.', '', 'Check it.'],
  objects: [
    {
      kind: 'account',
      object: 'Account',
      accountField: 'Id',
      stampField: 'SystemModstamp',
      where: "Type LIKE 'Customer%' AND Name != '#1: {a}'",
      fields: [
        { ...PLAIN_FIELD, name: 'name', field: 'Name' },
        { ...PLAIN_FIELD, name: 'arr', field: 'ARR__c', whenEmpty: 0, remark: 'by name,\n93 % filled' },
        {
          ...PLAIN_FIELD,
          name: 'usedAsIntended',
          field: 'Used__c',
          translate: { 'Yes, fully': 'yes', 'no: never': 'no' },
        },
      ],
      custom: [{ ...PLAIN_FIELD, name: 'region', field: 'Region__c', type: 'text', label: 'region: home' }],
    },
    {
      kind: 'case',
      object: 'Ticket__c',
      accountField: 'Customer__c',
      stampField: 'LastModifiedDate',
      where: null,
      fields: [{ ...PLAIN_FIELD, name: 'openedAt', field: 'CreatedDate' }],
      custom: [],
    },
  ],
  write: { score: { field: 'Score__c', onNull: 'clear' }, tier: { field: 'Tier__c', onNull: 'leave' } },
  tierLock: 'Lock__c',
};

describe('a drafted mapping', () => {
  const text = salesforceMappingYaml(DRAFT);

  it('loads as what was drafted', () => {
    const texts = {
      ...PLAIN_TEXTS,
      'mappings/salesforce.yaml': text,
      'config/health.yaml': (PLAIN_TEXTS['config/health.yaml'] ?? '').replaceAll(
        'cases.open',
        'cases.openedLast30',
      ),
    };
    const { crm, customFacts } = resolveTexts(texts);
    const [account, tickets] = crm.objects;
    expect(account?.where).toBe("Type LIKE 'Customer%' AND Name != '#1: {a}'");
    expect(account?.attributes).toEqual([
      { attribute: 'name', field: 'Name', type: 'text', translate: null, whenEmpty: null },
      { attribute: 'arr', field: 'ARR__c', type: 'money', translate: null, whenEmpty: 0 },
      {
        attribute: 'usedAsIntended',
        field: 'Used__c',
        type: 'text',
        translate: { 'Yes, fully': 'yes', 'no: never': 'no' },
        whenEmpty: null,
      },
      { attribute: 'custom.region', field: 'Region__c', type: 'text', translate: null, whenEmpty: null },
    ]);
    expect(tickets).toMatchObject({
      object: 'Ticket__c',
      accountField: 'Customer__c',
      stampField: 'LastModifiedDate',
      where: null,
    });
    expect(crm.write).toEqual([
      { fact: 'score', field: 'Score__c', onNull: 'clear' },
      { fact: 'tier', field: 'Tier__c', onNull: 'leave' },
    ]);
    expect(crm.tierLockField).toBe('Lock__c');
    expect(customFacts['custom.region']?.label).toBe('region: home');
  });

  it('says why a field was taken and what is still open', () => {
    expect(text).toContain('arr: { field: ARR__c, whenEmpty: 0 }  # by name, 93 % filled');
    expect(text).toContain('# seats:  (not mapped) licensed seats');
    expect(text).toContain('# usage:  (no object found; what it would tell stays unknown)');
  });
});

describe('an edited file', () => {
  it('has the new values and all the old comments', () => {
    const text =
      '# head\npolicy:\n  # lines\n  thresholds:\n    - { tier: a, atLeast: 5 } # first\n    - { tier: b }\n';
    const edited = editYaml(text, [{ path: ['policy', 'thresholds', 0, 'atLeast'], value: 7, remark: null }]);
    expect(edited).toBe(text.replace('5', '7'));
  });

  it('carries a remark behind the value', () => {
    expect(
      editYaml('measure: account.arr\n', [{ path: ['measure'], value: 'custom.mrr', remark: '80 % filled' }]),
    ).toBe('measure: custom.mrr # 80 % filled\n');
  });
});

describe('a written scalar', () => {
  it('reads back as it was, inside braces too', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('yes', '5', 'a, b', '#x', "it's", '25 %', 'null', ' ')),
        (text) => {
          expect(parse(`{ key: ${written(text)} }`)).toEqual({ key: text });
        },
      ),
    );
  });
});
