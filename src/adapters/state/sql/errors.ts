import { IntegrationError, type IntegrationErrorFields } from '../../../ports/errors.js';
import type { Fault } from './dialect.js';

type Sentence = Pick<IntegrationErrorFields, 'kind' | 'code' | 'message' | 'actions' | 'retryable'>;

const FAULTS: Readonly<Record<Fault, (where: string) => Sentence>> = {
  busy: (where) => ({
    kind: 'Transient',
    code: 'STATE_BUSY',
    message: `Another process kept the state in ${where} locked for too long.`,
    actions: [
      'Wait until the other run has finished, then run again.',
      'If no other run is alive, close the program that holds the file open, such as a database browser or a backup.',
    ],
    retryable: true,
  }),
  corrupt: (where) => ({
    kind: 'Config',
    code: 'STATE_CORRUPT',
    message: `The state in ${where} is damaged, or is no state of Truenorth.`,
    actions: [
      'Restore the file, together with its -wal file, from a backup.',
      'Without a backup, move it away and run again: the book is read anew, and playbooks stay armed until what was sent has been read back.',
    ],
    retryable: false,
  }),
  unwritable: (where) => ({
    kind: 'Config',
    code: 'STATE_NOT_WRITABLE',
    message: `The state in ${where} cannot be opened for writing.`,
    actions: [
      'Give this user the right to write the file and its folder.',
      'Choose another folder with --dir.',
    ],
    retryable: false,
  }),
  full: (where) => ({
    kind: 'Config',
    code: 'STATE_DISK_FULL',
    message: `The disk refused to store the state in ${where}; nothing that was confirmed is lost.`,
    actions: ['Free space on that disk, then run again.', 'Check the disk for faults.'],
    retryable: false,
  }),
  other: (where) => ({
    kind: 'UnexpectedResponse',
    code: 'STATE_FAILED',
    message: `The state in ${where} gave an answer that was not expected.`,
    actions: ['Run again.', 'If it happens again, report the error with its cause from the log.'],
    retryable: false,
  }),
};

/** Where the state is and how its database names failures. */
export interface FaultContext {
  readonly where: string;
  readonly faultOf: (error: unknown) => Fault;
}

export function stateError(error: unknown, operation: string, context: FaultContext): IntegrationError {
  if (error instanceof IntegrationError) return error;
  const sentence = FAULTS[context.faultOf(error)](context.where);
  return new IntegrationError({ ...sentence, provider: 'state', operation, cause: error });
}

export function newerStateError(where: string, found: number, known: number): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'STATE_NEWER',
    message: `The state in ${where} was written by a newer Truenorth (schema ${found}; this one knows ${known}).`,
    actions: [
      'Run the newer version again.',
      'To go back, restore the state from a backup of that time, or choose another folder with --dir.',
    ],
    retryable: false,
    provider: 'state',
    operation: 'open',
  });
}
