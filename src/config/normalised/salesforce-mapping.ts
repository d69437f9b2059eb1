import { z } from 'zod';
import { celName, words } from './parts.js';

const fieldName = z
  .string()
  .regex(
    /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/,
    'must be an API name (ARR__c) or a path to a parent’s field (Owner.Email)',
  );

const category = z.union([z.string(), z.number(), z.boolean()]);

const details = {
  field: fieldName.describe('API name of their field.'),
  translate: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Their value: our category. Matched without regard to case; other values are taken as they are.',
    ),
  whenEmpty: category.nullable().default(null).describe('What an empty field means. Left out: unknown.'),
};

const attribute = z
  .union([fieldName, z.strictObject(details)])
  .describe('The field that holds it; or field, translation and what empty means.');

const custom = z.strictObject({
  ...details,
  type: z.enum(['text', 'number', 'boolean', 'day']).describe('What the field holds.'),
  label: words.describe('How people read it.'),
  outcome: z
    .boolean()
    .default(false)
    .describe('True for what a score must predict (churn): kept away from scores.'),
});

export type WrittenAttribute = z.infer<typeof attribute>;
export type WrittenCustom = z.infer<typeof custom>;

const object = z.strictObject({
  object: fieldName.describe('API name of the object.'),
  accountField: fieldName
    .optional()
    .describe('Field that holds the account’s id. Left out: `Id` on the account, `AccountId` elsewhere.'),
  stampField: fieldName.default('SystemModstamp').describe('Change stamp by which changed rows are found.'),
  where: words.optional().describe("SOQL condition on the rows to read, e.g. `Type LIKE 'Customer%'`."),
  attributes: z.record(z.string(), attribute).describe('Our attribute: their field.'),
  custom: z
    .record(celName, custom)
    .default({})
    .describe('Fields of your own on the account: read in expressions as `custom.<name>`.'),
});

export type WrittenObject = z.infer<typeof object>;

const written = z
  .union([
    fieldName,
    z.strictObject({
      field: fieldName.describe('API name of the field on the account.'),
      onNull: z
        .enum(['clear', 'leave'])
        .default('clear')
        .describe('What a value that we do not have does to the field.'),
    }),
  ])
  .describe('The field that carries it.');

/** mappings/salesforce.yaml as written, with defaults filled in. */
export const writtenSalesforceMapping = z
  .strictObject({
    objects: z
      .record(z.string(), object)
      .describe('Which object holds which kind of rows. A kind that is left out is unknown, not empty.'),
    write: z
      .record(z.string(), written)
      .default({})
      .describe('What of ours is written to the account: our value and their field.'),
    tierLock: fieldName
      .nullable()
      .default(null)
      .describe('Checkbox on the account with which an admin holds the tier.'),
    sentUsage: z
      .array(z.enum(['feature', 'count', 'activeUsers', 'errors', 'keyActions']))
      .default([])
      .describe(
        'What your product or warehouse sends to `POST /v1/usage`, beside what is read under `objects`: only what is named counts as known.',
      ),
  })
  .describe(
    'Our words and their Salesforce fields: mappings/salesforce.yaml. Nothing else is ever read or written.',
  );

export type WrittenSalesforceMapping = z.infer<typeof writtenSalesforceMapping>;
