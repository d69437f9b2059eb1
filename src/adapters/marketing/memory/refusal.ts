import { IntegrationError, type Refusal } from '../../../ports/errors.js';

const WORDS = {
  OBJECT_NOT_FOUND: 'The contact does not exist.',
  INVALID_EMAIL: 'The address is no e-mail address.',
  ALREADY_ENROLLED: 'The contact is in a sequence.',
  UNSUBSCRIBED: 'The contact opted out.',
  BOUNCED: 'Mail to the contact bounced.',
  SENDER_UNKNOWN: 'The sender is no user.',
  INBOX_LIMIT: 'The sender has done as many enrolments as one may do in a day.',
} as const;

export function refusal(code: keyof typeof WORDS): Refusal {
  return {
    code,
    message: WORDS[code],
    fields: code === 'INVALID_EMAIL' ? ['email'] : [],
    retryable: code === 'OBJECT_NOT_FOUND' || code === 'INBOX_LIMIT',
    advice: 'Mend the contact, then retry.',
  };
}

export function missing(what: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'MEMORY_TARGET_MISSING',
    message: `There is no ${what}.`,
    actions: [`Make the ${what}, or correct the playbook.`],
    retryable: false,
    provider: 'memory',
    operation: 'find target',
  });
}
