import { type ErrorKind, IntegrationError } from '../../../ports/errors.js';

/** The address, or a Config error: what is sent names accounts and does not travel in the open. */
export function chatUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const fits = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url !== null && fits) return url.href;
  throw failure('Config', 'CHAT_URL', 'TRUENORTH_CHAT_URL is no https address.', [
    'Copy the whole address of the incoming webhook from the chat, beginning with https://.',
  ]);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

export function noAnswer(): IntegrationError {
  return failure('Transient', 'CHAT_SILENT', 'The chat gave no answer.', [
    'It is tried again by itself. If it lasts, check TRUENORTH_CHAT_URL and the firewall.',
  ]);
}

export function refused(status: number): IntegrationError {
  const wait = status >= 500 || status === 429;
  if (wait) {
    const code = `CHAT_${status}`;
    return failure(status === 429 ? 'RateLimited' : 'Transient', code, `The chat asks to wait (${status}).`, [
      'It is tried again by itself.',
    ]);
  }
  return failure('UnexpectedResponse', `CHAT_${status}`, `The chat refused the message (${status}).`, [
    'Make a new incoming webhook in the chat, and set TRUENORTH_CHAT_URL to its address.',
  ]);
}

function failure(
  kind: ErrorKind,
  code: string,
  message: string,
  actions: readonly string[],
): IntegrationError {
  return new IntegrationError({
    kind,
    code,
    message,
    actions,
    retryable: kind === 'Transient' || kind === 'RateLimited',
    provider: 'chat',
    operation: 'send message',
  });
}
