import { checkbox, date, datetime, draft, lookup, number, parent, text } from './field-draft.js';
import type { RecordDraft } from './record-draft.js';

export const SNAPSHOT: RecordDraft<'snapshot'> = {
  label: 'Health Snapshot',
  plural: 'Health Snapshots',
  description: 'Health and tier of a customer on a day: on every change of band or tier, and monthly.',
  numbering: { label: 'Snapshot', format: 'S-{0000000}' },
  sharing: 'parent',
  ofPeople: false,
  fields: {
    account: draft(
      'Account',
      parent('Account', 'Health_Snapshots', 'Health Snapshots'),
      'The customer that was looked at.',
    ),
    on: draft('Snapshot On', date, 'Day of the snapshot.'),
    why: draft(
      'Taken Because',
      text(80),
      'What the snapshot was taken for: first, band changed, tier changed, or monthly.',
    ),
    score: draft(
      'Health Score',
      number(3),
      '0 to 100, higher is healthier. Empty while too little was known.',
    ),
    band: draft('Health Band', text(20), 'healthy, watch, risk or unknown.'),
    bandSource: draft(
      'Health Band Source',
      text(20),
      'Where the band came from: model, guard, pulse or coverage.',
    ),
    bandBefore: draft('Health Band Before', text(20), 'The band before this one.'),
    coverage: draft('Health Coverage', number(3), 'Percent of the health model that could be read.'),
    tier: draft('Touch Tier', text(40), 'How the customer was served.'),
    tierBefore: draft('Touch Tier Before', text(40), 'The tier before this one.'),
    tierReason: draft('Touch Tier Reason', text(255), 'Why the customer had this tier.'),
    drivers: draft('Health Drivers', text(255), 'What cost the most points, in words.'),
    revenue: draft('Revenue', number(14, 2), 'Yearly revenue on that day, in the currency of the company.'),
  },
};

export const RUN: RecordDraft<'run'> = {
  label: 'Sync Run',
  plural: 'Sync Runs',
  description:
    'One run of Truenorth: when, how it ended, what it did. Of runs that changed nothing, one a day is kept.',
  numbering: { label: 'Run', format: 'R-{0000000}' },
  sharing: 'read',
  ofPeople: false,
  fields: {
    startedAt: draft('Started At', datetime, 'When the run began.'),
    finishedAt: draft('Finished At', datetime, 'When the run ended.'),
    status: draft('Status', text(40), 'done; rejected: some records were refused; paused; or failed.'),
    summary: draft('Summary', text(255), 'What the run did, or why it paused or stopped.'),
    rowsRead: draft('Rows Read', number(9), 'Rows of all objects that were read.'),
    accountsAssessed: draft('Accounts Assessed', number(9), 'Accounts that were scored and tiered.'),
    recordsChanged: draft('Records Changed', number(9), 'Account records that were written.'),
    enrolments: draft('Enrolments', number(9), 'People who were enrolled.'),
    tasks: draft('Tasks', number(9), 'Tasks that were opened for people.'),
    refused: draft('Refused', number(9), 'Enrolments that were refused for good.'),
    deferred: draft('Put Off', number(9), 'Enrolments that are decided again later.'),
    errors: draft('Errors', number(9), 'Records that Salesforce refused to change.'),
    apiCalls: draft('API Calls', number(9), 'Requests to Salesforce.'),
  },
};

export const ERROR: RecordDraft<'error'> = {
  label: 'Sync Error',
  plural: 'Sync Errors',
  description: 'A record that Salesforce refused to change, with what to do about it.',
  numbering: { label: 'Error', format: 'X-{0000000}' },
  sharing: 'read',
  ofPeople: false,
  fields: {
    account: draft(
      'Account',
      lookup('Account', 'Sync_Errors', 'Sync Errors'),
      'The customer that this is about.',
    ),
    record: draft('Record', text(80), 'Which record was not changed.'),
    object: draft('Object', text(80), 'What kind of record it is.'),
    code: draft('Code', text(80), 'What Salesforce called the reason.'),
    message: draft('Message', text(255), 'What Salesforce said.'),
    advice: draft('What To Do', text(255), 'How to mend it.'),
    run: draft('Last Run', text(80), 'Truenorth key of the run that met it last.'),
    firstSeenOn: draft('First Seen On', date, 'Day on which it first happened.'),
    lastSeenOn: draft('Last Seen On', date, 'Day on which it last happened.'),
    attempts: draft('Attempts', number(4), 'How often it was tried.'),
    status: draft('Status', text(40), 'waiting, or resolved.'),
    retry: draft('Try Again', checkbox, 'Tick once the cause is mended: the next run tries again.'),
  },
};
