import type { FieldDifference } from '../domain/settle/difference.js';
import type { TierState } from '../domain/tier/tier.js';
import type { RecordChange } from '../ports/crm.js';
import type { HistoryEntry, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';

/** A change of the account record; `detail` of a candidate of kind `fields`, and of a plan item of kind `field`. */
export interface FieldsDetail {
  readonly record: string;
  readonly differences: readonly FieldDifference[];
}

/** A move that needs a place; `detail` of a candidate of kind `tier`. */
export interface TierDetail extends FieldsDetail {
  readonly from: string;
  readonly target: string;
  readonly measure: number;
  readonly ifGranted: {
    readonly tier: TierState;
    readonly differences: readonly FieldDifference[];
    readonly history: readonly HistoryEntry[];
  };
}

/** What the CRM is asked to write for an item of the plan. */
export function changeOf(item: PlanItem): RecordChange {
  const { record, differences } = item.detail as FieldsDetail;
  return { id: record, values: Object.fromEntries(differences.map(({ field, value }) => [field, value])) };
}

/** Hash of what is to be written: a refusal holds for this content only. */
export function contentOf({ digest }: Pick<Run, 'digest'>, { differences }: FieldsDetail): string {
  return digest.content(JSON.stringify(differences.map(({ field, value }) => [field, value])));
}
