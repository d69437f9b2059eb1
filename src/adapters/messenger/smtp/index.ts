import { createTransport } from 'nodemailer';
import type { Messenger, OutgoingMessage } from '../../../ports/messenger.js';
import { asHtml, asText } from './convert.js';
import { notTaken } from './errors.js';
import { serverOf } from './server.js';

export interface SmtpOptions {
  /** `smtps://user:password@host:465`, or `smtp://host:25`. */
  readonly url: string;
  readonly from: string;
  /** At least one. Nobody sees who else is told. */
  readonly to: readonly string[];
  /** Longest wait for any answer of the server. */
  readonly timeoutMs: number;
}

/** Mail through one server; a new connection for each message. Throws a Config error where the URL is unfit. */
export function smtpMessenger({ url, from, to, timeoutMs }: SmtpOptions): Messenger {
  const transport = createTransport({
    ...serverOf(url),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // A message holds text that others wrote: it never makes us read a file or call an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const send = async (message: OutgoingMessage): Promise<void> => {
    const { subject } = message;
    const mail = { from, to: from, subject, text: asText(message), html: asHtml(message) };
    try {
      await transport.sendMail({ ...mail, envelope: { from, to: [...to] } });
    } catch (error) {
      throw notTaken(error);
    }
  };
  return { id: 'email', send, close: () => transport.close() };
}
