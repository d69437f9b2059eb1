import { z } from 'zod';

const property = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*$/,
    'must be a property’s internal name: lower-case letters, digits and underscores',
  );

const carried = z.record(property, z.string());

/** mappings/hubspot.yaml as written, with defaults filled in. */
export const writtenHubspotMapping = z
  .strictObject({
    contactStamp: property
      .default('truenorth_contact_id')
      .describe('Unique property that holds the Salesforce contact id.'),
    companyStamp: property
      .default('truenorth_account_id')
      .describe('Unique property that holds the Salesforce account id.'),
    contact: carried
      .default({})
      .describe('Contact property: what it carries (`band`, `account.arr`, `contact.firstName`).'),
    company: carried.default({}).describe('Company property: what it carries.'),
  })
  .describe('What is carried to HubSpot, for mails to be written with: mappings/hubspot.yaml.');

export type WrittenHubspotMapping = z.infer<typeof writtenHubspotMapping>;
