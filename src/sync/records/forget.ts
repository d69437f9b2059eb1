import { CRM_RECORDS } from '../../ports/crm-records.js';
import type { StateStore } from '../../ports/state-store.js';
import { forgetMetrics } from '../program-metrics.js';
import { INTENDED } from './snapshots.js';

const ALL = Number.MAX_SAFE_INTEGER;

/** What the CRM was known to hold of our records, where their objects are taken out or made anew: all of it is told again. */
export async function forgetRecords({
  published,
  ledger,
  notes,
}: Pick<StateStore, 'published' | 'ledger' | 'notes'>): Promise<void> {
  for (const kind of [...Object.keys(CRM_RECORDS), INTENDED, 'heartbeat']) await published.prune(kind, ALL);
  await ledger.forgetTold();
  await forgetMetrics(notes);
}
