import { describe, expect, it } from '@jest/globals';
import { startClock } from '../../../../src/sandbox/clock.js';
import type { Component } from '../../../../src/sandbox/salesforce/metadata/deploy/component.js';
import { startComponentStore } from '../../../../src/sandbox/salesforce/metadata/deploy/component-store.js';
import { objectAndParts } from '../../../../src/sandbox/salesforce/metadata/deploy/components.js';
import { planDeploy } from '../../../../src/sandbox/salesforce/metadata/deploy/plan.js';
import { parseXml } from '../../../../src/sandbox/salesforce/metadata/xml/parse.js';
import { startOrg } from '../../../../src/sandbox/salesforce/store/start-org.js';
import { EMPTY_BOOK, metadataFile } from './metadata-server.js';

/** What a deploy of this one field to Account would be refused for. */
function refusalsOf(content: string, object = 'Account'): readonly string[] {
  return refusalsOfFile(object, `<fields>${content}</fields>`);
}

function refusalsOfFile(object: string, content: string): readonly string[] {
  const clock = startClock(Date.parse('2026-03-01T09:00:00Z'), () => 0);
  const org = startOrg({ seed: 7, clock, book: EMPTY_BOOK });
  const { root } = parseXml(metadataFile('CustomObject', content));
  if (!root) throw new Error('the test gave malformed XML');
  const whole: Component = { type: 'CustomObject', fullName: object, fileName: '', element: root };
  const plan = planDeploy(
    { components: objectAndParts(whole), misfits: [], deletions: [] },
    org,
    startComponentStore(org),
  );
  return plan.refused.map((one) => one.problem.problem);
}

const NAMED = '<fullName>Probe__c</fullName>';

describe('a custom field that the platform takes', () => {
  it.each([
    ['Text', '<label>Probe</label><length>255</length><type>Text</type>'],
    ['Number', '<label>Probe</label><precision>18</precision><scale>0</scale><type>Number</type>'],
    ['Currency', '<label>Probe</label><precision>18</precision><scale>2</scale><type>Currency</type>'],
    ['Percent', '<label>Probe</label><precision>5</precision><scale>2</scale><type>Percent</type>'],
    ['Checkbox', '<defaultValue>false</defaultValue><label>Probe</label><type>Checkbox</type>'],
    ['Date', '<label>Probe</label><type>Date</type>'],
    ['DateTime', '<label>Probe</label><type>DateTime</type>'],
    ['Time', '<label>Probe</label><type>Time</type>'],
    ['Email', '<externalId>true</externalId><label>Probe</label><type>Email</type><unique>true</unique>'],
    ['Phone', '<label>Probe</label><type>Phone</type>'],
    ['Url', '<label>Probe</label><type>Url</type>'],
    ['TextArea', '<label>Probe</label><type>TextArea</type>'],
    [
      'LongTextArea',
      '<label>Probe</label><length>32768</length><type>LongTextArea</type><visibleLines>3</visibleLines>',
    ],
    ['Html', '<label>Probe</label><length>32768</length><type>Html</type><visibleLines>10</visibleLines>'],
    ['AutoNumber', '<displayFormat>P-{0000}</displayFormat><label>Probe</label><type>AutoNumber</type>'],
    [
      'EncryptedText',
      '<label>Probe</label><length>20</length><maskChar>asterisk</maskChar><maskType>all</maskType><type>EncryptedText</type>',
    ],
    [
      'Picklist',
      '<label>Probe</label><type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>A</fullName><default>false</default></value></valueSetDefinition></valueSet>',
    ],
    [
      'Lookup',
      '<label>Probe</label><referenceTo>User</referenceTo><relationshipName>Probes</relationshipName><type>Lookup</type>',
    ],
    [
      'a formula over parents',
      '<formula>Owner.Name &amp; TEXT(TODAY() - DATEVALUE(CreatedDate))</formula><label>Probe</label><type>Text</type>',
    ],
  ])('%s', (_name, content) => {
    expect(refusalsOf(NAMED + content)).toEqual([]);
  });
});

