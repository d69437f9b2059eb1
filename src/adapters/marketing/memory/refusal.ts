import type { Refusal } from '../../../ports/errors.js';

const WORDS = {
  OBJECT_NOT_FOUND: 'The contact does not exist.',
  INVALID_EMAIL: 'The address is no e-mail address.',
  ALREADY_ENROLLED: 'The contact is in a sequence.',
  UNSUBSCRIBED: 'The contact opted out.',
  BOUNCED: 'Mail to the contact bounced.',
  SENDER_UNKNOWN: 'The sender is no user.',
} as const;

export function refusal(code: keyof typeof WORDS): Refusal {
  return {
    code,
    message: WORDS[code],
    fields: code === 'INVALID_EMAIL' ? ['email'] : [],
    retryable: code === 'OBJECT_NOT_FOUND',
    advice: 'Mend the contact, then retry.',
  };
}
