import type { ErrorEntry } from './errors-setup.js';

/** Failures of the service and its limits: most pass by themselves. */
export const SERVICE_ERRORS = {
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
  SF_REQUEST_REFUSED: {
    kind: 'UnexpectedResponse',
    retryable: false,
    actions: ['Report the message: Salesforce refused the request itself, and nothing was done.'],
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
} as const satisfies Readonly<Record<string, ErrorEntry>>;
