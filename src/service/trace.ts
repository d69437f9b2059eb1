import { randomBytes } from 'node:crypto';

/** The thread by which all that a request, a command or a job leads to is found again: 32 hexadecimal characters. */
export function newTrace(): string {
  return randomBytes(16).toString('hex');
}
