import type { ErrorKind } from '../../../ports/errors.js';

/** What is fixed about an error: whose turn it is, and what they can do. */
export interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly actions: readonly string[];
}

/** Failures that somebody must mend: logins, permissions, mappings. */
export const SETUP_ERRORS = {
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
  SF_BAD_VALUE: {
    kind: 'Config',
    retryable: false,
    actions: ['Compare dates with `YYYY-MM-DD`, times with ISO 8601, and check that the field is visible.'],
  },
  SF_DUPLICATE_CHANGE: {
    kind: 'Config',
    retryable: false,
    actions: ['Merge the changes of one record before they are written; nothing was sent.'],
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
