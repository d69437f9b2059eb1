import type { AnalyticsWorld } from '../../../src/adapters/crm/salesforce/metadata/analytics-file.js';
import { loadConfig } from '../../../src/config/load.js';
import { orgModel } from '../../../src/install/model/index.js';
import type { FieldKind, OrgModel } from '../../../src/ports/org-model.js';

/** The mapping that is shipped, and the model for it. */
export const MAPPING = loadConfig(process.cwd()).crm;
export const MODEL: OrgModel = orgModel(MAPPING);

const TYPES: Readonly<Record<FieldKind['type'], string>> = {
  text: 'Text',
  'text-area': 'TextArea',
  'long-text': 'LongTextArea',
  number: 'Number',
  checkbox: 'Checkbox',
  date: 'Date',
  datetime: 'DateTime',
  picklist: 'Picklist',
  lookup: 'Lookup',
  parent: 'MasterDetail',
  formula: 'Text',
};

const ON_EVERY_OBJECT = [
  ['Name', 'Text'],
  ['CreatedDate', 'DateTime'],
] as const;
/** The customer's own, which the shipped mapping reads. */
const THEIRS = [
  ['ARR__c', 'Currency'],
  ['Churned__c', 'Checkbox'],
  ['Renewal_Date__c', 'Date'],
] as const;

/** Object -> field -> metadata type: ours, and what the shipped mapping reads of the account. */
export const OUR_FIELDS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  ['Account', ...MODEL.objects.map(({ name }) => name)].map((object) => [
    object,
    new Map<string, string>([
      ...ON_EVERY_OBJECT,
      ...(object === 'Account' ? THEIRS : []),
      ...MODEL.fields
        .filter((field) => field.object === object)
        .map(({ name, kind }) => [name, TYPES[kind.type]] as const),
    ]),
  ]),
);

export const WORLD: AnalyticsWorld = {
  fields: (object) => OUR_FIELDS.get(object),
  child: (object, relationship) =>
    MODEL.fields.find(
      ({ kind }) =>
        (kind.type === 'lookup' || kind.type === 'parent') &&
        kind.to === object &&
        `${kind.relationship}__r` === relationship,
    )?.object,
};
