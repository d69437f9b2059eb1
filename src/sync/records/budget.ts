import { CRM_RECORDS, type CrmRecordKind } from '../../ports/crm-records.js';
import { keptOf, RECORD_KB } from '../../ports/record-keeping.js';
import type { Run } from '../context.js';

/** Records that fit into the storage of their kind: existing ones always, new ones while there is room. */
export async function withinBudget<Item>(
  run: Run,
  kind: CrmRecordKind,
  { open, isNew }: { readonly open: readonly Item[]; readonly isNew: (item: Item) => boolean },
): Promise<{ readonly fits: readonly Item[]; readonly skipped: number }> {
  const kept = keptOf(run.settings.service.records, kind);
  const fresh = open.filter(isNew).length;
  if (kept === null || fresh === 0) return { fits: open, skipped: 0 };
  const { object } = CRM_RECORDS[kind];
  const there = (await run.crm.counts([object])).get(object) ?? 0;
  let room = Math.max(0, Math.floor((kept.budgetMb * 1024) / RECORD_KB) - there);
  const fits = open.filter((item) => {
    if (!isNew(item)) return true;
    room -= 1;
    return room >= 0;
  });
  return { fits, skipped: open.length - fits.length };
}
