import { orgModel } from '../../src/install/model/index.js';
import { type CrmMapping, WRITTEN_FIELDS } from '../../src/ports/mapping.js';
import type { OrgModel } from '../../src/ports/org-model.js';

/** A mapping that writes everything of ours to fields `Truenorth_<fact>__c` of the account. */
export function aCrmMapping(given: Partial<CrmMapping> = {}): CrmMapping {
  return {
    objects: [
      {
        kind: 'account',
        object: 'Account',
        accountField: 'Id',
        stampField: 'SystemModstamp',
        where: null,
        attributes: [
          { attribute: 'renewalOn', field: 'Renewal_Date__c', type: 'day', translate: null, whenEmpty: null },
        ],
      },
    ],
    write: WRITTEN_FIELDS.map((fact) => ({ fact, field: fieldFor(fact), onNull: 'clear' })),
    tierLockField: 'Truenorth_Tier_Lock__c',
    sentUsage: [],
    ...given,
  };
}

/** `bandSince` -> `Truenorth_Band_Since__c`. */
function fieldFor(fact: string): string {
  const words = fact.replace(/([A-Z])/g, '_$1').replace(/^./, (first) => first.toUpperCase());
  return `Truenorth_${words}__c`;
}

export function aModel(given: Partial<CrmMapping> = {}): OrgModel {
  return orgModel(aCrmMapping(given), { runningUser: null });
}
