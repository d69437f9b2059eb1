import { field } from '../../../../src/sandbox/salesforce/schema/fields.js';
import { type CrmWorld, crmContract } from '../../../contracts/crm.js';
import { anEmbeddedOrg } from './support/embedded.js';

const KEY = field('Key__c', 'string', { length: 80, unique: true, externalId: true });

async function open(): Promise<CrmWorld> {
  const org = await anEmbeddedOrg({ customFields: new Map([['Account', [KEY]]]) });
  return {
    crm: org.connect().crm,
    severalPages: 2100,
    insert: async (object, rows) => org.plant(object, rows),
    update: (object, id, values) => org.asAdmin('PATCH', `/sobjects/${object}/${id}`, values),
    remove: (object, id) => org.asAdmin('DELETE', `/sobjects/${object}/${id}`),
    pass: async (ms) => org.pass(ms),
    close: org.close,
  };
}

crmContract('the Salesforce adapter on the embedded org', open);
