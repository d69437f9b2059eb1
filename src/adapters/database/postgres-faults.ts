import { IntegrationError } from '../../ports/errors.js';
import { codeOf, type Fault } from './dialect.js';

/** What a failure of PostgreSQL, or of the way to it, means to whoever runs Truenorth. */
export function postgresFault(error: unknown, where: string): Fault {
  const code = codeOf(error);
  const said = error instanceof Error ? error.message : '';
  const known = FAULTS.find(([codes, words]) => codes.test(code) || words?.test(said))?.[2] ?? unexpected;
  return known(where);
}

/**
 * By SQLSTATE or the operating system's code, else by words: some failures of the client carry no code. A key that
 * is there already, though it was not when we looked, was written by somebody who was quicker.
 */
const FAULTS: readonly (readonly [RegExp, RegExp | null, (where: string) => Fault])[] = [
  [/^(40001|40P01|23505)$/, null, overtaken],
  [/^(55P03|57014|25P03)$/, null, busy],
  [/^28/, null, refused],
  [/^3D000$/, null, missing],
  [/^(42501|25006)$/, null, forbidden],
  [/^53300$/, /timeout exceeded when trying to connect/, crowded],
  [/^(53100|58030)$/, null, full],
  [/^XX00[12]$/, null, corrupt],
  [/CERT|^ERR_(TLS|SSL)|^EPROTO$/, /does not support SSL|certificate/, insecure],
  [
    /^(08|57P|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET|EPIPE)/,
    /^Connection terminated|not queryable|has been discarded|not currently accepting connections/,
    unreachable,
  ],
];

type Sentences = Pick<Fault, 'message' | 'actions'>;

function passing(code: string, sentences: Sentences): Fault {
  return { kind: 'Transient', code, retryable: true, ...sentences };
}

function lasting(code: string, sentences: Sentences): Fault {
  return { kind: 'Config', code, retryable: false, ...sentences };
}

function overtaken(where: string): Fault {
  return { ...busy(where), overtaken: true };
}

function busy(where: string): Fault {
  return passing('STATE_BUSY', {
    message: `Other processes kept the state in ${where} locked for too long.`,
    actions: [
      'Wait until the other run has finished, then run again.',
      'If no other run is alive, look for a session that holds locks: select * from pg_stat_activity.',
    ],
  });
}

function unreachable(where: string): Fault {
  return passing('STATE_UNREACHABLE', {
    message: `The ${where} cannot be reached, or the connection to it was lost; nothing that was confirmed is lost.`,
    actions: [
      'Check that the database server runs and that DATABASE_URL names its host and port.',
      'Then run again: it goes on where this run stopped.',
    ],
  });
}

function crowded(where: string): Fault {
  return passing('STATE_CROWDED', {
    message: `The ${where} has no connection left for us.`,
    actions: [
      'End sessions that nobody needs, or raise max_connections of the server or the limit of the user.',
      'Run fewer workers: each process uses up to four connections for each org.',
    ],
  });
}

function refused(where: string): Fault {
  return {
    kind: 'Authentication',
    code: 'STATE_LOGIN_REFUSED',
    message: `The ${where} refused the user or the password in DATABASE_URL.`,
    actions: [
      'Correct user and password in DATABASE_URL; special characters in them are percent-encoded.',
      'Ask whoever runs the server whether this user may connect from this machine (pg_hba.conf).',
    ],
    retryable: false,
  };
}

function missing(where: string): Fault {
  return lasting('STATE_NO_DATABASE', {
    message: `There is no ${where}.`,
    actions: ['Make the database (createdb), or correct its name in DATABASE_URL.'],
  });
}

function forbidden(where: string): Fault {
  return lasting('STATE_NOT_WRITABLE', {
    message: `The user in DATABASE_URL may not write in ${where}.`,
    actions: [
      'Grant the user the right to create schemas in the database, or make the schema and give it to the user.',
      'If the server is a standby, name the primary in DATABASE_URL.',
    ],
  });
}

function insecure(where: string): Fault {
  return lasting('STATE_NOT_ENCRYPTED', {
    message: `No encrypted connection to the ${where} could be agreed on.`,
    actions: [
      'Check sslmode in DATABASE_URL against what the server offers.',
      'If its certificate is signed by your own authority, name that with sslrootcert in DATABASE_URL.',
    ],
  });
}

function full(where: string): Fault {
  return lasting('STATE_DISK_FULL', {
    message: `The server's disk refused to store the state in ${where}; nothing that was confirmed is lost.`,
    actions: ["Free space on the server's disk, then run again."],
  });
}

function corrupt(where: string): Fault {
  return lasting('STATE_CORRUPT', {
    message: `The state in ${where} is damaged.`,
    actions: ['Restore the database from a backup.'],
  });
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

/** Says nothing of what was written there: it may hold a password. */
export function notAnAddress(): IntegrationError {
  return new IntegrationError({
    ...lasting('STATE_ADDRESS_WRONG', {
      message: 'DATABASE_URL is not the address of a PostgreSQL database.',
      actions: ['Write it like postgres://user:password@db.example.com:5432/truenorth.'],
    }),
    provider: 'state',
    operation: 'open',
  });
}
