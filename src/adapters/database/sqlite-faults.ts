import { codeOf, type Fault } from './dialect.js';

/** What a failure of SQLite, or of the file system beneath it, means to whoever runs Truenorth. */
export function sqliteFault(error: unknown, where: string): Fault {
  const code = codeOf(error);
  const known = FAULTS.find(([pattern]) => pattern.test(code))?.[1] ?? unexpected;
  return known(where);
}

const FAULTS: readonly (readonly [RegExp, (where: string) => Fault])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, busy],
  [/^SQLITE_(CORRUPT|NOTADB)/, corrupt],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, unwritable],
  [/^SQLITE_(FULL|IOERR)/, full],
  [/^(EACCES|EPERM|EROFS|ENOTDIR|EISDIR|EEXIST|ENOENT)$/, unwritable],
  [/^(ENOSPC|EDQUOT)$/, full],
];

function busy(where: string): Fault {
  return {
    kind: 'Transient',
    code: 'STATE_BUSY',
    message: `Another process kept the state in ${where} locked for too long.`,
    actions: [
      'Wait until the other run has finished, then run again.',
      'If no other run is alive, close the program that holds the file open, such as a database browser or a backup.',
    ],
    retryable: true,
  };
}

function corrupt(where: string): Fault {
  return {
    kind: 'Config',
    code: 'STATE_CORRUPT',
    message: `The state in ${where} is damaged, or is no state of Truenorth.`,
    actions: [
      'Restore the file, together with its -wal file, from a backup.',
      'Without a backup, move it away and run again: the book is read anew, and playbooks stay armed until what was sent has been read back.',
    ],
    retryable: false,
  };
}

function unwritable(where: string): Fault {
  return {
    kind: 'Config',
    code: 'STATE_NOT_WRITABLE',
    message: `The state in ${where} cannot be opened for writing.`,
    actions: [
      'Give this user the right to write the file and its folder.',
      'Choose another folder with --dir.',
    ],
    retryable: false,
  };
}

function full(where: string): Fault {
  return {
    kind: 'Config',
    code: 'STATE_DISK_FULL',
    message: `The disk refused to store the state in ${where}; nothing that was confirmed is lost.`,
    actions: ['Free space on that disk, then run again.', 'Check the disk for faults.'],
    retryable: false,
  };
}

function unexpected(where: string): Fault {
  return {
    kind: 'UnexpectedResponse',
    code: 'STATE_FAILED',
    message: `The state in ${where} gave an answer that was not expected.`,
    actions: ['Run again.', 'If it happens again, report the error with its cause from the log.'],
    retryable: false,
  };
}
