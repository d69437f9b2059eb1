import type { AnalyticsWorld } from '../../../src/adapters/crm/salesforce/metadata/analytics-file.js';
import { loadConfig } from '../../../src/config/load.js';
import { analytics } from '../../../src/install/analytics/index.js';
import { CRM_RECORDS } from '../../../src/ports/crm-records.js';

/** The mapping that is shipped, and the analytics for it. */
export const MAPPING = loadConfig(process.cwd()).crm;
export const ANALYTICS = analytics(MAPPING, { runningUser: null });

const NUMBERS =
  /^(Score|Coverage|Revenue|Count|Value|Numerator|Denominator|Sample|Target|Baseline|Accounts_\w+|Records_Changed|Enrolments|Tasks|Refused|Deferred|Errors|Api_Calls|Attempts)__c$/;

function typeOf(object: string, field: string): string {
  if (object === CRM_RECORDS.pulse.object && field === 'Value__c') return 'Picklist';
  if (field === 'Account__c' || field === 'Contact__c') return 'Lookup';
  if (/_On__c$|_Start__c$|_End__c$|_Until__c$/.test(field)) return 'Date';
  if (/_At__c$/.test(field)) return 'DateTime';
  if (/^(Held_Out|Current|Retry)__c$/.test(field)) return 'Checkbox';
  if (/^(Definition|Summary)__c$/.test(field)) return 'LongTextArea';
  return NUMBERS.test(field) ? 'Number' : 'Text';
}

const SYSTEM = [
  ['Name', 'Text'],
  ['CreatedDate', 'DateTime'],
] as const;

/** Object -> field -> metadata type: our records, and the account with what the mapping reads and writes there. */
export const OUR_FIELDS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ...Object.values(CRM_RECORDS).map(
    ({ object, fields }) =>
      [
        object,
        new Map([
          ...SYSTEM,
          ...Object.values(fields).map((field) => [field, typeOf(object, field)] as const),
        ]),
      ] as const,
  ),
  ['Account', new Map([...SYSTEM, ...accountFields()])] as const,
]);

function accountFields(): readonly (readonly [string, string])[] {
  const kinds: Readonly<Record<string, string>> = {
    score: 'Number',
    coverage: 'Number',
    watermelon: 'Checkbox',
    driversDetail: 'LongTextArea',
    bandSince: 'Date',
    tierSince: 'Date',
    scoreChangedOn: 'Date',
  };
  return [
    ...MAPPING.write.map(({ fact, field }) => [field, kinds[fact] ?? 'Text'] as const),
    ['ARR__c', 'Currency'],
    ['Renewal_Date__c', 'Date'],
  ];
}

export const WORLD: AnalyticsWorld = {
  fields: (object) => OUR_FIELDS.get(object),
  child: (object, relationship) =>
    object === 'Account'
      ? Object.values(CRM_RECORDS).find((one) => one.object.replace(/__c$/, 's__r') === relationship)?.object
      : undefined,
};