describe('a custom field that the platform refuses', () => {
  it.each([
    [
      'a label over 40 characters',
      `<label>${'x'.repeat(41)}</label><type>Date</type>`,
      /maximum length is:40/,
    ],
    ['no label', '<type>Date</type>', /non-empty label/],
    ['no type', '<label>Probe</label>', /Must specify 'type'/],
    [
      'an unknown type',
      '<label>Probe</label><type>Colour</type>',
      /not a valid value for the enum 'FieldType'/,
    ],
    ['a Text without length', '<label>Probe</label><type>Text</type>', /Must specify 'length'/],
    ['a Text over 255', '<label>Probe</label><length>256</length><type>Text</type>', /between 1 and 255/],
    [
      'a TextArea with a length',
      '<label>Probe</label><length>255</length><type>TextArea</type>',
      /Can not specify 'length'/,
    ],
    [
      'a long text under 256',
      '<label>Probe</label><length>255</length><type>LongTextArea</type><visibleLines>3</visibleLines>',
      /between 256 and 131072/,
    ],
    [
      'a long text without lines',
      '<label>Probe</label><length>256</length><type>LongTextArea</type>',
      /Must specify 'visibleLines'/,
    ],
    [
      'a Number of 19 digits',
      '<label>Probe</label><precision>19</precision><scale>0</scale><type>Number</type>',
      /between 1 and 18/,
    ],
    [
      'a scale above the precision',
      '<label>Probe</label><precision>2</precision><scale>3</scale><type>Number</type>',
      /scale cannot be greater/,
    ],
    [
      'a Checkbox without default',
      '<label>Probe</label><type>Checkbox</type>',
      /Must specify 'defaultValue'/,
    ],
    [
      'an external id on a date',
      '<externalId>true</externalId><label>Probe</label><type>Date</type>',
      /Can not specify 'externalId'/,
    ],
    [
      'a boolean that is none',
      '<externalId>maybe</externalId><label>Probe</label><type>Email</type>',
      /must be true or false/,
    ],
    ['a Picklist without values', '<label>Probe</label><type>Picklist</type>', /Must specify 'valueSet'/],
    [
      'a picklist value twice',
      '<label>Probe</label><type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>A</fullName><default>false</default></value><value><fullName>A</fullName><default>false</default></value></valueSetDefinition></valueSet>',
      /Duplicate value found: A/,
    ],
    [
      'a lookup to nowhere',
      '<label>Probe</label><referenceTo>Nowhere__c</referenceTo><relationshipName>Probes</relationshipName><type>Lookup</type>',
      /does not resolve to a valid sObject type/,
    ],
    [
      'a required lookup that can be emptied',
      '<deleteConstraint>SetNull</deleteConstraint><label>Probe</label><referenceTo>User</referenceTo><relationshipName>Probes</relationshipName><required>true</required><type>Lookup</type>',
      /cascade delete or restrict delete/,
    ],
    [
      'a relationship name that is taken',
      '<label>Probe</label><referenceTo>Account</referenceTo><relationshipName>Probes__x</relationshipName><type>Lookup</type>',
      /not a valid name/,
    ],
    [
      'a master-detail on a standard object',
      '<label>Probe</label><referenceTo>User</referenceTo><relationshipName>Probes</relationshipName><type>MasterDetail</type>',
      /on the standard object Account/,
    ],
    [
      'a formula over a field that is not there',
      '<formula>Nowhere__c + 1</formula><label>Probe</label><type>Number</type>',
      /Field Nowhere__c does not exist/,
    ],
    [
      'a formula with an unknown function',
      '<formula>SHOUT(Name)</formula><label>Probe</label><type>Text</type>',
      /Unknown function SHOUT/,
    ],
    [
      'a formula with an open bracket',
      '<formula>UPPER(Name</formula><label>Probe</label><type>Text</type>',
      /Missing '\)'/,
    ],
    [
      'a formula that is required',
      '<formula>Name</formula><label>Probe</label><required>true</required><type>Text</type>',
      /Can not specify 'required'/,
    ],
    [
      'a formula on a type without',
      '<formula>Name</formula><label>Probe</label><type>Picklist</type>',
      /Can not specify 'formula'/,
    ],
    [
      'an element that does not exist',
      '<colour>red</colour><label>Probe</label><type>Date</type>',
      /Element \{[^}]+\}colour invalid at this location in type CustomField/,
    ],
    [
      'an element that comes twice',
      '<label>Probe</label><label>Probe</label><type>Date</type>',
      /label is duplicated at this location/,
    ],
  ])('%s', (_name, content, problem) => {
    expect(refusalsOf(NAMED + content)).toEqual([expect.stringMatching(problem)]);
  });

  it('a master-detail that says whether it is required', () => {
    const content =
      '<label>Probe</label><referenceTo>User</referenceTo><relationshipName>Probes</relationshipName><required>false</required><type>MasterDetail</type>';

    expect(refusalsOf(NAMED + content)).toContain(
      "Can not specify 'required' for a CustomField of type MasterDetail",
    );
  });

  it('a standard field that the object does not have', () => {
    expect(refusalsOf('<fullName>Colour</fullName><label>Colour</label><type>Date</type>')).toEqual([
      "Could not resolve standard field's name.",
    ]);
  });

  it('a name with two underscores in a row', () => {
    expect(
      refusalsOf('<fullName>Too__Much_x_y__z__c</fullName><label>Probe</label><type>Date</type>'),
    ).toHaveLength(1);
  });

  it('the same name twice in one package', () => {
    const field = `<fields>${NAMED}<label>Probe</label><type>Date</type></fields>`;

    expect(refusalsOfFile('Account', field + field)).toEqual([
      expect.stringMatching(/duplicate developer name/),
    ]);
  });

  it('a field of an object that is nowhere', () => {
    expect(refusalsOf(`${NAMED}<label>Probe</label><type>Date</type>`, 'Nowhere__c')).toContain(
      "Entity of type 'CustomObject' named 'Nowhere__c' cannot be found",
    );
  });
});

describe('formulas that use each other', () => {
  it('are taken in whatever order they stand', () => {
    const formula = (name: string, text: string): string =>
      `<fields><fullName>${name}</fullName><formula>${text}</formula><label>${name}</label><type>Text</type></fields>`;

    expect(
      refusalsOfFile('Account', formula('A__c', 'B__c') + formula('B__c', 'C__c') + formula('C__c', 'Name')),
    ).toEqual([]);
    expect(refusalsOfFile('Account', formula('A__c', 'B__c') + formula('B__c', 'A__c'))).toHaveLength(2);
  });
});
