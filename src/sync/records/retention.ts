import { formatDay } from '../../domain/day.js';
import type { Criterion } from '../../ports/crm.js';
import { CRM_RECORDS, type CrmRecordKind } from '../../ports/crm-records.js';
import { IntegrationError } from '../../ports/errors.js';
import { keptOf } from '../../ports/record-keeping.js';
import type { Run } from '../context.js';

/** By which field a kind grows old. An episode does so from its end; an error from the day on which it was last seen. */
const AGED_BY = {
  snapshot: CRM_RECORDS.snapshot.fields.on,
  episode: CRM_RECORDS.episode.fields.endedOn,
  decision: CRM_RECORDS.decision.fields.on,
  metric: CRM_RECORDS.metric.fields.periodEnd,
  run: CRM_RECORDS.run.fields.startedAt,
  error: CRM_RECORDS.error.fields.lastSeenOn,
} as const satisfies Partial<Record<CrmRecordKind, string>>;

const NOTE = 'records-pruned';

/** Who may not delete keeps what is old: that is no reason for a run to fail. */
async function pruneIfAllowed(run: Run, kind: keyof typeof AGED_BY, field: string): Promise<number> {
  try {
    return await pruneKind(run, kind, field);
  } catch (error) {
    const forbidden = error instanceof IntegrationError && ['Authorization', 'Config'].includes(error.kind);
    if (!forbidden) throw error;
    run.log.warn('Old records can not be deleted', { run: run.id, kind, code: error.code });
    return 0;
  }
}

/** Deletes what is older than it is to be kept, once a local day. Returns how many. */
export async function pruneRecords(run: Run): Promise<number> {
  if (run.records.size === 0 || (await run.state.notes.get(NOTE)) === run.today) return 0;
  let pruned = 0;
  for (const [kind, field] of Object.entries(AGED_BY))
    pruned += await pruneIfAllowed(run, kind as keyof typeof AGED_BY, field);
  await run.state.notes.set(NOTE, run.today);
  return pruned;
}

async function pruneKind(run: Run, kind: keyof typeof AGED_BY, field: string): Promise<number> {
  const kept = keptOf(run.settings.service.records, kind);
  if (kept === null || !run.records.has(kind)) return 0;
  const before = run.today - kept.keepDays;
  // Days are read as days, moments as moments; a record that is still open is never old.
  const below = kind === 'run' ? `${formatDay(before)}T00:00:00.000Z` : formatDay(before);
  const old: readonly Criterion[] = [
    { field, below },
    ...(kind === 'error' ? [{ field: CRM_RECORDS.error.fields.status, in: ['resolved'] }] : []),
  ];
  const { object } = CRM_RECORDS[kind];
  const found = await run.crm.select(object, ['Key__c'], old);
  // A record without our key was made by a person.
  const ours = found.filter(({ values }) => typeof values.Key__c === 'string').map(({ id }) => id);
  if (ours.length > 0) await run.crm.remove(object, ours);
  if (kind !== 'snapshot' && kind !== 'error') await run.state.published.prune(kind, before);
  return ours.length;
}
