import { IntegrationError, type Refusal } from '../../../ports/errors.js';

const COMMON = {
  kind: 'Config',
  retryable: false,
  provider: 'salesforce',
  operation: 'find campaign',
} as const;

export function campaignMissing(target: string): IntegrationError {
  return new IntegrationError({
    ...COMMON,
    code: 'CAMPAIGN_MISSING',
    message: `There is no campaign "${target}" in Salesforce, or the integration user does not see it.`,
    actions: [
      `Make the campaign "${target}" in Salesforce, or correct the name in the playbook.`,
      'If it exists, give the integration user read access to campaigns and share this one with it.',
    ],
  });
}

export function campaignAmbiguous(target: string, count: number): IntegrationError {
  return new IntegrationError({
    ...COMMON,
    code: 'CAMPAIGN_AMBIGUOUS',
    message: `${count} campaigns in Salesforce are called "${target}".`,
    actions: ['Give the campaign that is meant a name of its own, and write that name in the playbook.'],
  });
}

/** A step about an account as a whole has nobody who could become a member. */
export const NOBODY: Refusal = {
  code: 'CONTACT_MISSING',
  message: 'Only a contact can become a member of a campaign.',
  fields: ['ContactId'],
  retryable: false,
  advice: 'Choose people for this step of the playbook, or open a task instead.',
};
