import { describe, expect, it } from '@jest/globals';
import { checkSource } from '../../../../../src/adapters/crm/salesforce/metadata/check-source.js';
import { renderModel } from '../../../../../src/adapters/crm/salesforce/metadata/render.js';
import { sourceFolder } from '../../../../../src/adapters/crm/salesforce/metadata/source-folder.js';
import type { Fields, KnownField } from '../../../../../src/adapters/crm/salesforce/metadata/source-world.js';
import { aModel } from '../../../../support/mapping.js';

const FILES = sourceFolder(renderModel(aModel()), '62.0');
const ROOT = 'force-app/main/default';

/** Analytics have a checker, and broken files, of their own. */
const WITHOUT_ANALYTICS = [...FILES].filter(([path]) => !/\/(?:reports|reportTypes|dashboards)\//.test(path));

function outside(names: readonly string[]): ReadonlyMap<string, KnownField> {
  const field = { type: '', required: false, formula: false, referenceTo: '', relationship: '' };
  return new Map(names.map((name) => [name, field]));
}

/** What the org has without us. */
const ORG: Fields = new Map([
  ['Account', outside(['Id', 'Name', 'OwnerId', 'Industry', 'Type', 'CreatedDate', 'Renewal_Date__c'])],
  ['Contact', outside(['Id', 'Name'])],
  ['User', outside(['Id', 'Name'])],
]);

const SCORE = `${ROOT}/objects/Account/fields/Truenorth_Score__c.field-meta.xml`;
const TIER_REASON = `${ROOT}/objects/Account/fields/Truenorth_Tier_Reason__c.field-meta.xml`;
const IMAGE = `${ROOT}/objects/Account/fields/Truenorth_Band_Image__c.field-meta.xml`;
const DETAIL = `${ROOT}/objects/Account/fields/Truenorth_Drivers_Detail__c.field-meta.xml`;
const LOCK = `${ROOT}/objects/Account/fields/Truenorth_Tier_Lock__c.field-meta.xml`;
const VALUE = `${ROOT}/objects/Health_Pulse__c/fields/Value__c.field-meta.xml`;
const PARENT = `${ROOT}/objects/Health_Pulse__c/fields/Account__c.field-meta.xml`;
const KEY = `${ROOT}/objects/Sync_Run__c/fields/Key__c.field-meta.xml`;
const CONTACT = `${ROOT}/objects/Advocate__c/fields/Contact__c.field-meta.xml`;
const PULSE = `${ROOT}/objects/Health_Pulse__c/Health_Pulse__c.object-meta.xml`;
const RUN = `${ROOT}/objects/Sync_Run__c/Sync_Run__c.object-meta.xml`;
const LIST = `${ROOT}/objects/Account/listViews/Truenorth_At_Risk.listView-meta.xml`;
const COMPACT = `${ROOT}/objects/Account/compactLayouts/Truenorth_Health.compactLayout-meta.xml`;
const ACTION = `${ROOT}/quickActions/Account.Truenorth_File_Pulse.quickAction-meta.xml`;
const LAYOUT = `${ROOT}/layouts/Playbook_Episode__c-Playbook Episode Layout.layout-meta.xml`;
const PULSE_LAYOUT = `${ROOT}/layouts/Health_Pulse__c-Health Pulse Layout.layout-meta.xml`;
const PAGE = `${ROOT}/flexipages/Truenorth_Account_Page.flexipage-meta.xml`;
const SET = `${ROOT}/permissionsets/Truenorth_CSM.permissionset-meta.xml`;
const TAB = `${ROOT}/tabs/Health_Pulse__c.tab-meta.xml`;
const FIELD_NAMES = `${ROOT}/lwc/truenorthHealth/fields.js`;
const COMPONENT = `${ROOT}/lwc/truenorthHealth/truenorthHealth.js`;

describe('what install writes', () => {
  it('passes every check', () => {
    expect(checkSource(FILES, ORG)).toEqual([]);
  });

  it('holds a file for each part of the model, and the project', () => {
    const model = aModel();
    const parts =
      model.objects.length +
      model.fields.length +
      model.listViews.length +
      model.compactLayouts.length +
      model.quickActions.length +
      model.layouts.length +
      model.tabs.length +
      model.pages.length +
      model.permissionSets.length +
      model.reportTypes.length +
      model.reports.length +
      model.dashboards.length +
      model.components.reduce((sum, { files }) => sum + Object.keys(files).length, 0);
    const folders = [...FILES.keys()].filter((path) => /Folder-meta\.xml$/.test(path)).length;
    expect(FILES.size).toBe(parts + folders + 1);
  });
});

/** What is done to a file, and what must be said of it. */
type Break = readonly [rule: string, file: string, from: string | RegExp, to: string, sentence: RegExp];

const BREAKS: readonly Break[] = [
  ['XML is well-formed', SCORE, '</label>', '', /not well-formed/],
  ['an ampersand is escaped', SCORE, '0 to 100', 'a & b', /not well-formed/],
  ['the root is that of the type', SCORE, /CustomField/g, 'CustomObject', /root is CustomObject/],
  ['the namespace is that of metadata', SCORE, '2006/04', '2005/04', /namespace/],
  ['elements are known', SCORE, /<label>/, '<colour>red</colour><label>', /no element colour/],
  ['elements stand in order', SCORE, /( *<label>.*\n)((?:.*\n)*?)( *<type>.*\n)/, '$3$1$2', /out of order/],
  ['what must be there is', SCORE, / *<label>.*\n/, '', /lacks label/],
  ['plain elements stand once', SCORE, /( *<label>.*\n)/, '$1$1', /more than once/],
  ['flags are true or false', VALUE, '<required>true', '<required>yes', /true or false/],
  ['numbers are whole', SCORE, '<scale>0', '<scale>none', /whole number/],
  ['types are known', SCORE, 'Number', 'Decimal', /does not know the value "Decimal"/],
  ['labels have an end', SCORE, 'Health Score', 'x'.repeat(41), /41 characters; 40/],
  [
    'help has an end',
    SCORE,
    /<inlineHelpText>[^<]*/,
    `<inlineHelpText>${'x'.repeat(511)}`,
    /511 characters; 510/,
  ],
  ['names agree with their file', SCORE, 'Truenorth_Score__c', 'Truenorth_Points__c', /file is that of/],
  ['a number has its precision', SCORE, / *<precision>.*\n/, '', /lacks precision/],
  ['precision is in range', SCORE, '<precision>3', '<precision>19', /1 to 18/],
  ['scale fits precision', SCORE, '<scale>0', '<scale>7', /larger than precision/],
  ['a text has its length', TIER_REASON, / *<length>.*\n/, '', /lacks length/],
  ['length is in range', TIER_REASON, '<length>255', '<length>256', /1 to 255/],
  ['a long text is long', DETAIL, '<length>8000', '<length>255', /256 to 131072/],
  ['a long text has lines', DETAIL, '<visibleLines>8', '<visibleLines>1', /2 to 50/],
  ['a checkbox starts somewhere', LOCK, / *<defaultValue>.*\n/, '', /lacks defaultValue/],
  ['attributes fit the type', LOCK, /( *<type>)/, '    <length>9</length>\n$1', /no length|out of order/],
  ['values stand once', VALUE, /risk/g, 'watch', /twice/],
  [
    'a parent is never required by itself',
    PARENT,
    /( *<type>)/,
    '    <required>true</required>\n$1',
    /no required|out of order/,
  ],
  ['references lead somewhere', CONTACT, '<referenceTo>Contact', '<referenceTo>Person', /no object Person/],
  ['what is unique says whether capitals count', KEY, / *<caseSensitive>.*\n/, '', /caseSensitive/],
  [
    'formulas read fields that exist',
    IMAGE,
    'CASE(Truenorth_Band__c',
    'CASE(Truenorth_Colour__c',
    /reads Truenorth_Colour__c/,
  ],
  ['brackets of formulas match', IMAGE, 'CASE(', 'CASE((', /brackets/],
  ['sharing follows a parent', PULSE, 'ControlledByParent', 'ReadWrite', /has a parent/],
  ['sharing needs a parent', RUN, '>Read<', '>ControlledByParent<', /has none/],
  ['number formats hold a number', RUN, 'R-{0000000}', 'R', /place like/],
  ['what goes together does', RUN, '<enableSharing>true', '<enableSharing>false', /go together/],
  ['an assigned compact layout exists', RUN, 'Truenorth_Summary', 'Truenorth_Other', /no compact layout/],
  [
    'a list shows fields that exist',
    LIST,
    '<columns>Truenorth_Score__c',
    '<columns>Truenorth_Nothing__c',
    /no column/,
  ],
  [
    'a list filters by fields that exist',
    LIST,
    '<field>Truenorth_Band__c',
    '<field>Truenorth_Nothing__c',
    /to filter by/,
  ],
  [
    'a list never filters by long texts',
    LIST,
    '<field>Truenorth_Band__c',
    '<field>Truenorth_Drivers_Detail__c',
    /long text/,
  ],
  ['operations are known', LIST, '<operation>equals', '<operation>like', /does not know the value "like"/],
  [
    'a compact layout shows fields that exist',
    COMPACT,
    '<fields>Truenorth_Score__c',
    '<fields>Truenorth_X__c',
    /no field Truenorth_X__c/,
  ],
  [
    'a compact layout shows no long text',
    COMPACT,
    '<fields>Truenorth_Score__c',
    '<fields>Truenorth_Drivers_Detail__c',
    /several lines/,
  ],
  [
    'a button makes something that exists',
    ACTION,
    '<targetObject>Health_Pulse__c',
    '<targetObject>Pulse__c',
    /no object Pulse__c/,
  ],
  [
    'a button fills a reference to its object',
    ACTION,
    '<targetParentField>Account__c',
    '<targetParentField>Value__c',
    /does not lead to/,
  ],
  [
    'a button asks for what is required',
    ACTION,
    '<field>Reason__c',
    '<field>Expires_On__c',
    /required field Reason__c|twice/,
  ],
  ['a layout shows fields that exist', LAYOUT, '<field>Status__c', '<field>State__c', /no field State__c/],
  [
    'a layout shows what is required',
    PULSE_LAYOUT,
    '<field>Value__c',
    '<field>CreatedDate',
    /required field Value__c/,
  ],
  [
    'a related list leads here',
    LAYOUT,
    'Enrolment_Decision__c.Episode__c',
    'Enrolment_Decision__c.Contact__c',
    /does not lead to/,
  ],
  [
    'a related list shows fields that exist',
    LAYOUT,
    '<fields>Channel__c',
    '<fields>Canal__c',
    /no column Canal__c/,
  ],
  ['a page is of an object', PAGE, '<sobjectType>Account', '<sobjectType>Kunde', /no object Kunde/],
  [
    'a page shows fields that exist',
    PAGE,
    'Record.Truenorth_Score__c',
    'Record.Truenorth_X__c',
    /no field Record/,
  ],
  [
    'a page shows components that exist',
    PAGE,
    '<componentName>truenorthHealth',
    '<componentName>healthCard',
    /no component/,
  ],
  [
    'a page shows relations that exist',
    PAGE,
    '<value>Health_Pulses__r',
    '<value>Pulses__r',
    /No records hang/,
  ],
  ['a page has its facets', PAGE, '<value>Facet-truenorth-1<', '<value>Facet-9<', /no facet/],
  ['a page has its buttons', PAGE, 'Account.Truenorth_File_Pulse', 'Account.Truenorth_Other', /no button/],
  ['identifiers stand once', PAGE, 'RecordTruenorth_Score__cField', 'RecordTruenorth_Band__cField', /twice/],
  [
    'grants are for fields that exist',
    SET,
    '<field>Account.Truenorth_Score__c',
    '<field>Account.Truenorth_X__c',
    /no field/,
  ],
  [
    'required fields are not granted',
    SET,
    '<field>Health_Pulse__c.Expires_On__c',
    '<field>Health_Pulse__c.Reason__c',
    /required/,
  ],
  [
    'formulas are not editable',
    SET,
    /<editable>false(<\/editable>\s*<field>Account\.Truenorth_Band_Image__c)/,
    '<editable>true$1',
    /formula/,
  ],
  ['grants are for objects that exist', SET, '<object>Advocate__c', '<object>Fan__c', /no object Fan__c/],
  [
    'rights come with what they need',
    SET,
    /<allowRead>true(<\/allowRead>\s*<modifyAllRecords>false<\/modifyAllRecords>\s*<object>Health_Pulse__c)/,
    '<allowRead>false$1',
    /needs allowRead/,
  ],
  [
    'who reads a detail reads its parent',
    SET,
    /<allowRead>true(<\/allowRead>\s*<modifyAllRecords>false<\/modifyAllRecords>\s*<object>Account<)/,
    '<allowRead>false$1',
    /who may read Account/,
  ],
  ['granted tabs exist', SET, '<tab>Advocate__c', '<tab>Fan__c', /no tab Fan__c/],
  [
    'nothing is granted twice',
    SET,
    '<field>Account.Truenorth_Score__c',
    '<field>Account.Truenorth_Band__c',
    /twice/,
  ],
  [
    'a component names fields that exist',
    FIELD_NAMES,
    'Truenorth_Score__c',
    'Truenorth_Points__c',
    /No object has the field/,
  ],
  ['a component imports files that exist', COMPONENT, /from '\.\/fields'/, "from './feelds'", /no file/],
];

describe('a broken file', () => {
  it.each(BREAKS)('%s', (_rule, file, from, to, sentence) => {
    const text = FILES.get(file) ?? '';
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    const problems = checkSource(new Map([...WITHOUT_ANALYTICS, [file, broken]]), ORG);
    const told = problems.filter((one) => one.file === file && sentence.test(one.sentence));
    expect({ problems, told: told.length > 0 }).toEqual({ problems, told: true });
    expect(told[0]?.line).toBeGreaterThan(0);
  });

  it('is told by the line where it breaks', () => {
    const text = FILES.get(SCORE) ?? '';
    const line = text.split('\n').findIndex((one) => one.includes('<precision>')) + 1;
    const files = new Map([...WITHOUT_ANALYTICS, [SCORE, text.replace('<precision>3', '<precision>19')]]);
    expect(checkSource(files, ORG)).toEqual([
      {
        file: SCORE,
        line,
        sentence: 'precision of a Number field is 19; 1 to 18 are allowed.',
      },
    ]);
  });

  it('is one that lies where no component lies', () => {
    const files = new Map([...WITHOUT_ANALYTICS, [`${ROOT}/things/X.thing-meta.xml`, '<Thing/>']]);
    expect(checkSource(files, ORG)).toEqual([
      { file: `${ROOT}/things/X.thing-meta.xml`, line: 1, sentence: 'No component lies at this place.' },
    ]);
  });

  it('is a tab, where its object is gone', () => {
    const files = new Map(WITHOUT_ANALYTICS.filter(([path]) => !path.includes('/objects/Health_Pulse__c/')));
    expect(checkSource(files, ORG)).toContainEqual({
      file: TAB,
      line: 1,
      sentence: 'There is no object Health_Pulse__c.',
    });
  });
});
