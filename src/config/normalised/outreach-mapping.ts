import { z } from 'zod';

const attribute = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9]*$/,
    'must be a prospect’s attribute as the API names it: firstName, company, custom1',
  );

/** mappings/outreach.yaml as written, with defaults filled in. */
export const writtenOutreachMapping = z
  .strictObject({
    prospect: z
      .record(attribute, z.string())
      .default({})
      .describe('Prospect attribute: what it carries (`health.band`, `account.arr`, `contact.firstName`).'),
  })
  .describe('What is carried to Outreach, for sequences to be written with: mappings/outreach.yaml.');

export type WrittenOutreachMapping = z.infer<typeof writtenOutreachMapping>;
