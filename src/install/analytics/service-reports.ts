import { columnOf, grouped, is, isNot, since } from './columns.js';
import { chartOf, type ReportDraft } from './report-draft.js';
import { REPORT_TYPES } from './report-types.js';

const plain = (...fields: readonly string[]): ReportDraft['columns'] =>
  fields.map((field) => ({ field, summary: null }));

const summed = (...fields: readonly string[]): ReportDraft['columns'] =>
  fields.map((field) => ({ field, summary: 'sum' }));

const STARTED = columnOf('run', 'startedAt');
const STATUS = columnOf('run', 'status');
const MONTH = since(STARTED, 'LAST_N_DAYS:30');

function runsByDay(): ReportDraft {
  const columns = plain(columnOf('run', 'finishedAt'));
  return {
    label: 'Sync runs by day',
    text: 'How many runs there were each day, by how they ended; of runs that changed nothing, one a day is kept. The last 30 days.',
    type: REPORT_TYPES.runs,
    columns,
    down: [grouped(STARTED, 'day'), grouped(STATUS)],
    filters: [MONTH],
    chart: chartOf({ columns }, 'stacked', { title: 'Runs by day', groupBy: STARTED, thenBy: STATUS }),
  };
}

function callsByDay(): ReportDraft {
  const columns = summed(columnOf('run', 'apiCalls'), columnOf('run', 'recordsChanged'));
  return {
    label: 'API use by day',
    text: 'Requests to Salesforce that our runs made each day, and the account records that they changed. The last 30 days.',
    type: REPORT_TYPES.runs,
    columns,
    down: [grouped(STARTED, 'day')],
    filters: [MONTH],
    chart: chartOf({ columns }, 'column', { title: 'API requests by day', groupBy: STARTED }),
  };
}

function latestRuns(): ReportDraft {
  return {
    label: 'Latest sync runs',
    text: 'What each run of the last 7 days did, of runs that changed nothing one a day: accounts, enrolments, tasks, refusals, errors and requests.',
    type: REPORT_TYPES.runs,
    columns: plain(
      STARTED,
      columnOf('run', 'accountsAssessed'),
      columnOf('run', 'recordsChanged'),
      columnOf('run', 'enrolments'),
      columnOf('run', 'tasks'),
      columnOf('run', 'errors'),
      columnOf('run', 'apiCalls'),
    ),
    down: [grouped(STATUS)],
    filters: [since(STARTED, 'LAST_N_DAYS:7')],
  };
}

const ERROR_STATUS = columnOf('error', 'status');
const OPEN = isNot(ERROR_STATUS, 'resolved');

function openErrors(): ReportDraft {
  const columns = plain(columnOf('error', 'record'), columnOf('error', 'message'));
  return {
    label: 'Open sync errors by code',
    text: 'Records that Salesforce refused and that are not mended, by the code it gave. Today.',
    type: REPORT_TYPES.errors,
    columns,
    down: [grouped(columnOf('error', 'code'))],
    filters: [OPEN],
    chart: chartOf({ columns }, 'bar', { title: 'Open errors', groupBy: columnOf('error', 'code') }),
  };
}

function errorAdvice(): ReportDraft {
  return {
    label: 'Sync errors and what to do',
    text: 'Each refused record that is not mended, with advice. Tick Try Again on it once its cause is gone. Today.',
    type: REPORT_TYPES.errors,
    columns: plain(
      columnOf('error', 'account'),
      columnOf('error', 'record'),
      columnOf('error', 'code'),
      columnOf('error', 'advice'),
      columnOf('error', 'lastSeenOn'),
      columnOf('error', 'attempts'),
    ),
    down: [grouped(columnOf('error', 'object'))],
    filters: [OPEN],
  };
}

function refusals(): ReportDraft {
  const columns = summed(columnOf('decision', 'count'));
  const code = columnOf('decision', 'code');
  const outcome = columnOf('decision', 'outcome');
  return {
    label: 'Not enrolled by reason',
    text: 'How often somebody was refused or put off, by code and outcome. The last 30 days. docs/refusals.md explains the codes.',
    type: REPORT_TYPES.decisions,
    columns,
    down: [grouped(code), grouped(outcome)],
    filters: [is(outcome, 'refused,deferred'), since(columnOf('decision', 'on'), 'LAST_N_DAYS:30')],
    chart: chartOf({ columns }, 'bar', { title: 'Not enrolled', groupBy: code, thenBy: outcome }),
  };
}

export const SERVICE_REPORTS = {
  runsByDay: runsByDay(),
  callsByDay: callsByDay(),
  latestRuns: latestRuns(),
  openErrors: openErrors(),
  errorAdvice: errorAdvice(),
  refusals: refusals(),
} as const;
