import type { FactBasis } from '../facts/basis.js';
import type { Fact, Facts } from '../facts/fact.js';
import type { CrmRow } from '../facts/record.js';
import { flagOf, numberOf, textOf } from '../facts/row-values.js';

/** Something a customer asked of us, wherever it came in: owed an answer until it is resolved. */
export interface OpenRequest {
  readonly key: string;
  readonly contactId: string | null;
  readonly facts: Facts;
}

type Rows = Readonly<Partial<Record<string, readonly CrmRow[]>>>;

/** Requests are looked at this long; older ones are history. */
const LOOK_BACK_DAYS = 45;

/** Mapped requests, and cases where a first response can be told and is missing. */
export function requestsOf(rows: Rows, basis: FactBasis): readonly OpenRequest[] {
  return [...mapped(rows.request ?? [], basis), ...unansweredCases(rows.case ?? [], basis)].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
}

function mapped(rows: readonly CrmRow[], basis: FactBasis): readonly OpenRequest[] {
  return rows.flatMap((row) =>
    requestOf(row, basis, {
      kind: textOf(row, 'kind') ?? 'message',
      receivedAt: numberOf(row, 'receivedAt'),
      answered: basis.mapped.has('request.answeredAt') ? numberOf(row, 'answeredAt') !== null : null,
      resolved: flagOf(row, 'resolved'),
    }),
  );
}

function unansweredCases(rows: readonly CrmRow[], basis: FactBasis): readonly OpenRequest[] {
  const told = basis.mapped.has('case.firstResponseAt') || basis.mapped.has('case.firstResponseMinutes');
  if (!told) return [];
  return rows.flatMap((row) =>
    requestOf(row, basis, {
      kind: 'case',
      receivedAt: numberOf(row, 'openedAt'),
      answered: numberOf(row, 'firstResponseAt') !== null || numberOf(row, 'firstResponseMinutes') !== null,
      resolved: flagOf(row, 'closed') ?? numberOf(row, 'closedAt') !== null,
    }),
  );
}

interface Told {
  readonly kind: string;
  readonly receivedAt: number | null;
  readonly answered: boolean | null;
  readonly resolved: boolean | null;
}

function requestOf(row: CrmRow, { today, dayOf }: FactBasis, told: Told): readonly OpenRequest[] {
  if (told.receivedAt === null) return [];
  const receivedOn = dayOf(told.receivedAt);
  if (receivedOn > today || today - receivedOn > LOOK_BACK_DAYS) return [];
  const fact = (value: Fact['value']): Fact => ({ value, asOf: value === null ? null : today });
  return [
    {
      key: row.id,
      contactId: textOf(row, 'contactId'),
      facts: {
        'request.kind': fact(told.kind),
        'request.receivedOn': fact(receivedOn),
        'request.daysOpen': fact(today - receivedOn),
        'request.answered': fact(told.answered),
        'request.resolved': fact(told.resolved),
      },
    },
  ];
}
