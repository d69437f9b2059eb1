import { ApiError } from '../api-error.js';
import { objectFor } from '../soql/scope.js';
import { rowsOf } from '../store/table.js';
import type { Params, RestAnswer, RestRequest, RestRoute } from './contract.js';

/** getUpdated and getDeleted. Minutes count, seconds are dropped; what may still be open is not covered yet (facts §3). */
export const REPLICATION_ROUTES: readonly RestRoute[] = [
  { method: 'GET', pattern: '/sobjects/:object/updated', kind: 'get-updated', run: updated },
  { method: 'GET', pattern: '/sobjects/:object/deleted', kind: 'get-deleted', run: deleted },
];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Window {
  readonly from: string;
  readonly until: string;
  readonly covered: string;
}

function windowOf({ query, room }: RestRequest, days: number): Window {
  const [start, end] = ['start', 'end'].map((name) => Date.parse((query.get(name) ?? '').replace(' ', '+')));
  const from = Math.floor((start ?? Number.NaN) / MINUTE) * MINUTE;
  const until = Math.floor((end ?? Number.NaN) / MINUTE) * MINUTE;
  const now = room.org.clock.now();
  if (!(until - from >= MINUTE)) {
    throw new ApiError(
      400,
      'INVALID_REPLICATION_DATE',
      'startDate before org replication enabled date, or endDate is not after startDate by a minute',
    );
  }
  if (from < now - days * DAY) {
    throw new ApiError(400, 'INVALID_REPLICATION_DATE', `startDate more than ${days} days ago`);
  }
  const covered = Math.min(until, Math.floor(now / MINUTE) * MINUTE);
  return { from: iso(from), until: iso(until), covered: stamp(iso(covered)) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function stamp(isoTime: string): string {
  return isoTime.replace('Z', '+0000');
}

function changed(request: RestRequest, object: string, { from, until }: Window): ReturnType<typeof rowsOf> {
  const found = objectFor(request.room.org, request.caller, object);
  const table = request.room.org.table(found.name);
  return rowsOf(table, table.changedSince(from)).filter((row) => String(row.SystemModstamp) < until);
}

function updated(request: RestRequest, { object = '' }: Params): RestAnswer {
  const window = windowOf(request, 30);
  const ids = changed(request, object, window).filter((row) => row.IsDeleted !== true);
  return { status: 200, body: { ids: ids.map((row) => row.Id), latestDateCovered: window.covered } };
}

const MOST_DELETED = 600_000;

function deleted(request: RestRequest, { object = '' }: Params): RestAnswer {
  const window = windowOf(request, 15);
  const rows = changed(request, object, window).filter((row) => row.IsDeleted === true);
  if (rows.length > MOST_DELETED) {
    throw new ApiError(400, 'EXCEEDED_ID_LIMIT', 'too many deleted records in this window');
  }
  return {
    status: 200,
    body: {
      deletedRecords: rows.map((row) => ({ deletedDate: stamp(String(row.SystemModstamp)), id: row.Id })),
      earliestDateAvailable: stamp(iso(request.room.org.clock.now() - 15 * DAY)),
      latestDateCovered: window.covered,
    },
  };
}
