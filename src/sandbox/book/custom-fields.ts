import { field, lookup, picklist, SYSTEM_FIELDS } from '../salesforce/schema/fields.js';
import type { FieldDefinition, ObjectDefinition } from '../salesforce/schema/types.js';
import { SURVEY_PREFIX } from './surveys.js';
import { USAGE_PREFIX } from './usage.js';
import { LOST_REASONS } from './words.js';

const whole = { precision: 8, scale: 0 } as const;

/** What this vendor added to the standard objects over the years. */
export const CUSTOM_FIELDS: ReadonlyMap<string, readonly FieldDefinition[]> = new Map([
  [
    'Account',
    [
      field('ARR__c', 'currency', { label: 'ARR', help: 'Annual recurring revenue' }),
      field('Seats__c', 'double', { ...whole, label: 'Licensed Seats' }),
      field('Customer_Since__c', 'date'),
      field('Renewal_Date__c', 'date'),
      field('Features_Entitled__c', 'double', whole),
      field('Features_Used__c', 'double', whole),
      lookup('CSM__c', 'User', { label: 'Customer Success Manager' }),
      field('Strategic__c', 'boolean', { label: 'Strategic Account' }),
      picklist('Used_As_Intended__c', ['Yes', 'To be checked', 'No']),
      picklist('Value_Perception__c', ['Essential', 'Nice to have', 'No longer needed']),
      field('Success_Criteria_Agreed__c', 'date', { label: 'Success Criteria Agreed On' }),
      field('Success_Criteria_Reviewed__c', 'date', { label: 'Success Criteria Last Reviewed On' }),
      field('Churned__c', 'boolean'),
      field('Churn_Date__c', 'date'),
      field('Days_Overdue__c', 'double', { ...whole, label: 'Days Payment Overdue' }),
      picklist('Region__c', ['Americas', 'EMEA', 'APAC']),
    ],
  ],
  [
    'Contact',
    [
      picklist('Role__c', ['Economic Buyer', 'Champion', 'User', 'Sponsor']),
      field('Product_User_Since__c', 'date'),
      field('Last_Login__c', 'date'),
      field('Left_Company__c', 'boolean', { label: 'Has Left Company' }),
    ],
  ],
  [
    'Case',
    [
      field('CSAT__c', 'double', { ...whole, help: '1 to 5' }),
      field('Reopen_Count__c', 'double', { ...whole, label: 'Times Reopened' }),
      field('First_Response_Minutes__c', 'double', whole),
    ],
  ],
  ['Opportunity', [picklist('Lost_Reason__c', LOST_REASONS)]],
]);

function customObject(name: string, keyPrefix: string, fields: readonly FieldDefinition[]): ObjectDefinition {
  const label = name.replace('__c', '').replaceAll('_', ' ');
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix,
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    replicateable: true,
    fields: [...SYSTEM_FIELDS, field('Name', 'string', { length: 80 }), ...fields],
    validationRules: [],
  };
}

export const CUSTOM_OBJECTS: readonly ObjectDefinition[] = [
  customObject('Product_Usage__c', USAGE_PREFIX, [
    lookup('Account__c', 'Account', { nillable: false, childRelationshipName: 'Product_Usages__r' }),
    field('Week_Of__c', 'date'),
    field('Active_Users__c', 'double', whole),
    field('Key_Actions__c', 'double', whole),
    field('Errors__c', 'double', whole),
  ]),
  customObject('Survey_Response__c', SURVEY_PREFIX, [
    lookup('Account__c', 'Account', { nillable: false, childRelationshipName: 'Survey_Responses__r' }),
    lookup('Contact__c', 'Contact', { childRelationshipName: 'Survey_Responses__r' }),
    field('Answered_On__c', 'date'),
    picklist('Kind__c', ['NPS', 'CSAT', 'CES']),
    field('Score__c', 'double', whole),
    picklist('About__c', ['Onboarding', 'Case', 'Review']),
  ]),
];
