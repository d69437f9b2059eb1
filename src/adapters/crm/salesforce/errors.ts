import { type ErrorKind, IntegrationError } from '../../../ports/errors.js';

interface Entry {
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly actions: readonly string[];
}

/** Every failure that this adapter can throw, with what to do about it. */
export const SALESFORCE_ERRORS = {
  SF_LOGIN_REFUSED: {
    kind: 'Authentication',
    retryable: false,
    actions: [
      'Check the client id, the secret or key, and the user name that Truenorth logs in with.',
      'In Salesforce, check that the connected app is approved for this user and that the login URL is right (client credentials need the My Domain URL).',
    ],
  },
  SF_SESSION_REFUSED: {
    kind: 'Authentication',
    retryable: false,
    actions: [
      'Check in Setup > Login History why the session of the integration user is refused.',
      'Check that the user may use the API and that no IP restriction applies.',
    ],
  },
  SF_TOKEN_EXPIRED: {
    kind: 'Authentication',
    retryable: false,
    actions: [
      'Provide a new access token.',
      'For unattended runs use the JWT bearer or client credentials login, which renew themselves.',
    ],
  },
  SF_KEY_UNREADABLE: {
    kind: 'Config',
    retryable: false,
    actions: ['Provide the private key of the connected app in PEM form (BEGIN PRIVATE KEY).'],
  },
  SF_LOGIN_SETTINGS: {
    kind: 'Config',
    retryable: false,
    actions: ['Correct the login settings named in the message.'],
  },
  SF_ACCESS_DENIED: {
    kind: 'Authorization',
    retryable: false,
    actions: ['Run `truenorth install --apply` to assign the permission set to the integration user.'],
  },
  SF_API_DISABLED: {
    kind: 'Authorization',
    retryable: false,
    actions: [
      'Enable the API for the integration user ("API Enabled" permission) and check the edition of the org.',
    ],
  },
  SF_FIELD_NOT_VISIBLE: {
    kind: 'Config',
    retryable: false,
    actions: [
      'Check the name in mappings/salesforce.yaml against the field list of the object.',
      'If the field exists, run `truenorth install --apply`: the integration user has no field-level access to it.',
    ],
  },
  SF_OBJECT_NOT_VISIBLE: {
    kind: 'Config',
    retryable: false,
    actions: [
      'Check the object name in mappings/salesforce.yaml.',
      'If the object exists, give the integration user read access to it.',
    ],
  },
  SF_QUERY_REFUSED: {
    kind: 'Config',
    retryable: false,
    actions: ['Check the `where` condition and the fields of this object in mappings/salesforce.yaml.'],
  },
  SF_TWO_LONG_TEXTS: {
    kind: 'Config',
    retryable: false,
    actions: ['Read at most one long text field of an object, or read them in separate requests.'],
  },
  SF_COMPOUND_FIELD: {
    kind: 'Config',
    retryable: false,
    actions: ['Map the parts of the field instead (BillingCity, not BillingAddress).'],
  },
  SF_BAD_ID: {
    kind: 'Config',
    retryable: false,
    actions: ['Use the 15 or 18 character Salesforce id.'],
  },
  SF_BAD_NAME: {
    kind: 'Config',
    retryable: false,
    actions: ['Use the API name of the object or field, letters, digits and underscores only.'],
  },
  SF_DUPLICATE_CHANGE: {
    kind: 'Config',
    retryable: false,
    actions: ['Merge the changes of one record before they are written; nothing was sent.'],
  },
  SF_BUDGET_SPENT: {
    kind: 'RateLimited',
    retryable: false,
    actions: [
      'Run the same command again tomorrow: it resumes where it stopped.',
      'Or raise the share of the daily API quota that Truenorth may use.',
    ],
  },
  SF_DAILY_LIMIT: {
    kind: 'RateLimited',
    retryable: false,
    actions: [
      'Wait until the rolling 24-hour quota of the org recovers, then run the same command again: it resumes.',
      'In Setup > System Overview see which integration uses the API requests.',
    ],
  },
  SF_CONCURRENT_LIMIT: {
    kind: 'RateLimited',
    retryable: true,
    actions: ['Try again in a minute: too many long requests were running at the same time.'],
  },
  SF_THROTTLED: {
    kind: 'RateLimited',
    retryable: true,
    actions: ['Try again in a minute: the server asked to slow down.'],
  },
  SF_UNREACHABLE: {
    kind: 'Transient',
    retryable: true,
    actions: [
      'Check the network, and that the login or instance URL is right.',
      'Run the same command again: it resumes where it stopped.',
    ],
  },
  SF_UNAVAILABLE: {
    kind: 'Transient',
    retryable: true,
    actions: ['Look at status.salesforce.com, then run the same command again: it resumes where it stopped.'],
  },
  SF_TRUNCATED: {
    kind: 'Transient',
    retryable: true,
    actions: ['Run the same command again: it resumes where it stopped.'],
  },
  SF_CURSOR_LOST: {
    kind: 'Transient',
    retryable: false,
    actions: ['Run the same command again: it resumes after the last record that arrived.'],
  },
  SF_NOT_FOUND: {
    kind: 'UnexpectedResponse',
    retryable: false,
    actions: [
      'Check that the API version in the settings is one that the org offers.',
      'Run the same command again.',
    ],
  },
  SF_JOB_FAILED: {
    kind: 'Transient',
    retryable: false,
    actions: [
      'Look at Setup > Bulk Data Load Jobs for the job named in the message, then run the command again.',
    ],
  },
  SF_JOB_TOO_SLOW: {
    kind: 'Transient',
    retryable: false,
    actions: ['Run the same command again later: the org is busy and the job has not finished in time.'],
  },
  SF_BULK_UNSUPPORTED: {
    kind: 'UnexpectedResponse',
    retryable: false,
    actions: ['Report this message: the object should have been read page by page instead.'],
  },
  SF_BULK_CONTENT_KNOWN: {
    kind: 'UnexpectedResponse',
    retryable: false,
    actions: ['Report this message: the job had already received its rows.'],
  },
  SF_COUNT_MISMATCH: {
    kind: 'UnexpectedResponse',
    retryable: false,
    actions: ['Run the same command again; if it happens again, report the job named in the message.'],
  },
  SF_INSTALL_REFUSED: {
    kind: 'UnexpectedResponse',
    retryable: false,
    actions: [
      'Give the user who installs the "Customize Application" permission, or deploy the folder that `truenorth install --out` writes.',
    ],
  },
  SF_UNEXPECTED: {
    kind: 'UnexpectedResponse',
    retryable: false,
    actions: ['Run the command again with debug logging and report the message.'],
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type SalesforceErrorCode = keyof typeof SALESFORCE_ERRORS;

export interface Occurrence {
  readonly operation: string;
  readonly message: string;
  /** Overrides the catalogue: an unrepeatable request is never retried, whatever failed. */
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export function salesforceError(code: SalesforceErrorCode, occurrence: Occurrence): IntegrationError {
  const entry: Entry = SALESFORCE_ERRORS[code];
  return new IntegrationError({ ...entry, code, provider: 'salesforce', ...occurrence });
}

export function isCode(error: unknown, ...codes: readonly SalesforceErrorCode[]): error is IntegrationError {
  return error instanceof IntegrationError && codes.some((code) => code === error.code);
}
