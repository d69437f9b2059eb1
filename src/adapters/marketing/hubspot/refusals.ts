import type { IntegrationError, Refusal } from '../../../ports/errors.js';

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

export function senderUnknown(): Refusal {
  return {
    code: 'SENDER_UNKNOWN',
    message: 'The sender is no active user of the HubSpot account.',
    fields: [],
    retryable: false,
    advice: 'Invite the sender to HubSpot, give a sales or service seat, and connect the inbox.',
  };
}

export function senderDone(most: number): Refusal {
  return {
    code: 'SENDER_DAILY_LIMIT',
    message: `${most} enrolments in 24 hours are what HubSpot lets one inbox do.`,
    fields: [],
    retryable: true,
    advice: 'Nothing: the rest is enrolled on the next day. Spread the step over more senders.',
  };
}
