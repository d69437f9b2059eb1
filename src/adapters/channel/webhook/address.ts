import { IntegrationError } from '../../../ports/errors.js';

const SHORTEST_SECRET = 16;

/** The address, or a Config error. What is sent names accounts and people's ids: it does not travel in the open. */
export function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw unfit('WEBHOOK_URL', 'The URL of the webhook is no URL.', WHOLE_URL);
  if (url.username !== '' || url.password !== '') {
    throw unfit('WEBHOOK_URL', 'The URL of the webhook carries a user name or password.', SIGNED);
  }
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!secure) throw unfit('WEBHOOK_URL', `The webhook at ${url.host} is not reached by https.`, WHOLE_URL);
  return url.href;
}

const WHOLE_URL = 'Give the whole address, beginning with https:// (http:// only on this machine).';
const SIGNED = 'Take them out: the receiver knows us by the signature.';

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

export function checkedSecret(secret: string): string {
  if (secret.length >= SHORTEST_SECRET) return secret;
  const message = `The signing secret of the webhook is shorter than ${SHORTEST_SECRET} characters.`;
  throw unfit('WEBHOOK_SECRET', message, 'Make a random secret and give it to both sides.');
}

function unfit(code: string, message: string, action: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code,
    message,
    actions: [action],
    retryable: false,
    provider: 'webhook',
    operation: 'configure webhook',
  });
}
