import { METRICS } from '../../../src/domain/program/metric-ids.js';
import { CRM_RECORDS, type CrmRecordKind } from '../../../src/ports/crm-records.js';

type Values = Readonly<Record<string, string | number | boolean | null>>;

/** Today in these records. */
export const TODAY = '2026-03-10';

/** Records as runs of the service would leave them, all different enough that no two reports show the same by chance. */
export function metricRecords(): readonly Values[] {
  return METRICS.flatMap(({ id, label, unit }, nth) =>
    PERIODS.flatMap((period, age) =>
      SIDES.filter(({ band }) => (band === 'All') !== id.startsWith('renewals-')).map(
        ({ tier, segment, band }, side) =>
          valuesOf('metric', {
            metric: id,
            label,
            unit,
            ...period,
            tier,
            segment,
            band,
            value: side === 3 && age === 1 ? null : nth * 100 + age * 10 + side,
            target: side === 2 ? null : nth * 100 + 50,
            sample: 30 + side + age,
            met: side === 1 ? 'met' : 'not met',
          }),
      ),
    ),
  );
}

const PERIODS = [
  { periodKind: 'month', period: '2023-05', periodStart: '2023-05-01', current: false },
  { periodKind: 'month', period: '2026-01', periodStart: '2026-01-01', current: false },
  { periodKind: 'month', period: '2026-02', periodStart: '2026-02-01', current: true },
  { periodKind: 'quarter', period: '2025-Q4', periodStart: '2025-10-01', current: true },
  { periodKind: 'quarter', period: '2026-Q1', periodStart: '2026-01-01', current: false },
  { periodKind: 'quarter', period: '2026-Q2', periodStart: '2026-04-01', current: false },
] as const;

/** Totals and parts of each kind; the bands are those of renewals. */
const SIDES = [
  { tier: 'All', segment: 'All', band: 'All' },
  { tier: 'digital', segment: 'All', band: 'All' },
  { tier: 'high-touch', segment: 'All', band: 'All' },
  { tier: 'unassigned', segment: 'All', band: 'All' },
  { tier: 'All', segment: 'Banking', band: 'All' },
  { tier: 'All', segment: 'Energy', band: 'All' },
  { tier: 'digital', segment: 'All', band: 'risk' },
  { tier: 'digital', segment: 'All', band: 'healthy' },
  { tier: 'high-touch', segment: 'All', band: 'risk' },
] as const;

function valuesOf<Kind extends CrmRecordKind>(
  kind: Kind,
  values: Readonly<Partial<Record<keyof (typeof CRM_RECORDS)[Kind]['fields'], Values[string]>>>,
): Values {
  const names: Readonly<Record<string, string>> = CRM_RECORDS[kind].fields;
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [names[field] ?? '', value as Values[string]]),
  );
}

const DAYS = ['2024-02-01', '2025-11-20', '2026-02-11', '2026-03-02', '2026-03-09', TODAY];

/** Records of an account, by kind; `account` is its id. */
export function accountRecords(account: string, nth: number): Readonly<Record<string, readonly Values[]>> {
  const each = (make: (day: string, index: number) => Values): readonly Values[] =>
    DAYS.map((day, index) => make(day, index + nth));
  return {
    Health_Snapshot__c: each((on, index) =>
      valuesOf('snapshot', {
        account,
        on,
        score: 20 + index,
        band: index % 2 === 0 ? 'risk' : 'watch',
        bandBefore: index % 3 === 0 ? null : 'healthy',
        why: ['first', 'band changed', 'band and tier changed', 'monthly'][index % 4] ?? '',
      }),
    ),
    Playbook_Episode__c: each((startedOn, index) =>
      valuesOf('episode', {
        account,
        startedOn,
        label: index % 2 === 0 ? 'Support surge' : 'Quiet account',
        status: index % 3 === 0 ? 'running' : 'ended',
        heldOut: index % 4 === 0,
      }),
    ),
    Enrolment_Decision__c: each((on, index) =>
      valuesOf('decision', {
        account: index % 3 === 0 ? null : account,
        on,
        outcome: ['enrolled', 'refused', 'deferred', 'already', 'enrolled'][index % 5] ?? '',
        code: index % 5 === 1 ? 'opted_out_crm' : null,
        channel: index % 2 === 0 ? 'hubspot-list' : 'salesforce-task',
        count: 1 + index,
      }),
    ),
    Health_Pulse__c: each((expiresOn, index) =>
      valuesOf('pulse', {
        account,
        expiresOn: index % 5 === 0 ? null : expiresOn.replace('2026-03', '2026-04'),
        value: index % 2 === 0 ? 'healthy' : 'risk',
        reason: 'Spoke with them.',
      }),
    ),
    Advocate__c: each((foundOn, index) =>
      valuesOf('advocate', {
        account,
        foundOn,
        willing: index % 2 === 0 ? 'yes' : null,
        evidence: 'Promoter.',
      }),
    ).slice(0, 3),
    Sync_Error__c: each((lastSeenOn, index) =>
      valuesOf('error', {
        account,
        lastSeenOn,
        object: 'Account',
        code: index % 2 === 0 ? 'FIELD_CUSTOM_VALIDATION_EXCEPTION' : 'UNABLE_TO_LOCK_ROW',
        status: index % 3 === 0 ? 'resolved' : 'waiting',
        attempts: index,
      }),
    ),
  };
}

export function runRecords(): readonly Values[] {
  return DAYS.flatMap((day, index) =>
    ['06:00:00.000Z', '18:30:00.000Z'].map((time, half) =>
      valuesOf('run', {
        startedAt: `${day}T${time}`,
        finishedAt: `${day}T${time}`,
        status: half === 0 ? 'done' : 'paused',
        apiCalls: 10 * index + half,
        recordsChanged: index,
      }),
    ),
  );
}
