/** What the service starts by its schedule. `full` assesses every account, `metrics` computes the program's numbers. */
export const SCHEDULED_TASKS = [
  'incremental',
  'full',
  'reconciliation',
  'readBack',
  'metrics',
  'digest',
  'housekeeping',
  'drift',
] as const;
export type ScheduledTask = (typeof SCHEDULED_TASKS)[number];

/** What people are told of without asking. Closed: each kind has a section in docs/runbook.md. */
export const ALERT_KINDS = [
  'runFailed',
  'runOverdue',
  'runPaused',
  'rowsRejected',
  'brake',
  'deadLetters',
  'budget',
  'feed',
  'queueLag',
  'workerLost',
  'drift',
  'atRisk',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
