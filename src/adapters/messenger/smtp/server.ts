import { IntegrationError } from '../../../ports/errors.js';

interface Server {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** True = no mail and no password before the connection is encrypted. */
  readonly requireTLS: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

const PORTS = { 'smtp:': 25, 'smtps:': 465 } as const;

/** The server behind a URL. A password never goes over an open line, except on this machine. */
export function serverOf(text: string): Server {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '')
    throw unfit();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const known = url.username !== '';
  const secure = url.protocol === 'smtps:';
  const server = {
    host,
    port: url.port === '' ? PORTS[url.protocol] : Number(url.port),
    secure,
    requireTLS: known && !secure && !isLoopback(host),
  };
  const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return known ? { ...server, auth } : server;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function unfit(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'SMTP_URL',
    message: 'TRUENORTH_SMTP_URL is no address of a mail server.',
    actions: ['Write it like smtps://user:password@mail.example.com, special characters percent-encoded.'],
    retryable: false,
    provider: 'smtp',
    operation: 'configure mail',
  });
}
