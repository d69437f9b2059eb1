import type { IntegrationError, Refusal } from '../../../ports/errors.js';
import { problemsOf, wordsOf } from './errors.js';
import type { Problem } from './schema.js';

const ADVICE = {
  ALREADY_IN_SEQUENCE: 'Nothing: the prospect went through the sequence before.',
  ALREADY_ENROLLED: 'Wait until the prospect has left its sequence, or finish it in Outreach.',
  AMBIGUOUS: 'Merge the prospects in Outreach that share the address.',
  ATTRIBUTE_UNKNOWN: 'Carry it in one of custom1 to custom150 in mappings/outreach.yaml.',
  BOUNCED: 'Correct the address, then finish the bounced sequence of the prospect in Outreach.',
  EMAIL_TAKEN:
    'Let the user that authorised the application see all prospects: one that it cannot see has the address.',
  INVALID_EMAIL: 'Correct the e-mail address of the contact in Salesforce.',
  MAILBOX_SEND_DISABLED: 'Let the mailbox send again in Outreach under Settings > Mailboxes.',
  MAILBOX_UNKNOWN: 'Invite the sender to Outreach and connect the mailbox under that address.',
  MAILBOX_USER_LOCKED: 'Unlock the sender in Outreach, or give the account another owner.',
  OBJECT_NOT_FOUND: 'The prospect was deleted or merged in Outreach; the next run matches it again.',
  SEQUENCE_DISABLED: 'Activate the sequence in Outreach.',
  SEQUENCE_FULL: 'Raise the maximum activations of the sequence in Outreach.',
  UNSUBSCRIBED: 'Nothing: the person opted out.',
  VALIDATION_ERROR:
    'Read the reason, mend the prospect in Outreach or the contact in Salesforce, then retry.',
} as const;
type Code = keyof typeof ADVICE;

/** Each may succeed later without anybody touching the person. */
const RETRYABLE: readonly Code[] = ['OBJECT_NOT_FOUND', 'SEQUENCE_DISABLED', 'SEQUENCE_FULL'];

/**
 * Words of a 422 and what they mean. `has already been in this sequence` is what Supaglue's connector matches, the
 * taken address is from a stand-in of balena's; the others are believed (src/sandbox/outreach/README.md, 2026-11-22).
 */
const MEANINGS: readonly (readonly [RegExp, Code])[] = [
  [/already been taken/i, 'EMAIL_TAKEN'],
  [/already (been|active) in this sequence/i, 'ALREADY_IN_SEQUENCE'],
  [/exclusive sequence/i, 'ALREADY_ENROLLED'],
  [/opted out/i, 'UNSUBSCRIBED'],
  [/no email address|^emails? (is|are) invalid/i, 'INVALID_EMAIL'],
  [/bounced/i, 'BOUNCED'],
  [/sequence is not enabled/i, 'SEQUENCE_DISABLED'],
  [/maximum activations/i, 'SEQUENCE_FULL'],
  [/sending disabled/i, 'MAILBOX_SEND_DISABLED'],
  [/user is locked/i, 'MAILBOX_USER_LOCKED'],
  [/mailbox must exist/i, 'MAILBOX_UNKNOWN'],
  [/prospect must exist|could not find 'prospect'/i, 'OBJECT_NOT_FOUND'],
  [/is not recognised/i, 'ATTRIBUTE_UNKNOWN'],
];

/** Codes that mean the same for everybody whom this sender writes to. */
export const ABOUT_THE_SENDER: readonly string[] = [
  'MAILBOX_SEND_DISABLED',
  'MAILBOX_USER_LOCKED',
  'MAILBOX_UNKNOWN',
];

export function refusal(code: Code, message: string, fields: readonly string[] = []): Refusal {
  return { code, message, fields, retryable: RETRYABLE.includes(code), advice: ADVICE[code] };
}

/** One person's refusal, from an error body; no address, no value. */
export function refusalOf(body: unknown): Refusal {
  const problems = problemsOf(body);
  const code = problems.map(codeOf).find((one) => one !== null) ?? 'VALIDATION_ERROR';
  const fields = code === 'INVALID_EMAIL' ? ['email'] : problems.flatMap(fieldOf);
  return refusal(code, wordsOf(problems[0]), fields);
}

function codeOf(problem: Problem): Code | null {
  const said = `${problem.detail ?? problem.title ?? ''}\n${problem.code ?? ''}`;
  return MEANINGS.find(([words]) => words.test(said))?.[1] ?? null;
}

function fieldOf({ source }: Problem): readonly string[] {
  const field = /^\/data\/attributes\/(\w+)/.exec(source?.pointer ?? '')?.[1];
  return field === undefined ? [] : [field];
}

/** One person was not reached because something went wrong for all: may be tried later. */
export function notDone(error: IntegrationError): Refusal {
  return {
    code: error.code,
    message: error.message,
    fields: [],
    retryable: true,
    advice: error.actions[0] ?? 'Run again later.',
  };
}

export function gone(): Refusal {
  return refusal('OBJECT_NOT_FOUND', 'The prospect does not exist any more.');
}
