import { IntegrationError } from '../../../ports/errors.js';

/** What nodemailer tells of a failure: its own code, and the server's answer where there was one. */
interface Told {
  readonly code: string;
  readonly status: number | null;
}

/** A message that the server did not take. Its words may quote addresses, so that only codes are kept. */
export function notTaken(error: unknown): IntegrationError {
  const { code, status } = toldBy(error);
  if (code === 'EAUTH') {
    return failure('Authentication', 'SMTP_LOGIN', 'The mail server does not take our login.', [
      'Correct user and password in TRUENORTH_SMTP_URL.',
    ]);
  }
  if (status !== null && status >= 500) {
    return failure(
      'UnexpectedResponse',
      `SMTP_${status}`,
      `The mail server refused the message (${status}).`,
      [
        'Check alerts.mailFrom and alerts.mailTo in config/service.yaml, and whether the server lets us send for that sender.',
      ],
    );
  }
  return failure(
    'Transient',
    status === null ? 'SMTP_SILENT' : `SMTP_${status}`,
    'The mail server can’t be reached or asks to wait.',
    ['It is tried again by itself. If it lasts, check the address in TRUENORTH_SMTP_URL and the firewall.'],
  );
}

function toldBy(error: unknown): Told {
  const { code, responseCode } = (error ?? {}) as {
    readonly code?: unknown;
    readonly responseCode?: unknown;
  };
  return {
    code: typeof code === 'string' ? code : '',
    status: typeof responseCode === 'number' ? responseCode : null,
  };
}

function failure(
  kind: 'Authentication' | 'UnexpectedResponse' | 'Transient',
  code: string,
  message: string,
  actions: readonly string[],
): IntegrationError {
  const retryable = kind === 'Transient';
  return new IntegrationError({
    kind,
    code,
    message,
    actions,
    retryable,
    provider: 'smtp',
    operation: 'send mail',
  });
}
