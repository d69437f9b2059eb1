import type { Refusal } from '../../../ports/errors.js';

const ADVICE: Readonly<Record<number, string>> = {
  400: 'The receiver does not understand the event: ask its owner what it expects.',
  401: 'Give the receiver the same signing secret, and compare the clocks of both machines.',
  403: 'Give the receiver the same signing secret, or let our address through its firewall.',
  404: 'The receiver is not at this address any more: correct the URL of the webhook.',
  410: 'The receiver was closed: correct the URL of the webhook, or take the step out of the playbook.',
  422: 'The receiver does not know what to do with the event: ask its owner which events it takes.',
  429: 'The receiver asked to slow down: the next run sends it again.',
};

/** A receiver's answer that nothing was done. Only one that asks for patience may pass later by itself. */
export function refusalOf(status: number, retryAfter: string | null): Refusal {
  const moved = status < 400;
  return {
    code: `HTTP_${status}`,
    message: `The receiver answered ${status}${patience(status, retryAfter)}.`,
    fields: [],
    retryable: status === 429,
    advice: moved
      ? 'The receiver has moved, and redirects are not followed: enter its new address as the URL of the webhook.'
      : (ADVICE[status] ?? 'Ask the owner of the receiver why it refuses the event.'),
  };
}

/** Seconds, or a date; anything else is not repeated. */
function patience(status: number, retryAfter: string | null): string {
  if (status !== 429 || retryAfter === null) return '';
  if (/^\d+$/.test(retryAfter)) return `, again in ${retryAfter} seconds`;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? '' : `, again after ${new Date(until).toISOString()}`;
}

/** Not sent at all. */
export const SILENT: Refusal = {
  code: 'WEBHOOK_SILENT',
  message: 'The receiver left several events in a row unanswered; this one was not sent.',
  fields: [],
  retryable: true,
  advice: 'Look after the receiver: the next run sends it.',
};
