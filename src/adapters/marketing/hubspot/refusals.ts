import type { IntegrationError, Refusal } from '../../../ports/errors.js';
import { withoutAddresses } from './errors.js';
import { type ErrorAnswer, PROPERTY_PROBLEMS } from './schema.js';

const ADVICE: Readonly<Record<string, string>> = {
  PROPERTY_DOESNT_EXIST:
    'Create the property with `truenorth install`, or take it out of mappings/hubspot.yaml.',
  READ_ONLY_VALUE: 'Map to a property of ours: HubSpot alone writes this one.',
  INVALID_EMAIL: 'Correct the e-mail address of the contact in Salesforce.',
  INVALID_OPTION: 'Add the option to the property in HubSpot, or translate the value.',
  CONFLICT: 'Merge the contacts in HubSpot that share the address.',
  OBJECT_NOT_FOUND: 'The contact was deleted or merged in HubSpot; the next run matches it again.',
  ALREADY_ENROLLED: 'Wait until the contact has left its sequence: HubSpot allows one at a time.',
  UNSUBSCRIBED: 'Nothing: the person opted out.',
  BOUNCED: 'Correct the address: mail to it bounced.',
};

/** One person's refusal, from an error body; no address, no value. */
export function refusalOf(answer: ErrorAnswer): Refusal {
  const problems = propertyProblems(answer.message ?? '');
  const reason = answer.subCategory?.replace(/^SequenceError\./, '');
  const code = problems[0]?.error ?? reason ?? answer.category ?? 'REFUSED';
  const message =
    problems.length > 0
      ? problems.map((one) => `${one.name}: ${one.error}`).join(', ')
      : withoutAddresses(answer.message ?? 'HubSpot gave no reason');
  return {
    code,
    message: message.slice(0, 200),
    fields: problems.map((one) => one.name),
    retryable: code === 'OBJECT_NOT_FOUND',
    advice: ADVICE[code] ?? 'Read the reason, mend the contact in HubSpot or Salesforce, then retry.',
  };
}

/** Problems that a refused write carries as JSON inside its message. */
export function propertyProblems(
  message: string,
): readonly { readonly name: string; readonly error: string }[] {
  const start = message.indexOf('[{');
  if (start < 0) return [];
  try {
    const read = PROPERTY_PROBLEMS.safeParse(JSON.parse(message.slice(start, message.lastIndexOf(']') + 1)));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

/** One person was not sent because something went wrong for all: may be tried later. */
export function notSent(error: IntegrationError): Refusal {
  return {
    code: error.code,
    message: error.message,
    fields: [],
    retryable: true,
    advice: error.actions[0] ?? 'Run again later.',
  };
}

/** One contact is not there any more. */
export function gone(): Refusal {
  return refusalOf({ category: 'OBJECT_NOT_FOUND', message: 'The contact does not exist any more.' });
}

export function senderUnknown(): Refusal {
  return {
    code: 'SENDER_UNKNOWN',
    message: 'The sender is no active user of the HubSpot account.',
    fields: [],
    retryable: false,
    advice: 'Invite the sender to HubSpot, give a sales or service seat, and connect the inbox.',
  };
}

export function sequenceNotShared(target: string): Refusal {
  return {
    code: 'SEQUENCE_NOT_SHARED',
    message: `The sender does not see the sequence "${target}".`,
    fields: [],
    retryable: false,
    advice: 'Share the sequence with the sender in HubSpot, and give the sender a sales or service seat.',
  };
}

/**
 * HubSpot's limit for one inbox and day is reached. The page of reasons calls it "rate limit reached"; how the API
 * words it is published nowhere (seen 2026-11-22), so that a limit named in the reason or the message counts.
 */
export function inboxIsFull({ subCategory, message }: ErrorAnswer): boolean {
  const reason = subCategory ?? '';
  return /LIMIT_(REACHED|EXCEEDED)$/.test(reason) || /enrol\w* limit|limit \w* ?enrol/i.test(message ?? '');
}

export function inboxFull(): Refusal {
  return {
    code: 'INBOX_LIMIT',
    message: 'The inbox has done as many enrolments as HubSpot lets one inbox do in a day.',
    fields: [],
    retryable: true,
    advice: 'Nothing: the rest is enrolled on the next day. Spread the step over more senders.',
  };
}
